// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <span>
#include <utility>

namespace procession {

/// Two connected stream sockets, closed on exec.
/// \throws SystemError (EMFILE, ENFILE)
std::pair<Descriptor, Descriptor> socketPair();

/// Ends sending through the socket: its other end reads the end of the stream.
/// \throws SystemError
void shutdownSending(int socket);
/// Ends receiving through the socket: its other end cannot send any more.
/// \throws SystemError
void shutdownReceiving(int socket);

/// Whether a descriptor is a stream socket, of any family.
bool isStreamSocket(int fd);
/// Whether a socket is local (AF_UNIX), so that descriptors can be sent through it.
bool isLocalSocket(int socket);

/// Reads available bytes, at most `buffer.size()`, and blocks until there are some. Descriptors
/// that come with them are closed.
/// \returns the number of bytes, 0 at the end of the stream
/// \throws SystemError
std::size_t receiveSome(int socket, std::span<char> buffer);

/// Whether there is something to read, or the other end is closed. Does not block.
bool hasArrived(int socket);
/// Whether everything has been read and the other end is closed. Does not block.
bool isAtEnd(int socket);

/// Whether the other end of a local socket was closed before it had read everything. Does not
/// block; reports it once.
bool wasLeftUnread(int socket);

} // namespace procession
