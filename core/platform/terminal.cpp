// SPDX-License-Identifier: MIT
#include <procession/terminal.h>

#include <procession/systemcall.h>

#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace procession {

bool isTerminal(int fd) { return isatty(fd) == 1; }

int terminalWidth(int fd, int otherwise)
{
    winsize size{};
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return otherwise;
    return size.ws_col;
}

void writeAll(int fd, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written
            = retryOnInterrupt([&] { return ::write(fd, bytes.data(), static_cast<std::size_t>(bytes.size())); });
        if (written >= 0) {
            bytes = bytes.sliced(written);
        } else if (errno == EAGAIN) {
            pollfd writable{fd, POLLOUT, 0};
            checked("poll", retryOnInterrupt([&] { return poll(&writable, 1, -1); }));
        } else {
            throw SystemError("write", QByteArray::number(fd), errno);
        }
    }
}

Descriptor openForReading(const QByteArray &path)
{
    return Descriptor(checked("open", retryOnInterrupt([&] { return open(path.constData(), O_RDONLY | O_CLOEXEC); }), path));
}

QByteArray currentDirectory()
{
    const std::unique_ptr<char, decltype(&std::free)> path(get_current_dir_name(), &std::free);
    if (!path)
        throw SystemError("getcwd", {}, errno);
    return path.get();
}

} // namespace procession
