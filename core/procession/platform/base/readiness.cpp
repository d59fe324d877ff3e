// SPDX-License-Identifier: MIT
#include <procession/platform/base/readiness.h>

#include <procession/platform/base/systemcall.h>

#include <algorithm>
#include <array>
#include <poll.h>
#include <vector>

namespace procession {

namespace {
constexpr std::size_t UsuallyEnough = 16;

int pollUntil(std::span<pollfd> polled, QDeadlineTimer deadline)
{
    for (;;) {
        timespec left{};
        if (!deadline.isForever()) {
            const qint64 nanoseconds = std::max<qint64>(0, deadline.remainingTimeNSecs());
            left.tv_sec = nanoseconds / 1'000'000'000;
            left.tv_nsec = nanoseconds % 1'000'000'000;
        }
        const int count = ::ppoll(polled.data(), polled.size(), deadline.isForever() ? nullptr : &left, nullptr);
        if (count >= 0 || errno != EINTR)
            return checked("ppoll", count, [&] { return QByteArray::number(qsizetype(polled.size())) + " descriptors"; });
    }
}

void refuseClosed(const pollfd &polled)
{
    if (polled.revents & POLLNVAL)
        throw SystemError("ppoll", "descriptor " + QByteArray::number(polled.fd), EBADF);
}
} // namespace

int waitReadable(std::span<WatchedDescriptor> descriptors, QDeadlineTimer deadline)
{
    std::array<pollfd, UsuallyEnough> few;
    std::vector<pollfd> many;
    if (descriptors.size() > few.size())
        many.resize(descriptors.size());
    const std::span<pollfd> polled(many.empty() ? few.data() : many.data(), descriptors.size());
    for (std::size_t i = 0; i < polled.size(); ++i) {
        // poll() skips negative descriptors; a caller that waits for one would wait for ever.
        if (descriptors[i].fd < 0)
            throw SystemError("ppoll", "descriptor " + QByteArray::number(descriptors[i].fd), EBADF);
        polled[i] = {descriptors[i].fd, POLLIN, 0};
    }
    const int count = pollUntil(polled, deadline);
    for (std::size_t i = 0; i < polled.size(); ++i) {
        refuseClosed(polled[i]);
        descriptors[i].isReady = polled[i].revents != 0;
    }
    return count;
}

bool waitReadable(int fd, QDeadlineTimer deadline)
{
    WatchedDescriptor one{fd};
    return waitReadable(std::span(&one, 1), deadline) > 0;
}

void waitWritable(int fd)
{
    pollfd polled{fd, POLLOUT, 0};
    pollUntil(std::span(&polled, 1), QDeadlineTimer::Forever);
    refuseClosed(polled);
}

} // namespace procession
