// SPDX-License-Identifier: MIT
#include <procession/platform/socket/streamsocket.h>

#include <procession/platform/base/readiness.h>
#include <procession/platform/base/systemcall.h>

#include <sys/socket.h>

namespace procession {

namespace {
int socketOption(int fd, int option)
{
    int value = -1;
    socklen_t size = sizeof value;
    return ::getsockopt(fd, SOL_SOCKET, option, &value, &size) == 0 ? value : -1;
}
} // namespace

std::pair<Descriptor, Descriptor> socketPair()
{
    int ends[2];
    checked("socketpair", ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
    return Descriptor::made(ends);
}

void shutdownSending(int socket) { checked("shutdown", ::shutdown(socket, SHUT_WR)); }

void shutdownReceiving(int socket) { checked("shutdown", ::shutdown(socket, SHUT_RD)); }

bool isStreamSocket(int fd) { return socketOption(fd, SO_TYPE) == SOCK_STREAM; }

bool isLocalSocket(int socket) { return socketOption(socket, SO_DOMAIN) == AF_UNIX; }

std::size_t receiveSome(int socket, std::span<char> buffer)
{
    for (;;) {
        const ssize_t count = retryOnInterrupt([&] { return ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT); });
        if (count < 0 && errno == EAGAIN) {
            waitReadable(socket, QDeadlineTimer::Forever);
            continue;
        }
        // So a local socket says that the other end closed without reading all.
        if (count < 0 && errno == ECONNRESET)
            return 0;
        return static_cast<std::size_t>(checked("recv", count));
    }
}

bool hasArrived(int socket)
{
    char byte;
    return retryOnInterrupt([&] { return ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT); }) >= 0 || errno != EAGAIN;
}

bool wasLeftUnread(int socket)
{
    char byte;
    return retryOnInterrupt([&] { return ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT); }) < 0 && errno == ECONNRESET;
}

bool isAtEnd(int socket)
{
    char byte;
    const ssize_t count = retryOnInterrupt([&] { return ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT); });
    return count == 0 || (count < 0 && errno == ECONNRESET);
}

} // namespace procession
