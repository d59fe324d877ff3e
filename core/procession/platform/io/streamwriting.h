// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>

#include <optional>

namespace procession {

/// Writes as many bytes as the stream accepts now, up to PIPE_BUF (4096) and in one piece.
/// \pre SIGPIPE is blocked in the calling thread
/// \returns the number of bytes; 0 if it accepts none at present; nothing if it never will again:
/// it is closed, its reader has gone, or its disk is full
std::optional<qsizetype> writeSome(int stream, QByteArrayView bytes) noexcept;

/// Writes all bytes, in one piece if there are no more than PIPE_BUF. Blocks until they are
/// written, even if the stream does not block.
/// \returns whether it succeeded
bool writeWholly(int stream, QByteArrayView bytes) noexcept;

} // namespace procession
