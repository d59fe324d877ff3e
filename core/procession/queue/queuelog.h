// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace procession {

/// Reports that a process was killed inside put() or get().
Q_DECLARE_LOGGING_CATEGORY(queueLog)

} // namespace procession
