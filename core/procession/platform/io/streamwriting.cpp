// SPDX-License-Identifier: MIT
#include <procession/platform/io/streamwriting.h>

#include <procession/platform/base/systemcall.h>

#include <algorithm>
#include <climits>
#include <poll.h>
#include <unistd.h>

namespace procession {

std::optional<qsizetype> writeSome(int stream, QByteArrayView bytes) noexcept
{
    pollfd polled{stream, POLLOUT, 0};
    if (retryOnInterrupt([&] { return ::poll(&polled, 1, 0); }) == 0)
        return 0;
    const auto size = static_cast<std::size_t>(std::min<qsizetype>(bytes.size(), PIPE_BUF));
    const auto written = retryOnInterrupt([&] { return ::write(stream, bytes.data(), size); });
    if (written >= 0)
        return written;
    return errno == EAGAIN ? std::optional<qsizetype>(0) : std::nullopt;
}

bool writeWholly(int stream, QByteArrayView bytes) noexcept
{
    while (!bytes.isEmpty()) {
        const auto written
            = retryOnInterrupt([&] { return ::write(stream, bytes.data(), static_cast<std::size_t>(bytes.size())); });
        if (written < 0) {
            pollfd polled{stream, POLLOUT, 0};
            if (errno != EAGAIN || retryOnInterrupt([&] { return ::poll(&polled, 1, -1); }) < 0)
                return false;
            continue;
        }
        bytes = bytes.sliced(written);
    }
    return true;
}

} // namespace procession
