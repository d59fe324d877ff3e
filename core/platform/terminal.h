// SPDX-License-Identifier: MIT
#pragma once

#include <procession/descriptor.h>

#include <QtCore/QByteArrayView>

namespace procession {

/// The descriptors that a program starts with.
inline constexpr int StandardInput = 0;
inline constexpr int StandardOutput = 1;
inline constexpr int StandardError = 2;

bool isTerminal(int fd);
/// Columns of the terminal that `fd` is; `otherwise` when it is none or does not say.
int terminalWidth(int fd, int otherwise = 80);

/// Writes all of `bytes`, waiting as long as it takes; partial writes, interruptions and descriptors that do not block are dealt with.
/// \throws SystemError, with EPIPE when nobody reads any more (if SIGPIPE is ignored, see ignoreBrokenPipes())
void writeAll(int fd, QByteArrayView bytes);

/// Opens a file for reading. \throws SystemError naming it
Descriptor openForReading(const QByteArray &path);
/// This program's working folder, the bytes as they are. \throws SystemError when it is gone
QByteArray currentDirectory();

} // namespace procession
