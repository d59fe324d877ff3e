// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace procession {

/// What locks and the like report: that somebody died with one.
Q_DECLARE_LOGGING_CATEGORY(syncLog)

} // namespace procession
