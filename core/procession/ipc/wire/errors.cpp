// SPDX-License-Identifier: MIT
#include <procession/ipc/wire/errors.h>

namespace procession {

BufferTooShort::BufferTooShort(const QByteArray &message, std::size_t capacity)
    : ProcessError("a message of " + std::to_string(message.size()) + " bytes does not fit into a buffer of "
        + std::to_string(capacity) + ": take it from BufferTooShort::message(), or give a larger buffer"),
      m_message(message),
      m_capacity(capacity)
{
}

EndOfFile::EndOfFile(const std::string &text, bool torn) : ProcessError(text), m_torn(torn) { }

} // namespace procession
