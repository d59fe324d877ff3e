// SPDX-License-Identifier: MIT
#include <procession/platform/io/terminal.h>

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

int terminalHeight(int fd, int otherwise)
{
    winsize size{};
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
        return otherwise;
    return size.ws_row;
}

} // namespace procession
