// SPDX-License-Identifier: MIT
#include "instructionkiller.h"

#include <csignal>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

[[noreturn]] void live(const std::function<void()> &prepare, const std::function<void()> &operation)
{
    try {
        prepare();
        if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0)
            ::_exit(1);
        ::raise(SIGSTOP);
        operation();
    } catch (...) {
        ::_exit(1);
    }
    ::_exit(0);
}

enum class Step { Stopped, Ended, Failed };

/// Waits until it has stopped for `signal`, which is SIGTRAP after one instruction.
Step waitForStop(pid_t pid, int signal)
{
    int status = 0;
    if (::waitpid(pid, &status, 0) != pid)
        return Step::Failed;
    if (!WIFSTOPPED(status))
        return Step::Ended;
    return WSTOPSIG(status) == signal ? Step::Stopped : Step::Failed;
}

Step oneInstruction(pid_t pid)
{
    return ::ptrace(PTRACE_SINGLESTEP, pid, nullptr, nullptr) == 0 ? waitForStop(pid, SIGTRAP) : Step::Failed;
}

Step instructions(pid_t pid, int number)
{
    Step step = Step::Stopped;
    for (int i = 0; i < number && step == Step::Stopped; ++i)
        step = oneInstruction(pid);
    return step;
}

/// The same for a process whose end somebody else is to notice.
Step waitForStopOnly(pid_t pid, const std::function<bool()> &isOver)
{
    for (;;) {
        siginfo_t info{};
        if (::waitid(P_PID, static_cast<id_t>(pid), &info, WSTOPPED | WEXITED | WNOHANG | WNOWAIT | __WALL) != 0)
            return Step::Failed;
        if (info.si_pid == 0) {
            if (isOver())
                return Step::Ended;
            ::sched_yield();
        } else if (info.si_code == CLD_TRAPPED || info.si_code == CLD_STOPPED) {
            return ::waitid(P_PID, static_cast<id_t>(pid), &info, WSTOPPED | __WALL) == 0 ? Step::Stopped : Step::Failed;
        } else {
            return Step::Failed;
        }
    }
}

Step instructionsOf(pid_t pid, int number, const std::function<bool()> &isOver)
{
    Step step = Step::Stopped;
    for (int i = 0; i < number && step == Step::Stopped; ++i) {
        step = ::ptrace(PTRACE_SINGLESTEP, pid, nullptr, nullptr) == 0 ? waitForStopOnly(pid, isOver) : Step::Failed;
    }
    return step;
}

} // namespace

Fate killBeforeInstruction(qint64 child, int number, const std::function<void()> &begin, const std::function<bool()> &isOver)
{
    const auto pid = static_cast<pid_t>(child);
    const bool isAttached = ::ptrace(PTRACE_SEIZE, pid, nullptr, nullptr) == 0
        && ::ptrace(PTRACE_INTERRUPT, pid, nullptr, nullptr) == 0 && waitForStopOnly(pid, [] { return false; }) == Step::Stopped;
    begin();
    const Step step = isAttached ? instructionsOf(pid, number, isOver) : Step::Failed;
    ::kill(pid, SIGKILL);
    return step == Step::Stopped ? Fate::Killed : step == Step::Ended ? Fate::Finished : Fate::Stuck;
}

Fate killBeforeInstruction(int number, const std::function<void()> &prepare, const std::function<void()> &operation)
{
    const pid_t pid = ::fork();
    if (pid < 0)
        return Fate::Stuck;
    if (pid == 0)
        live(prepare, operation);
    Step step = waitForStop(pid, SIGSTOP);
    if (step == Step::Ended)
        return Fate::Stuck;
    if (step == Step::Stopped)
        step = instructions(pid, number);
    if (step == Step::Ended)
        return Fate::Finished;
    ::kill(pid, SIGKILL);
    int status = 0;
    ::waitpid(pid, &status, 0);
    return step == Step::Stopped ? Fate::Killed : Fate::Stuck;
}

bool canStep()
{
    return killBeforeInstruction(
               1, [] {}, [] {})
        == Fate::Killed;
}
