// SPDX-License-Identifier: MIT
#include <procession/platform/socket/packetsocket.h>

#include <procession/platform/base/systemcall.h>
#include <procession/platform/socket/controlmessage.h>

#include <sys/ioctl.h>

namespace procession {

namespace {

constexpr int WantedRoom = 8 * 1024 * 1024; // bytes; the system cuts it to what it allows

msghdr messageOf(iovec &vector)
{
    msghdr message{};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    return message;
}

/// \returns whether there was one
bool receive(int socket, msghdr &message, int flags)
{
    const ssize_t count = retryOnInterrupt([&] { return ::recvmsg(socket, &message, flags | MSG_DONTWAIT | MSG_CMSG_CLOEXEC); });
    if (count < 0 && errno == EAGAIN)
        return false;
    checked("recvmsg", count);
    return count > 0;
}

void skip(int socket, std::size_t offset)
{
    const int value = static_cast<int>(offset);
    checked("setsockopt", ::setsockopt(socket, SOL_SOCKET, SO_PEEK_OFF, &value, sizeof value));
}

} // namespace

std::pair<Descriptor, Descriptor> packetSocketPair()
{
    int ends[2];
    checked("socketpair", ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
    std::pair pair = Descriptor::made(ends);
    checked("setsockopt", ::setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &WantedRoom, sizeof WantedRoom));
    return pair;
}

bool sendPacket(int socket, QByteArrayView packet, std::span<const int> descriptors)
{
    if (descriptors.empty() || descriptors.size() > MaximumDescriptors)
        throw SystemError("sendmsg", QByteArray::number(qulonglong(descriptors.size())) + " descriptors in a packet", E2BIG);
    iovec vector{const_cast<char *>(packet.data()), static_cast<std::size_t>(packet.size())};
    msghdr message = messageOf(vector);
    ControlBuffer control;
    putDescriptors(message, control, descriptors);
    const ssize_t count = retryOnInterrupt([&] { return ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT); });
    if (count < 0 && (errno == EAGAIN || errno == ETOOMANYREFS))
        return false;
    checked("sendmsg", count);
    return true;
}

bool peekPacket(int socket, std::size_t offset, std::span<char> packet)
{
    skip(socket, offset);
    iovec vector{packet.data(), packet.size()};
    msghdr message = messageOf(vector);
    return receive(socket, message, MSG_PEEK);
}

bool peekPacket(int socket, std::size_t offset, std::span<char> packet, std::vector<Descriptor> &descriptors)
{
    skip(socket, offset);
    iovec vector{packet.data(), packet.size()};
    msghdr message = messageOf(vector);
    ControlBuffer control;
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
    if (!receive(socket, message, MSG_PEEK))
        return false;
    takeDescriptors(message, descriptors);
    if ((message.msg_flags & MSG_CTRUNC) != 0)
        throw SystemError("recvmsg", "descriptors that wait for this process; raise RLIMIT_NOFILE", EMFILE);
    return true;
}

void dropPacket(int socket)
{
    char byte;
    iovec vector{&byte, sizeof byte};
    msghdr message = messageOf(vector);
    receive(socket, message, 0);
}

std::size_t bytesOfPackets(int socket)
{
    int bytes = 0;
    checked("ioctl", ::ioctl(socket, FIONREAD, &bytes), "FIONREAD");
    return static_cast<std::size_t>(bytes);
}

} // namespace procession
