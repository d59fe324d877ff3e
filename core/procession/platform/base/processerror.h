// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <stdexcept>
#include <string>

namespace procession {

/// The base class of everything that Procession throws.
///
/// `what()` is for developers and logs: it is English, and it names the input, the reason and the remedy.
/// A program that shows errors to people catches the derived class and words the message itself.
class ProcessError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A system call failed.
///
/// \code
/// if (fd < 0)
///     throw SystemError("open", path, errno);
/// \endcode
class SystemError : public ProcessError
{
public:
    /// \param call     the system call, for example "open"
    /// \param subject  what it was called for: a path, a program, a process; may be empty
    /// \param number   the value of `errno`
    SystemError(const char *call, const QByteArray &subject, int number);

    const QByteArray &call() const noexcept { return m_call; }
    int number() const noexcept { return m_number; }
    const QByteArray &subject() const noexcept { return m_subject; }

private:
    QByteArray m_call;
    QByteArray m_subject;
    int m_number;
};

} // namespace procession
