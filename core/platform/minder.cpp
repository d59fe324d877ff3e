// SPDX-License-Identifier: MIT
#include <procession/minder.h>

#include <procession/readiness.h>
#include <procession/systemcall.h>

#include <array>
#include <csignal>
#include <cstring>
#include <sys/wait.h>
#include <unistd.h>

namespace procession {

namespace {

bool writeInt(int fd, int number)
{
    return retryOnInterrupt([&] { return ::write(fd, &number, sizeof number); }) == sizeof number;
}

/// Nobody reaps the minder but init: it is the child of a copy that has ended already.
[[noreturn]] void mind(pid_t child, const Descriptor &status)
{
    if (!writeInt(status.get(), child))
        ::_exit(1);
    int result = 0;
    if (retryOnInterrupt([&] { return ::waitpid(child, &result, 0); }) == child)
        writeInt(status.get(), result);
    ::_exit(0);
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

std::optional<Minded> forkMinded()
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    const pid_t first = checked("fork", ::fork());
    if (first == 0) {
        const pid_t minder = ::fork();
        if (minder != 0)
            ::_exit(minder < 0 ? errno : 0);
        readEnd.reset();
        const pid_t child = ::fork();
        if (child == 0)
            return std::nullopt;
        if (child < 0)
            ::_exit(1);
        mind(child, writeEnd);
    }
    int result = 0;
    checked("waitpid", retryOnInterrupt([&] { return ::waitpid(first, &result, 0); }));
    writeEnd.reset();
    if (!WIFEXITED(result) || WEXITSTATUS(result) != 0)
        throw SystemError("fork", "a minder", WIFEXITED(result) ? WEXITSTATUS(result) : EAGAIN);
    Minded minded;
    minded.status = std::move(readEnd);
    if (!readInt(minded.status, minded.pid))
        throw SystemError("fork", "a process with a minder", EAGAIN);
    return minded;
}

ExitStatus mindedStatus(const Descriptor &status)
{
    int result = 0;
    if (!readInt(status, result))
        return ExitStatus::lost();
    return WIFEXITED(result) ? ExitStatus::exited(WEXITSTATUS(result))
                             : ExitStatus::signaled(WTERMSIG(result), WCOREDUMP(result));
}

void signalByNumber(qint64 pid, int signal)
{
    if (::kill(static_cast<pid_t>(pid), signal) != 0 && errno != ESRCH)
        throw SystemError("kill", QByteArray::number(pid), errno);
}

} // namespace procession
