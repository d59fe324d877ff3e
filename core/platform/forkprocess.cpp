// SPDX-License-Identifier: MIT
#include <procession/forkprocess.h>

#include <procession/pidfd.h>
#include <procession/systemcall.h>

#include <csignal>
#include <linux/sched.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

std::optional<ChildProcess> forkProcess()
{
    const pid_t pid = checked("fork", ::fork());
    if (pid == 0)
        return std::nullopt;
    // Nobody else reaps it, so the number is still the child's.
    try {
        return ChildProcess(pid, openPidfd(pid));
    } catch (const SystemError &) {
        ::kill(pid, SIGKILL);
        retryOnInterrupt([pid] { return syscall(SYS_wait4, pid, nullptr, 0, nullptr); });
        throw;
    }
}

void atFork(void (*before)(), void (*inParent)(), void (*inChild)())
{
    if (const int error = ::pthread_atfork(before, inParent, inChild))
        throw SystemError("pthread_atfork", {}, error);
}

std::optional<ChildProcess> forkSibling()
{
    int pidfd = -1;
    void *threadId = nullptr; // where the C library keeps the number of this thread
    checked("prctl", ::prctl(PR_GET_TID_ADDRESS, &threadId));
    void *robustList = nullptr;
    std::size_t robustListSize = 0;
    checked("get_robust_list", syscall(SYS_get_robust_list, 0, &robustList, &robustListSize));

    clone_args arguments{};
    arguments.flags = CLONE_PARENT | CLONE_PIDFD | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
    arguments.pidfd = reinterpret_cast<quintptr>(&pidfd);
    arguments.child_tid = reinterpret_cast<quintptr>(threadId);
    const long pid = checked("clone3", syscall(SYS_clone3, &arguments, sizeof arguments));
    if (pid != 0)
        return ChildProcess(pid, Descriptor(pidfd));
    syscall(SYS_set_robust_list, robustList, robustListSize);
    return std::nullopt;
}

} // namespace procession
