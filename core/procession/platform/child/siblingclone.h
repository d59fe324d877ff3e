// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/systemcallsonly.h>

#include <cerrno>
#include <cstddef>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

/// Copies a process of one thread as a child of its parent. Makes system calls only, so that it
/// works before any library has run. Uses clone and not clone3, which valgrind and the filters of
/// some containers refuse.
///
/// \param pidfd  receives the copy's pidfd in the original
/// \returns the copy's process id in the original, 0 in the copy, -1 with errno if the system
/// refuses
PROCESSION_SYSTEM_CALLS_ONLY inline long cloneSibling(int *pidfd)
{
    void *threadId = nullptr; // where the C library keeps the id of this thread
    void *robustList = nullptr; // the kernel does not keep it for the copy
    std::size_t robustListSize = 0;
    if (syscall(SYS_prctl, PR_GET_TID_ADDRESS, &threadId, 0, 0, 0) != 0
        || syscall(SYS_get_robust_list, 0, &robustList, &robustListSize) != 0)
        return -1;
    constexpr unsigned long Flags = CLONE_PARENT | CLONE_PIDFD | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
#if defined(__x86_64__)
    const long pid = syscall(SYS_clone, Flags, nullptr, pidfd, threadId, nullptr);
#else // the order of the last two differs
    const long pid = syscall(SYS_clone, Flags, nullptr, pidfd, nullptr, threadId);
#endif
    if (pid == 0)
        syscall(SYS_set_robust_list, robustList, robustListSize);
    return pid;
}

} // namespace procession
