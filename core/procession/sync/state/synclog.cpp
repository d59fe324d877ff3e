// SPDX-License-Identifier: MIT
#include <procession/sync/state/synclog.h>

namespace procession {

Q_LOGGING_CATEGORY(syncLog, "procession.sync", QtWarningMsg)

} // namespace procession
