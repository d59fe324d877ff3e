// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/run/batchrun.h>
#include <procession/job/store/jobstoreerror.h>

namespace procession {

/// Calls BatchRun::prepare(). When the default store is unusable (no home folder, one that is read-only or full), it says so once on
/// stderr, and the batch is not recorded.
/// \param storeIsDefault  whether request.storePath is defaultStore(), which may be empty
/// \throws what BatchRun::prepare() throws; UsageError when an earlier job cannot be continued, with the reason
PreparedBatch prepareBatch(BatchRequest request, bool storeIsDefault);

/// Whether a batch can run without its default store: the folder is the cause, not the database.
bool isUnusable(const JobStoreError &error);
/// What is said of such a batch.
QString unrecordedText(const QString &reason);

} // namespace procession
