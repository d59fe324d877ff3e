// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/message.h>

#include <QtCore/QByteArrayView>

#include <cstddef>
#include <span>

namespace procession {

/// \file
/// Messages on a stream, as CPython's multiprocessing frames them: the length in four bytes, most significant first, then the
/// bytes; above 0x7fffffff, four bytes of ones and the length in eight.

/// Sends one message.
/// \throws SystemError
void sendFrame(int socket, QByteArrayView body, std::span<const int> descriptors = {});

/// The head of a message.
struct FrameHead
{
    std::size_t size = 0; ///< of the body
    std::vector<Descriptor> descriptors;
    bool descriptorsLost = false;
};

/// Receives the head of a message; blocks.
/// \throws EndOfFile at the end of the stream; torn if that is inside the head
/// \throws DecodeError if the bytes cannot be the head of a message
FrameHead receiveFrameHead(int socket);

/// Receives a body of `size` bytes; blocks. Allocates memory as bytes arrive, so a false size costs
/// nothing.
/// \throws EndOfFile (torn)
QByteArray receiveFrameBody(int socket, std::size_t size);
/// The same into memory of that size.
void receiveFrameBody(int socket, std::span<char> body);

} // namespace procession
