// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/run/batchrun.h>
#include <procession/job/store/jobstoreerror.h>

namespace procession {

/// BatchRun::prepare(). Where nobody chose the store and it cannot be used (no home folder, one that is read-only or full), it says so once on
/// stderr, and the batch is not recorded.
/// \param storeIsDefault  whether request.storePath is defaultStore(), which may be empty
/// \throws what BatchRun::prepare() throws; UsageError when an earlier job was to be continued, saying why it cannot
PreparedBatch prepareBatch(BatchRequest request, bool storeIsDefault);

/// Whether a batch can go on without a store that nobody chose: the place is to blame, and not what lies there.
bool isUnusable(const JobStoreError &error);
/// What is said of such a batch.
QString unrecordedText(const QString &reason);

} // namespace procession
