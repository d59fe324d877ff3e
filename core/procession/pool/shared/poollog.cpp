// SPDX-License-Identifier: MIT
#include <procession/pool/shared/poollog.h>

namespace procession {

Q_LOGGING_CATEGORY(poolLog, "procession.pool", QtWarningMsg)

} // namespace procession
