// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>

namespace procession {

/// Owns a file descriptor and closes it on destruction.
///
/// \code
/// auto [readEnd, writeEnd] = Descriptor::pipe();
/// \endcode
///
/// Move-only; as thread-safe as an int.
class Descriptor
{
public:
    Descriptor() noexcept = default;
    explicit Descriptor(int fd) noexcept : m_fd(fd) { }
    Descriptor(Descriptor &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) { }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        if (this != &other) {
            reset();
            m_fd = std::exchange(other.m_fd, -1);
        }
        return *this;
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor() { reset(); }

    int get() const noexcept { return m_fd; }
    bool isValid() const noexcept { return m_fd >= 0; }
    /// Returns the descriptor, which the caller owns from now on.
    int release() noexcept { return std::exchange(m_fd, -1); }
    /// Closes the descriptor, if there is one.
    void reset() noexcept;

    /// Takes a descriptor that the system has just opened for this process. If a standard stream is
    /// closed, the system assigns its number next: the file is then moved above it, since code that
    /// writes to stdout would otherwise write into it.
    /// \param fd  closed on exec. \throws SystemError (EMFILE)
    static Descriptor made(int fd);
    static std::pair<Descriptor, Descriptor> made(const int (&both)[2]);
    /// Another descriptor of the same open file, closed on exec, and never a standard stream.
    /// \throws SystemError (EBADF, EMFILE)
    Descriptor duplicate() const;

    /// Reads available bytes. Returns their number, 0 at the end of the file, and nothing if it
    /// would block.
    /// \throws SystemError
    std::optional<std::size_t> read(std::span<char> buffer) const;

    /// A pipe, {read end, write end}; both are closed on exec, the read end does not block.
    /// \throws SystemError (EMFILE, ENFILE)
    static std::pair<Descriptor, Descriptor> pipe();
    /// The read end of a pipe without a writer: readable at once, like the pidfd of a process that
    /// has ended.
    /// \throws SystemError (EMFILE, ENFILE)
    static Descriptor ended() { return pipe().first; }

private:
    int m_fd = -1;
};

/// /dev/null for reading. \throws SystemError
Descriptor openNull();

} // namespace procession
