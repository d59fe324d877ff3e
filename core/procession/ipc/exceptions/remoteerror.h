// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

#include <QtCore/QByteArray>

#include <exception>
#include <string>
#include <utility>

namespace procession {

/// Where an exception comes from that was thrown in another process. Every exception that decodeException() makes has one.
///
/// \code
/// catch (const std::out_of_range &error) {
///     if (const RemoteTrace *trace = remoteTraceOf(error))
///         qWarning() << trace->processName() << trace->text();
/// }
/// \endcode
class RemoteTrace
{
public:
    RemoteTrace(const QByteArray &text, const QByteArray &processName) : m_text(text), m_processName(processName) { }

    /// What the process wrote about how it got there; may be empty, has several lines as a rule.
    const QByteArray &text() const noexcept { return m_text; }
    /// The process that threw; may be empty.
    const QByteArray &processName() const noexcept { return m_processName; }

private:
    QByteArray m_text;
    QByteArray m_processName;
};

/// A T that was thrown in another process: it is caught as a T, and remembers where it comes from.
template <typename T>
class Remote : public T, public RemoteTrace
{
public:
    Remote(T &&error, const RemoteTrace &trace) : T(std::move(error)), RemoteTrace(trace) { }
};

/// The same with an exception nested in it: the one that is being handled when it is made.
template <typename T>
class RemoteWithNested : public Remote<T>, public std::nested_exception
{
public:
    explicit RemoteWithNested(Remote<T> &&error) : Remote<T>(std::move(error)) { }
};

/// The exception thrown in another process is of a type that cannot be made here (see registerException()).
class RemoteError : public ProcessError, public RemoteTrace
{
public:
    /// \param typeName  the type that was thrown, as written in C++
    /// \param message   its what(), empty when it has none
    RemoteError(const std::string &typeName, const std::string &message, const RemoteTrace &trace);

    const std::string &typeName() const noexcept { return m_typeName; }
    const std::string &message() const noexcept { return m_message; }

private:
    std::string m_typeName;
    std::string m_message;
};

/// Where an exception comes from, or null when it was thrown in this process.
inline const RemoteTrace *remoteTraceOf(const std::exception &error) { return dynamic_cast<const RemoteTrace *>(&error); }

} // namespace procession
