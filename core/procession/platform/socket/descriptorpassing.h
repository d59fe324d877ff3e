// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArrayView>

#include <span>
#include <vector>

namespace procession {

/// How many descriptors the kernel takes with one message.
inline constexpr std::size_t MaximumDescriptors = 253;

/// Writes all of `parts`, one after another, to a stream socket; the descriptors go with the first byte. Blocks until the
/// other end has room. A closed other end is an error, never a SIGPIPE.
///
/// \code
/// const QByteArrayView parts[] = {header, body};
/// sendWithDescriptors(socket.get(), parts, {});
/// \endcode
///
/// \param parts        at most 8, not all empty when there are descriptors
/// \param descriptors  at most MaximumDescriptors, for which a local (AF_UNIX) socket is needed; they stay the caller's
/// \throws SystemError (EPIPE, ETOOMANYREFS, …)
void sendWithDescriptors(int socket, std::span<const QByteArrayView> parts, std::span<const int> descriptors);

/// What receiveWithDescriptors() got.
struct Received
{
    std::size_t size = 0; ///< bytes, 0 at the end of the stream
    bool descriptorsLost = false; ///< some came that this process had no room for (RLIMIT_NOFILE)
};

/// Reads what has come over a stream socket, at most `buffer.size()` bytes, and appends the descriptors that came with
/// it, which are closed on exec. Blocks until there is something.
/// \throws SystemError
Received receiveWithDescriptors(int socket, std::span<char> buffer, std::vector<Descriptor> &descriptors);

} // namespace procession
