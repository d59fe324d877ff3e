// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDeadlineTimer>

#include <span>

namespace procession {

/// A descriptor, and whether it was found ready.
struct WatchedDescriptor
{
    int fd = -1;
    bool isReady = false;
};

/// Blocks until one or more of the descriptors can be read without blocking or have been closed at their other end,
/// and marks those. Any number of descriptors, also the same one twice.
/// \param deadline  does not block if it has passed already
/// \returns how many are ready, 0 if the deadline passed
/// \throws SystemError (EBADF naming the descriptor that is closed)
int waitReadable(std::span<WatchedDescriptor> descriptors, QDeadlineTimer deadline);

/// Does the same for one descriptor.
bool waitReadable(int fd, QDeadlineTimer deadline);

/// Blocks until the descriptor can be written without blocking or its other end is closed.
void waitWritable(int fd);

} // namespace procession
