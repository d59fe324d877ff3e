// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace procession {

/// Reports that a thread died while it held a lock or the like.
Q_DECLARE_LOGGING_CATEGORY(syncLog)

} // namespace procession
