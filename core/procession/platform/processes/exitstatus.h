// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDebug>

#include <optional>

namespace procession {

/// How a process, or an attempt at a task, ended.
///
/// \code
/// const ExitStatus status = process.exitStatus();
/// if (!status.isSuccess())
///     qWarning() << status;              // "exit code 3", "signal 11 (SIGSEGV), core dumped"
/// \endcode
///
/// A plain value of eight bytes.
struct ExitStatus
{
    enum class Kind : quint8 {
        None, ///< it has not ended
        Exited, ///< it ended by itself; `value` is its exit code, 0…255
        Signaled, ///< a signal ended it; `value` is the signal's number
        FailedToStart, ///< it never ran; `value` is the errno
        /// The exit status is unknown: the machine or this program died, or the status was taken by
        /// code of this program that waits for any child, or by the system because the program
        /// ignores SIGCHLD.
        Lost,
    };

    Kind kind = Kind::None;
    bool dumpedCore = false;
    qint32 value = 0;

    static ExitStatus exited(int code) { return {Kind::Exited, false, code}; }
    static ExitStatus signaled(int signal, bool dumpedCore = false) { return {Kind::Signaled, dumpedCore, signal}; }
    static ExitStatus failedToStart(int errorNumber) { return {Kind::FailedToStart, false, errorNumber}; }
    static ExitStatus lost() { return {Kind::Lost, false, 0}; }

    bool isSuccess() const { return kind == Kind::Exited && value == 0; }
    /// The exit code, or `-N` for signal N as in the reference; empty if there is none (`None`,
    /// `FailedToStart`, `Lost`).
    std::optional<int> exitCode() const;

    friend bool operator==(const ExitStatus &, const ExitStatus &) = default;
};

/// The name of a signal, "SIGTERM" for 15; "signal 77" for a number without a name.
QByteArray signalName(int signal);

QDebug operator<<(QDebug debug, const ExitStatus &status);

} // namespace procession
