// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/numberedentries.h>
#include <procession/platform/base/systemcallsonly.h>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

/// How closeRange() closes: now, or when this process executes another program.
enum class CloseRange : unsigned { Now = 0, AtExec = 1U << 2 /* CLOSE_RANGE_CLOEXEC */ };

namespace detail {

PROCESSION_SYSTEM_CALLS_ONLY inline void closeOne(int descriptor, CloseRange when)
{
    if (when == CloseRange::Now)
        syscall(SYS_close, descriptor);
    else
        syscall(SYS_fcntl, descriptor, F_SETFD, FD_CLOEXEC);
}

} // namespace detail

/// Closes the open descriptors from `first` to `last`. Makes system calls only, so that copies of a
/// process with threads may use it; leaves errno undefined.
///
/// Kernels before 5.9 and some sandboxes lack close_range(), and 5.9 and 5.10 lack its flag: then
/// it looks up the open descriptors in /proc. If /proc is hidden, it closes those below 1024.
PROCESSION_SYSTEM_CALLS_ONLY inline void closeRange(unsigned first, unsigned last, CloseRange when = CloseRange::Now)
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
    forEachNumberedEntry(folder, [&](int descriptor) PROCESSION_SYSTEM_CALLS_ONLY {
        if (descriptor != folder && static_cast<unsigned>(descriptor) >= first && static_cast<unsigned>(descriptor) <= last)
            detail::closeOne(descriptor, when);
    });
    syscall(SYS_close, folder);
}

} // namespace procession
