// SPDX-License-Identifier: MIT
#include <procession/descriptor.h>

#include <procession/systemcall.h>

#include <fcntl.h>
#include <unistd.h>

namespace procession {

void Descriptor::reset() noexcept
{
    if (m_fd < 0)
        return;
    // Not retried: on Linux the descriptor is gone even after EINTR, and its number may already be somebody else's.
    ::close(m_fd);
    m_fd = -1;
}

Descriptor Descriptor::duplicate() const { return Descriptor(checked("fcntl", ::fcntl(m_fd, F_DUPFD_CLOEXEC, 0))); }

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
    std::pair<Descriptor, Descriptor> result{Descriptor(ends[0]), Descriptor(ends[1])};
    checked("fcntl", ::fcntl(ends[0], F_SETFL, O_NONBLOCK));
    return result;
}

Descriptor openNull() { return Descriptor(checked("open", ::open("/dev/null", O_RDONLY | O_CLOEXEC), "/dev/null")); }

} // namespace procession
