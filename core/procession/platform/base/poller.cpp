// SPDX-License-Identifier: MIT
#include <procession/platform/base/poller.h>

#include <procession/platform/base/systemcall.h>

#include <algorithm>
#include <array>
#include <limits>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace procession {

namespace {

/// In milliseconds, rounded up; -1 for ever.
int timeoutOf(QDeadlineTimer deadline)
{
    const qint64 left = deadline.isForever() ? -1 : (deadline.remainingTimeNSecs() + 999'999) / 1'000'000;
    return static_cast<int>(std::min<qint64>(left, std::numeric_limits<int>::max()));
}

} // namespace

Poller::Poller()
    : m_epoll(Descriptor::made(checked("epoll_create1", ::epoll_create1(EPOLL_CLOEXEC)))),
      m_event(Descriptor::made(checked("eventfd", ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))))
{
    add(m_event.get(), WakeToken);
}

void Poller::add(int fd, quint64 token)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = token;
    checked("epoll_ctl", ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event));
}

void Poller::remove(int fd) { checked("epoll_ctl", ::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr)); }

void Poller::wait(QDeadlineTimer deadline, std::vector<quint64> &ready)
{
    ready.clear();
    std::array<epoll_event, 64> events;
    int count = 0;
    do {
        count = ::epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()), timeoutOf(deadline));
    } while (count < 0 && errno == EINTR);
    checked("epoll_wait", count);

    for (int i = 0; i < count; ++i) {
        const quint64 token = events[static_cast<std::size_t>(i)].data.u64;
        if (token != WakeToken) {
            ready.push_back(token);
            continue;
        }
        quint64 ignored;
        // It cannot fail but by being empty already, which is as good.
        [[maybe_unused]] const auto result = ::read(m_event.get(), &ignored, sizeof ignored);
    }
}

void Poller::wait(QDeadlineTimer deadline, std::vector<quint64> &ready, std::span<const int> writable)
{
    std::vector<pollfd> polled{{m_epoll.get(), POLLIN, 0}}; // an epoll is itself something that one can wait for
    for (const int fd : writable)
        polled.push_back({fd, POLLOUT, 0});
    int count = 0;
    do
        count = ::poll(polled.data(), polled.size(), timeoutOf(deadline));
    while (count < 0 && errno == EINTR);
    checked("poll", count);
    wait(QDeadlineTimer(0), ready);
}

void Poller::wake()
{
    const quint64 one = 1;
    // EAGAIN means that a wake-up is already waiting.
    [[maybe_unused]] const auto result = ::write(m_event.get(), &one, sizeof one);
}

} // namespace procession
