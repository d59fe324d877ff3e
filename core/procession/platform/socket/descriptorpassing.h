// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArrayView>

#include <span>
#include <vector>

namespace procession {

/// The maximum number of descriptors that the kernel accepts with one message.
inline constexpr std::size_t MaximumDescriptors = 253;

/// Writes all of `parts`, one after another, to a stream socket; the descriptors are sent with the
/// first byte. Blocks until the other end has room. A closed other end is an error, never a
/// SIGPIPE.
///
/// \code
/// const QByteArrayView parts[] = {header, body};
/// sendWithDescriptors(socket.get(), parts, {});
/// \endcode
///
/// \param parts  at most 8, not all empty if there are descriptors
/// \param descriptors  at most MaximumDescriptors, which need a local (AF_UNIX) socket; the caller
/// keeps them
/// \throws SystemError (EPIPE, ETOOMANYREFS, …)
void sendWithDescriptors(int socket, std::span<const QByteArrayView> parts, std::span<const int> descriptors);

/// The result of receiveWithDescriptors().
struct Received
{
    std::size_t size = 0; ///< bytes, 0 at the end of the stream
    bool descriptorsLost = false; ///< this process had no room for some of them (RLIMIT_NOFILE)
};

/// Reads available bytes from a stream socket, at most `buffer.size()`, and appends the descriptors
/// that came with them, closed on exec. Blocks until something arrives.
/// \throws SystemError
Received receiveWithDescriptors(int socket, std::span<char> buffer, std::vector<Descriptor> &descriptors);

} // namespace procession
