// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace procession {

/// The category "procession", for what a program has to say about its processes; what the library itself says is in
/// "procession.process". Neither says anything below a warning unless logToStderr() or a filter rule asks for it.
///
/// \code
/// logToStderr(QtInfoMsg);
/// qCInfo(logger) << "doing something";        // [INFO/MainProcess] "doing something"
/// \endcode
/// (Reference: get_logger)
Q_DECLARE_LOGGING_CATEGORY(logger)
Q_DECLARE_LOGGING_CATEGORY(processLog)

/// Has all messages of "procession" and the categories under it written to stderr as `[LEVEL/ProcessName] message`, each line whole
/// however many processes write. Children that are started from now on do the same. Messages of other categories go where they went.
/// From any thread, but for the first call, which is to come before other threads log.
///
/// \param level  the least to write: QtDebugMsg, QtInfoMsg, QtWarningMsg or QtCriticalMsg
/// (Reference: log_to_stderr)
void logToStderr(QtMsgType level = QtDebugMsg);

} // namespace procession
