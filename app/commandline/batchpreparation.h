// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/batchrun.h>

namespace procession {

/// BatchRun::prepare(). Where nobody chose the store and it cannot be used (no home folder, one that is read-only or full), it says so once on
/// stderr, and the batch is not recorded.
/// \param storeIsDefault  whether request.storePath is defaultStore(), which may be empty
/// \throws what BatchRun::prepare() throws; UsageError when an earlier job was to be continued, saying why it cannot
PreparedBatch prepareBatch(BatchRequest request, bool storeIsDefault);

} // namespace procession
