// SPDX-License-Identifier: MIT
// The raw limit of a round trip between two processes: so many bytes through a socketpair to a copy of this process and back, without
// any framing. Prints the median in seconds. Usage: rawroundtrip BYTES COUNT
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

constexpr int WarmUp = 3;

[[noreturn]] void fail(const char *what)
{
    std::fprintf(stderr, "rawroundtrip: %s: %s\n", what, std::strerror(errno));
    std::_Exit(1);
}

void sendAll(int socket, const std::vector<char> &bytes)
{
    if (send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
        fail("send");
}

void receiveAll(int socket, std::vector<char> &bytes)
{
    if (recv(socket, bytes.data(), bytes.size(), MSG_WAITALL) != static_cast<ssize_t>(bytes.size()))
        fail("recv");
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::fputs("usage: rawroundtrip BYTES COUNT\n", stderr);
        return 2;
    }
    std::vector<char> message(static_cast<std::size_t>(std::atoi(argv[1])), 'x');
    const int count = std::atoi(argv[2]);
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        fail("socketpair");
    const pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        for (int i = -WarmUp; i < count; ++i) {
            receiveAll(ends[1], message);
            sendAll(ends[1], message);
        }
        std::_Exit(0);
    }

    using Clock = std::chrono::steady_clock;
    std::vector<double> seconds;
    for (int i = -WarmUp; i < count; ++i) {
        const auto begin = Clock::now();
        sendAll(ends[0], message);
        receiveAll(ends[0], message);
        if (i >= 0)
            seconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child || status != 0)
        fail("waitpid");
    const auto middle = seconds.begin() + count / 2;
    std::nth_element(seconds.begin(), middle, seconds.end());
    std::printf("%.9f\n", *middle);
    return 0;
}
