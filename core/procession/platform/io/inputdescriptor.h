// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

namespace procession {

/// Whether data from `fd` can arrive in pieces: true for a pipe, a FIFO, a socket, a terminal or a
/// device; false for a file, a folder, and a descriptor that is not open.
bool isStream(int fd);

/// Returns a descriptor of the same stream that does not block, if the system allows opening the
/// stream anew (not for sockets), so that other programs that read it are not affected. Otherwise
/// returns a duplicate, which blocks if the original does.
/// \throws SystemError (EBADF, EMFILE)
Descriptor openForWaiting(int fd);

/// Whether `fd` is a pipe or FIFO that does not block. Its end is found by reading: waiting does
/// not report the end if all writers had gone before it was opened.
bool isPipeThatDoesNotBlock(int fd);

} // namespace procession
