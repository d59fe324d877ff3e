// SPDX-License-Identifier: MIT
#include <procession/platform/child/programlaunch.h>

#include <procession/platform/base/systemcall.h>
#include <procession/platform/base/systemcallsonly.h>
#include <procession/platform/child/closerange.h>

#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

namespace {

// What the child needs and what it answers. It lies in the memory that parent and child share until the child executes.
struct LaunchPlan
{
    const ProgramLaunch *launch;
    pid_t parent;
    const char *failedCall = nullptr;
    int failure = 0;
};

#ifdef __SANITIZE_THREAD__
// The sanitizer takes clone() for fork() and would look away from this thread ever after.
extern "C" int __clone(int (*function)(void *), void *stack, int flags, void *argument, ...) noexcept;
constexpr auto cloneChild = __clone;
#else
constexpr auto cloneChild = ::clone;
#endif

// Caught signals would run this program's handlers in the child.
PROCESSION_SYSTEM_CALLS_ONLY void resetSignals(unsigned long signals)
{
    constexpr std::size_t KernelSetSize = 8;
    const unsigned long standard[4] = {}; // the kernel's struct sigaction, whose first member is the handler
    for (int signal = 1; signals != 0; ++signal, signals >>= 1) {
        if (signals & 1)
            syscall(SYS_rt_sigaction, signal, standard, nullptr, KernelSetSize);
    }
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, standard, nullptr, KernelSetSize);
}

// Copies that lie above the places, so that placing one does not overwrite another.
PROCESSION_SYSTEM_CALLS_ONLY bool placeDescriptors(const ProgramLaunch *launch)
{
    const int sources[] = {launch->input, launch->output, launch->error, launch->inherited};
    const int count = launch->inherited < 0 ? 3 : 4;
    int copies[4];
    for (int i = 0; i < count; ++i) {
        copies[i] = static_cast<int>(syscall(SYS_fcntl, sources[i], F_DUPFD_CLOEXEC, count));
        if (copies[i] < 0)
            return false;
    }
    for (int i = 0; i < count; ++i) {
        if (syscall(SYS_dup3, copies[i], i, 0) < 0)
            return false;
    }
    unsigned next = static_cast<unsigned>(count);
    for (std::size_t i = 0; i < launch->kept.size(); ++i) {
        const auto kept = static_cast<unsigned>(launch->kept[i]);
        if (kept < next)
            continue;
        if (kept > next)
            closeRange(next, kept - 1, CloseRange::AtExec);
        next = kept + 1;
    }
    closeRange(next, ~0U, CloseRange::AtExec);
    return true;
}

PROCESSION_SYSTEM_CALLS_ONLY const char *prepare(const LaunchPlan *plan)
{
    const ProgramLaunch *launch = plan->launch;
    if (launch->leadsSession) {
        if (syscall(SYS_setsid) < 0)
            return "setsid";
    } else if (launch->leadsGroup && syscall(SYS_setpgid, 0, 0) != 0) {
        return "setpgid";
    }
    if (launch->group)
        launch->group->store(static_cast<int>(syscall(SYS_getpid)), std::memory_order_release);
    if (launch->diesWithThread && syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
        return "prctl";
    if (syscall(SYS_getppid) != plan->parent) // it died before the line above could help
        return "getppid";
    resetSignals(launch->signalsToReset);
    if (!placeDescriptors(launch))
        return "dup3";
    if (launch->workingDirectory >= 0 && syscall(SYS_fchdir, launch->workingDirectory) != 0)
        return "fchdir";
    if (launch->niceness != 0) {
        // The system call answers 20 - niceness.
        const auto now = 20 - syscall(SYS_getpriority, PRIO_PROCESS, 0);
        if (syscall(SYS_setpriority, PRIO_PROCESS, 0, now + launch->niceness) != 0)
            return "setpriority";
    }
    return nullptr;
}

// Shares memory with the suspended parent thread: it changes nothing but the plan, its own stack and the guard's entry, and calls
// nothing but the system.
PROCESSION_SYSTEM_CALLS_ONLY int childMain(void *argument)
{
    auto *plan = static_cast<LaunchPlan *>(argument);
    plan->failedCall = prepare(plan);
    if (!plan->failedCall) {
        syscall(SYS_execve, plan->launch->program, plan->launch->arguments, plan->launch->environment);
        plan->failedCall = "execve";
    }
    plan->failure = errno;
    syscall(SYS_exit, 127);
    return 127;
}

} // namespace

ChildProcess launchProgram(const ProgramLaunch &launch, std::span<std::byte> stack)
{
    LaunchPlan plan{&launch, ::getpid()};
    int pidfd = -1;
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int pid = cloneChild(
        childMain, stack.data() + stack.size(), CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &plan, &pidfd, nullptr, nullptr);
    const int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        throw SystemError("clone", launch.program, error);
    ChildProcess child(pid, Descriptor(pidfd));
    if (plan.failure != 0) {
        child.reap();
        if (launch.group)
            launch.group->store(0, std::memory_order_release);
        throw SystemError(plan.failedCall, launch.program, plan.failure);
    }
    return child;
}

unsigned long customSignals()
{
    unsigned long signals = 0;
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction action
        {
        };
        if (::sigaction(signal, nullptr, &action) != 0)
            continue;
        // SIGPIPE and SIGXFSZ are ignored by this program for itself, SIGCHLD by mistake: with any, most programs go wrong.
        const bool isForItself = signal == SIGPIPE || signal == SIGXFSZ || signal == SIGCHLD;
        const bool staysIgnored = action.sa_handler == SIG_IGN && !isForItself;
        if (action.sa_handler != SIG_DFL && !staysIgnored)
            signals |= 1UL << (signal - 1);
    }
    return signals;
}

} // namespace procession
