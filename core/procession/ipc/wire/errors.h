// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

#include <QtCore/QByteArray>

#include <string>

namespace procession {

/// The buffer given to Connection::recvBytesInto() is smaller than the message (reference: exception BufferTooShort).
/// The message is not lost: it is in here.
class BufferTooShort : public ProcessError
{
public:
    /// \param message   the whole message
    /// \param capacity  the bytes that there was room for
    BufferTooShort(const QByteArray &message, std::size_t capacity);

    const QByteArray &message() const noexcept { return m_message; }
    std::size_t capacity() const noexcept { return m_capacity; }

private:
    QByteArray m_message;
    std::size_t m_capacity;
};

/// The other end of a connection is closed and all that it sent has been read (the reference's EOFError).
class EndOfFile : public ProcessError
{
public:
    /// \param torn  whether the stream ended in the middle of a message: its sender was probably killed
    EndOfFile(const std::string &text, bool torn);

    bool isTorn() const noexcept { return m_torn; }

private:
    bool m_torn;
};

/// A key was wrong or missing (reference: exception AuthenticationError).
class AuthenticationError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};

/// A deadline passed (reference: exception TimeoutError).
class TimeoutError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};

/// A value cannot leave this process: its type cannot be written, or it is nested too deeply.
class EncodeError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};

/// Bytes that came are not what was expected: of another type or version, cut, too long, or hostile.
/// Nothing of them has been kept.
class DecodeError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};

} // namespace procession
