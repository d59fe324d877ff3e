// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace procession {

/// The category "procession", for messages of a program about its processes; the library itself
/// logs to "procession.process". Both log nothing below a warning unless logToStderr() or a filter
/// rule enables it.
///
/// \code
/// logToStderr(QtInfoMsg);
/// qCInfo(logger) << "doing something";        // [INFO/MainProcess] "doing something"
/// \endcode
/// (Reference: get_logger)
Q_DECLARE_LOGGING_CATEGORY(logger)
Q_DECLARE_LOGGING_CATEGORY(processLog)

/// Writes all messages of "procession" and its subcategories to stderr as
/// `[LEVEL/ProcessName] message`, each line in one piece however many processes write. Children
/// started later do the same. Messages of other categories are handled as before. From any thread,
/// except the first call, which must come before other threads log.
///
/// \param level  the lowest level to write: QtDebugMsg, QtInfoMsg, QtWarningMsg or QtCriticalMsg
/// (Reference: log_to_stderr)
void logToStderr(QtMsgType level = QtDebugMsg);

} // namespace procession
