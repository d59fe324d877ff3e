// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

#include <QtCore/QByteArray>

#include <string>

namespace procession {

/// The buffer given to Connection::recvBytesInto() is smaller than the message (reference:
/// exception BufferTooShort). The exception holds the message, so it is not lost.
class BufferTooShort : public ProcessError
{
public:
    /// \param message   the whole message
    /// \param capacity  room in the buffer, in bytes
    BufferTooShort(const QByteArray &message, std::size_t capacity);

    const QByteArray &message() const noexcept { return m_message; }
    std::size_t capacity() const noexcept { return m_capacity; }

private:
    QByteArray m_message;
    std::size_t m_capacity;
};

/// The other end of a connection is closed and everything it sent has been read (the reference's
/// EOFError).
class EndOfFile : public ProcessError
{
public:
    /// \param torn  whether the stream ended inside a message: its sender was probably killed
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

/// A value cannot be sent: its type cannot be written, or it is nested too deeply.
class EncodeError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};

/// Received bytes are not as expected: of another type or version, truncated, too long, or hostile.
/// Nothing of them is kept.
class DecodeError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};

} // namespace procession
