// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

#include <QtCore/QByteArray>

#include <exception>
#include <string>
#include <utility>

namespace procession {

/// Origin of an exception that was thrown in another process. Every exception that
/// decodeException() creates has one.
///
/// \code
/// try {
///     results.get();
/// } catch (const std::out_of_range &error) {
///     if (const RemoteTrace *trace = remoteTraceOf(error))
///         qWarning() << trace->processName() << trace->text();
/// }
/// \endcode
class RemoteTrace
{
public:
    RemoteTrace(const QByteArray &text, const QByteArray &processName) : m_text(text), m_processName(processName) { }

    /// Text of the process about how the exception came about; may be empty, usually has several
    /// lines.
    const QByteArray &text() const noexcept { return m_text; }
    /// The process that threw; may be empty.
    const QByteArray &processName() const noexcept { return m_processName; }

private:
    QByteArray m_text;
    QByteArray m_processName;
};

/// A T that was thrown in another process: it is caught as a T and has its origin.
template <typename T>
class Remote : public T, public RemoteTrace
{
public:
    Remote(T &&error, const RemoteTrace &trace) : T(std::move(error)), RemoteTrace(trace) { }
};

/// The same with an exception nested in it: the one being handled at its construction.
template <typename T>
class RemoteWithNested : public Remote<T>, public std::nested_exception
{
public:
    explicit RemoteWithNested(Remote<T> &&error) : Remote<T>(std::move(error)) { }
};

/// An exception thrown in another process whose type cannot be created here (see
/// registerException()).
class RemoteError : public ProcessError, public RemoteTrace
{
public:
    /// \param typeName  the type that was thrown, as written in C++
    /// \param message   its what(), empty if it has none
    RemoteError(const std::string &typeName, const std::string &message, const RemoteTrace &trace);

    const std::string &typeName() const noexcept { return m_typeName; }
    const std::string &message() const noexcept { return m_message; }

private:
    std::string m_typeName;
    std::string m_message;
};

/// Origin of an exception, or null if it was thrown in this process.
inline const RemoteTrace *remoteTraceOf(const std::exception &error) { return dynamic_cast<const RemoteTrace *>(&error); }

} // namespace procession
