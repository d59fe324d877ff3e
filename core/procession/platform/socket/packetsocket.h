// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArrayView>

#include <span>
#include <utility>
#include <vector>

namespace procession {

/// \file
/// Local sockets that keep packets, with the descriptors that lie in them, until somebody takes them out: whoever sent them may have
/// ended. Nothing here blocks.

/// Two sockets, {to send through, to receive from}, closed on exec, with as much room as the system gives.
/// \throws SystemError (EMFILE, ENFILE)
std::pair<Descriptor, Descriptor> packetSocketPair();

/// Sends a packet.
/// \param descriptors  1 to MaximumDescriptors; they stay the caller's
/// \returns false when there is no room: in the socket, or for descriptors in sockets, of which a user has no more than RLIMIT_NOFILE
/// \throws SystemError
bool sendPacket(int socket, QByteArrayView packet, std::span<const int> descriptors);

/// Reads a packet and leaves it where it is.
/// \param offset  bytes of packets to pass over
/// \returns false when there is none
/// \throws SystemError
bool peekPacket(int socket, std::size_t offset, std::span<char> packet);
/// The same, and appends duplicates of its descriptors, closed on exec.
/// \throws SystemError, also (EMFILE) when this process has no room for them
bool peekPacket(int socket, std::size_t offset, std::span<char> packet, std::vector<Descriptor> &descriptors);
/// Drops the first packet with its descriptors, if there is one.
/// \throws SystemError
void dropPacket(int socket);

/// Bytes of all packets. \throws SystemError
std::size_t bytesOfPackets(int socket);

} // namespace procession
