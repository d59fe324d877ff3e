// SPDX-License-Identifier: MIT
#include <procession/platform/base/descriptor.h>

#include <procession/platform/base/systemcall.h>

#include <fcntl.h>
#include <unistd.h>

namespace procession {

void Descriptor::reset() noexcept
{
    if (m_fd < 0)
        return;
    // Not retried: on Linux the descriptor is gone even after EINTR, and another thread may already have got its number.
    ::close(m_fd);
    m_fd = -1;
}

Descriptor Descriptor::made(int fd)
{
    Descriptor descriptor(fd);
    return fd < 0 || fd > STDERR_FILENO ? std::move(descriptor) : descriptor.duplicate();
}

std::pair<Descriptor, Descriptor> Descriptor::made(const int (&both)[2])
{
    std::pair<Descriptor, Descriptor> pair{Descriptor(both[0]), Descriptor(both[1])};
    pair.first = made(pair.first.release());
    pair.second = made(pair.second.release());
    return pair;
}

Descriptor Descriptor::duplicate() const
{
    return Descriptor(checked("fcntl", ::fcntl(m_fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)));
}

std::optional<std::size_t> Descriptor::read(std::span<char> buffer) const
{
    const auto count = retryOnInterrupt([&] { return ::read(m_fd, buffer.data(), buffer.size()); });
    if (count < 0 && errno == EAGAIN)
        return std::nullopt;
    return static_cast<std::size_t>(checked("read", count));
}

std::pair<Descriptor, Descriptor> Descriptor::pipe()
{
    int ends[2];
    checked("pipe2", ::pipe2(ends, O_CLOEXEC));
    std::pair<Descriptor, Descriptor> result = made(ends);
    checked("fcntl", ::fcntl(result.first.get(), F_SETFL, O_NONBLOCK));
    return result;
}

Descriptor openNull() { return Descriptor::made(checked("open", ::open("/dev/null", O_RDONLY | O_CLOEXEC), "/dev/null")); }

} // namespace procession
