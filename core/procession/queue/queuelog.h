// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace procession {

/// What queues report: that somebody was killed in the middle.
Q_DECLARE_LOGGING_CATEGORY(queueLog)

} // namespace procession
