// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArrayView>

#include <span>
#include <utility>
#include <vector>

namespace procession {

/// \file
/// Local sockets that keep packets, with the descriptors in them, until they are received, even if
/// the sender has ended by then. Nothing here blocks.

/// Two sockets, {for sending, for receiving}, closed on exec, with as much room as the system
/// allows.
/// \throws SystemError (EMFILE, ENFILE)
std::pair<Descriptor, Descriptor> packetSocketPair();

/// Sends a packet.
/// \param descriptors  1 to MaximumDescriptors; the caller keeps them
/// \returns false if there is no room: in the socket, or for descriptors in flight, of which a user
/// can have no more than RLIMIT_NOFILE
/// \throws SystemError
bool sendPacket(int socket, QByteArrayView packet, std::span<const int> descriptors);

/// Reads a packet without removing it.
/// \param offset  bytes of packets to skip
/// \returns false if there is no packet
/// \throws SystemError
bool peekPacket(int socket, std::size_t offset, std::span<char> packet);
/// Does the same, and appends duplicates of the packet's descriptors, closed on exec.
/// \throws SystemError, also (EMFILE) if this process has no room for them
bool peekPacket(int socket, std::size_t offset, std::span<char> packet, std::vector<Descriptor> &descriptors);
/// Removes the first packet with its descriptors, if there is one.
/// \throws SystemError
void dropPacket(int socket);

/// The size of all packets together, in bytes. \throws SystemError
std::size_t bytesOfPackets(int socket);

} // namespace procession
