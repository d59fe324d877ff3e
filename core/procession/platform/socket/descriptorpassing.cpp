// SPDX-License-Identifier: MIT
#include <procession/platform/socket/descriptorpassing.h>

#include <procession/platform/base/readiness.h>
#include <procession/platform/base/systemcall.h>
#include <procession/platform/socket/controlmessage.h>

#include <algorithm>
#include <array>
#include <sys/socket.h>

namespace procession {

namespace {
constexpr std::size_t MaximumParts = 8;
constexpr std::size_t ShortMessage = 512; ///< bytes

/// Takes `count` written bytes off the front.
void advance(msghdr &message, std::size_t count)
{
    while (message.msg_iovlen > 0 && count >= message.msg_iov->iov_len) {
        count -= message.msg_iov->iov_len;
        ++message.msg_iov;
        --message.msg_iovlen;
    }
    if (message.msg_iovlen > 0) {
        message.msg_iov->iov_base = static_cast<char *>(message.msg_iov->iov_base) + count;
        message.msg_iov->iov_len -= count;
    }
}

/// Sends what is short from one buffer, which takes the kernel less than gathering parts. Returns the number of bytes that it
/// took, 0 when there are too many or no room.
std::size_t sendShort(int socket, std::span<const QByteArrayView> parts)
{
    std::array<char, ShortMessage> buffer;
    std::size_t size = 0;
    for (const QByteArrayView part : parts) {
        const auto partSize = static_cast<std::size_t>(part.size());
        if (partSize > buffer.size() - size)
            return 0;
        std::copy(part.begin(), part.end(), buffer.begin() + size);
        size += partSize;
    }
    const ssize_t count = retryOnInterrupt([&] { return ::send(socket, buffer.data(), size, MSG_NOSIGNAL); });
    if (count < 0 && errno == EAGAIN)
        return 0;
    return static_cast<std::size_t>(checked("send", count));
}
} // namespace

void sendWithDescriptors(int socket, std::span<const QByteArrayView> parts, std::span<const int> descriptors)
{
    if (parts.size() > MaximumParts || descriptors.size() > MaximumDescriptors)
        throw SystemError("sendmsg", "more parts or descriptors than fit into one message", E2BIG);
    std::array<iovec, MaximumParts> vectors;
    for (std::size_t i = 0; i < parts.size(); ++i)
        vectors[i] = {const_cast<char *>(parts[i].data()), static_cast<std::size_t>(parts[i].size())};
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = parts.size();
    ControlBuffer control;
    if (!descriptors.empty())
        putDescriptors(message, control, descriptors);

    advance(message, descriptors.empty() ? sendShort(socket, parts) : 0);
    while (message.msg_iovlen > 0) {
        const ssize_t count = retryOnInterrupt([&] { return ::sendmsg(socket, &message, MSG_NOSIGNAL); });
        if (count < 0 && errno == EAGAIN) {
            waitWritable(socket);
            continue;
        }
        checked("sendmsg", count);
        message.msg_control = nullptr;
        message.msg_controllen = 0;
        advance(message, static_cast<std::size_t>(count));
    }
}

Received receiveWithDescriptors(int socket, std::span<char> buffer, std::vector<Descriptor> &descriptors)
{
    iovec vector{buffer.data(), buffer.size()};
    ControlBuffer control;
    msghdr message{};
    ssize_t count = 0;
    for (;;) {
        message.msg_iov = &vector;
        message.msg_iovlen = 1;
        message.msg_control = control.bytes.data();
        message.msg_controllen = control.bytes.size();
        // A thread blocked in recvmsg() is also woken whenever the other end takes bytes; a thread in ppoll() is not.
        count = retryOnInterrupt([&] { return ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT); });
        if (count >= 0 || errno != EAGAIN)
            break;
        waitReadable(socket, QDeadlineTimer::Forever);
    }
    // So a local socket says that the other end closed without reading all.
    if (count < 0 && errno == ECONNRESET)
        return {};
    checked("recvmsg", count);
    takeDescriptors(message, descriptors);
    return {static_cast<std::size_t>(count), (message.msg_flags & MSG_CTRUNC) != 0};
}

} // namespace procession
