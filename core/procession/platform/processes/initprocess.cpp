// SPDX-License-Identifier: MIT
#include <procession/platform/processes/initprocess.h>

#include <procession/platform/base/systemcall.h>

#include <csignal>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

namespace procession {

namespace {

/// Reaps what has ended. \returns the status for exit(), once `child` has ended
std::optional<int> reap(pid_t child)
{
    constexpr int KilledBy = 128; // as a shell says it
    int status = 0;
    std::optional<int> result;
    for (pid_t ended = 0; (ended = ::waitpid(-1, &status, WNOHANG)) > 0;) {
        if (ended == child)
            result = WIFSIGNALED(status) ? KilledBy + WTERMSIG(status) : WEXITSTATUS(status);
    }
    return result;
}

/// What process 1 does while its child is the program.
[[noreturn]] void serve(pid_t child)
{
    ::signal(SIGCHLD, SIG_DFL); // ignored, it would take away the statuses
    sigset_t all;
    ::sigfillset(&all);
    for (;;) {
        if (const auto status = reap(child))
            ::_exit(*status); // the kernel ends what is left
        siginfo_t signal{};
        // What comes from the terminal the child has got itself.
        if (::sigwaitinfo(&all, &signal) > 0 && signal.si_signo != SIGCHLD && signal.si_code <= 0)
            ::kill(child, signal.si_signo);
    }
}

} // namespace

void leaveProcessOne()
{
    if (::getpid() != 1)
        return;
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before);
    const pid_t child = checked("fork", ::fork());
    if (child > 0)
        serve(child);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
}

} // namespace procession
