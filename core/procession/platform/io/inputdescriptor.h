// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

namespace procession {

/// Whether what `fd` gives may come little by little: a pipe, a FIFO, a socket, a terminal, a device. False for a file, a folder, and for
/// what is not open.
bool isStream(int fd);

/// A descriptor of the same stream that does not block, where the system allows to open it anew (not for sockets), so that the setting is
/// not forced upon other programs that read the same stream. Elsewhere a duplicate, which blocks if the original does.
/// \throws SystemError (EBADF, EMFILE)
Descriptor openForWaiting(int fd);

/// Whether it is a pipe or FIFO that does not block. Its end is found by reading: waiting for it does not tell of the end where all
/// writers had gone before it was opened.
bool isPipeThatDoesNotBlock(int fd);

} // namespace procession
