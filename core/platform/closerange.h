// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

/// How closeRange() closes: now, or when this process executes another program.
enum class CloseRange : unsigned { Now = 0, AtExec = 1U << 2 /* CLOSE_RANGE_CLOEXEC */ };

namespace detail {

__attribute__((no_sanitize("address", "thread", "undefined"))) inline void closeOne(int descriptor, CloseRange when)
{
    if (when == CloseRange::Now)
        syscall(SYS_close, descriptor);
    else
        syscall(SYS_fcntl, descriptor, F_SETFD, FD_CLOEXEC);
}

} // namespace detail

/// Closes the descriptors from `first` to `last`, as far as they are open. Calls nothing but the system, so that copies of a process with
/// threads may use it, and leaves errno as it likes.
///
/// Kernels before 5.9 and some sandboxes do not know close_range(), and 5.9 and 5.10 not its flag: then the open ones are looked up in
/// /proc. Where that is hidden, it closes those below 1024.
__attribute__((no_sanitize("address", "thread", "undefined"))) inline void closeRange(
    unsigned first, unsigned last, CloseRange when = CloseRange::Now)
{
    if (first > last || syscall(SYS_close_range, first, last, static_cast<unsigned>(when)) == 0)
        return;
    const auto folder = static_cast<int>(syscall(SYS_openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder < 0) {
        constexpr unsigned Many = 1024;
        for (unsigned descriptor = first; descriptor <= last && descriptor < Many; ++descriptor)
            detail::closeOne(static_cast<int>(descriptor), when);
        return;
    }
    constexpr std::size_t LengthAt = 16; // in the kernel's struct linux_dirent64
    constexpr std::size_t NameAt = 19;
    alignas(8) char entries[2048];
    for (long size = 0; (size = syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0;) {
        for (long at = 0; at < size;) {
            unsigned short length = 0;
            __builtin_memcpy(&length, entries + at + LengthAt, sizeof length);
            unsigned descriptor = 0;
            const char *name = entries + at + NameAt;
            for (; *name >= '0' && *name <= '9'; ++name)
                descriptor = 10 * descriptor + static_cast<unsigned>(*name - '0');
            const bool isNumber = name != entries + at + NameAt; // and not "." or ".."
            if (isNumber && descriptor >= first && descriptor <= last && static_cast<int>(descriptor) != folder)
                detail::closeOne(static_cast<int>(descriptor), when);
            at += length;
        }
    }
    syscall(SYS_close, folder);
}

} // namespace procession
