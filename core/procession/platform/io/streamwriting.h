// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>

#include <optional>

namespace procession {

/// Writes to a stream as much as it takes now, up to PIPE_BUF (4096) bytes and in one piece.
/// \returns how many bytes; 0 when it takes none at present; nothing when it never will again: it is closed, its reader has gone, its
///     disk is full. With SIGPIPE blocked in the thread that calls
std::optional<qsizetype> writeSome(int stream, QByteArrayView bytes) noexcept;

/// Writes all of it, in one piece where it is not larger than PIPE_BUF. Blocks until it is written, also where writing does not.
/// \returns whether it could be
bool writeWholly(int stream, QByteArrayView bytes) noexcept;

} // namespace procession
