// SPDX-License-Identifier: MIT
#include <procession/queue/queuelog.h>

namespace procession {

Q_LOGGING_CATEGORY(queueLog, "procession.queue", QtWarningMsg)

} // namespace procession
