// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <span>
#include <utility>

namespace procession {

/// Two stream sockets, each other's other ends, closed on exec.
/// \throws SystemError (EMFILE, ENFILE)
std::pair<Descriptor, Descriptor> socketPair();

/// From now on nothing can be sent through the socket, and its other end reads the end of the stream.
/// \throws SystemError
void shutdownSending(int socket);
/// From now on nothing can be received through the socket, and its other end cannot send.
/// \throws SystemError
void shutdownReceiving(int socket);

/// Whether a descriptor is a stream socket, of any family.
bool isStreamSocket(int fd);
/// Whether a socket is local (AF_UNIX), so that descriptors can be sent through it.
bool isLocalSocket(int socket);

/// Reads what has come, at most `buffer.size()` bytes, and blocks until there is something. Descriptors that come with it
/// are closed.
/// \returns the number of bytes, 0 at the end of the stream
/// \throws SystemError
std::size_t receiveSome(int socket, std::span<char> buffer);

/// Whether there is something to read, or the other end is closed. Does not block.
bool hasArrived(int socket);
/// Whether all has been read and the other end is closed. Does not block.
bool isAtEnd(int socket);

/// Whether the other end of a local socket was closed before it had read all that was sent. Does not block; tells it once.
bool wasLeftUnread(int socket);

} // namespace procession
