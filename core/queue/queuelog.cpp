// SPDX-License-Identifier: MIT
#include <procession/queuelog.h>

namespace procession {

Q_LOGGING_CATEGORY(queueLog, "procession.queue", QtWarningMsg)

} // namespace procession
