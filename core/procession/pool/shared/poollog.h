// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace procession {

/// What a pool logs: lost workers and failed starts.
Q_DECLARE_LOGGING_CATEGORY(poolLog)

} // namespace procession
