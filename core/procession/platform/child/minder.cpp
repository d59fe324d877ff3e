// SPDX-License-Identifier: MIT
#include <procession/platform/child/minder.h>

#include <procession/platform/base/readiness.h>
#include <procession/platform/base/systemcall.h>
#include <procession/platform/child/closerange.h>
#include <procession/platform/processes/pidfd.h>
#include <procession/platform/system/signalreset.h>

#include <array>
#include <csignal>
#include <cstring>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace procession {

namespace {

bool writeInt(int fd, int number)
{
    return retryOnInterrupt([&] { return ::write(fd, &number, sizeof number); }) == sizeof number;
}

[[noreturn]] void mind(pid_t child, int status, bool leavesNothing)
{
    // What the copied process has open is not to stay open for as long as the child lives.
    closeRange(0, static_cast<unsigned>(status) - 1);
    closeRange(static_cast<unsigned>(status) + 1, ~0U);
    if (!writeInt(status, child))
        ::_exit(1);
    siginfo_t info{};
    retryOnInterrupt([&] { return ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT); });
    if (leavesNothing || info.si_code != CLD_EXITED)
        ::kill(-child, SIGKILL); // the child is not reaped, so the number is still its own
    int result = 0;
    if (retryOnInterrupt([&] { return ::waitpid(child, &result, 0); }) == child) {
        // The second int is never read: it keeps the pipe readable, as a pidfd is once its process has ended.
        const std::array report{result, 0};
        retryOnInterrupt([&] { return ::write(status, report.data(), sizeof report); });
    }
    ::_exit(0);
}

/// A copy of a process of one thread whose locks are in order.
pid_t plainFork()
{
#if __GLIBC_PREREQ(2, 34)
    return ::_Fork(); // fork() would call the handlers a second time
#else
    return ::fork();
#endif
}

/// In the minder. \returns in the child
void makeChild(int status, bool leavesNothing)
{
    const pid_t minder = ::getpid();
    ::signal(SIGCHLD, SIG_DFL);
    const pid_t child = plainFork();
    if (child < 0) {
        writeInt(status, -errno);
        ::_exit(1);
    }
    if (child > 0)
        mind(child, status, leavesNothing);
    // If the minder were killed, no process could report how the child ends.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != minder)
        ::_exit(1);
}

/// Fills an int from a pipe; false when the pipe's other end closed before.
bool readInt(const Descriptor &pipe, int &number)
{
    std::array<char, sizeof number> bytes;
    for (std::size_t size = 0; size < bytes.size();) {
        const auto count = pipe.read(std::span(bytes).subspan(size));
        if (!count)
            waitReadable(pipe.get(), QDeadlineTimer::Forever);
        else if (*count == 0)
            return false;
        else
            size += *count;
    }
    std::memcpy(&number, bytes.data(), sizeof number);
    return true;
}

} // namespace

std::optional<Minded> forkMinded(bool leavesNothing)
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    SignalBlock block; // a signal for the terminal's group must not end a minder
    ::signal(SIGCHLD, SIG_IGN); // so that the system reaps minders
    const pid_t minder = checked("fork", ::fork());
    if (minder == 0) {
        makeChild(writeEnd.get(), leavesNothing);
        block.end();
        return std::nullopt;
    }
    writeEnd.reset();
    Minded minded;
    minded.status = std::move(readEnd);
    if (!readInt(minded.status, minded.pid))
        throw SystemError("fork", "a process with a minder", EAGAIN); // the minder was killed
    if (minded.pid < 0)
        throw SystemError("fork", "a process with a minder", -minded.pid);
    try {
        minded.pidfd = openPidfd(minded.pid);
    } catch (const SystemError &error) { // it may have ended already
        if (error.number() != ESRCH)
            throw;
    }
    return minded;
}

void killAndReap(qint64 pid)
{
    ::kill(static_cast<pid_t>(pid), SIGKILL);
    retryOnInterrupt([pid] { return ::waitpid(static_cast<pid_t>(pid), nullptr, 0); });
}

ExitStatus mindedStatus(const Descriptor &status)
{
    int result = 0;
    if (!readInt(status, result))
        return ExitStatus::lost();
    return WIFEXITED(result) ? ExitStatus::exited(WEXITSTATUS(result))
                             : ExitStatus::signaled(WTERMSIG(result), WCOREDUMP(result));
}

} // namespace procession
