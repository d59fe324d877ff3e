// SPDX-License-Identifier: MIT
#include "instructionkiller.h"

#include <csignal>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

[[noreturn]] void live(const std::function<void()> &prepare, const std::function<void()> &operation)
{
    try {
        prepare();
        ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        ::raise(SIGSTOP);
        operation();
    } catch (...) {
        ::_exit(1);
    }
    ::_exit(0);
}

/// Whether it still is there after one instruction, or after it has come to the first.
bool isStopped(pid_t pid)
{
    int status = 0;
    return ::waitpid(pid, &status, 0) == pid && WIFSTOPPED(status);
}

} // namespace

Fate killBeforeInstruction(int number, const std::function<void()> &prepare, const std::function<void()> &operation)
{
    const pid_t pid = ::fork();
    if (pid < 0)
        return Fate::Stuck;
    if (pid == 0)
        live(prepare, operation);
    if (!isStopped(pid))
        return Fate::Stuck;
    for (int i = 0; i < number; ++i) {
        if (::ptrace(PTRACE_SINGLESTEP, pid, nullptr, nullptr) != 0)
            break;
        if (!isStopped(pid))
            return Fate::Finished;
    }
    ::kill(pid, SIGKILL);
    int status = 0;
    ::waitpid(pid, &status, 0);
    return Fate::Killed;
}
