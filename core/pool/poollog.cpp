// SPDX-License-Identifier: MIT
#include <procession/poollog.h>

namespace procession {

Q_LOGGING_CATEGORY(poolLog, "procession.pool", QtWarningMsg)

} // namespace procession
