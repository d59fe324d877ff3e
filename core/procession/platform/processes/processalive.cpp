// SPDX-License-Identifier: MIT
#include <procession/platform/processes/processalive.h>

#include <procession/platform/base/descriptor.h>
#include <procession/platform/base/systemcall.h>
#include <procession/platform/system/processstatus.h>

#include <csignal>
#include <ctime>
#include <limits>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

qint64 ownProcessId() noexcept { return ::getpid(); }

bool isProcessAlive(qint64 pid)
{
    if (pid <= 0 || pid > std::numeric_limits<pid_t>::max())
        return false;
    const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0)));
    if (!process.isValid() && errno == ESRCH)
        return false;
    if (!process.isValid()) { // the system has no pidfds; by its number, an unreaped process counts as alive
        const auto status = processStatus(pid);
        return status ? status->state != ProcessStatus::State::Ended : ::kill(static_cast<pid_t>(pid), 0) == 0 || errno != ESRCH;
    }
    pollfd ended{process.get(), POLLIN, 0};
    return retryOnInterrupt([&ended] { return poll(&ended, 1, 0); }) == 0;
}

quint64 processStartTime(qint64 pid)
{
    const auto status = processStatus(pid);
    return status ? status->startTime : 0;
}

quint64 ticksSinceBoot()
{
    timespec now{};
    checked("clock_gettime", syscall(SYS_clock_gettime, CLOCK_BOOTTIME, &now));
    static const auto ticks = static_cast<quint64>(::sysconf(_SC_CLK_TCK));
    constexpr quint64 Second = 1'000'000'000;
    return static_cast<quint64>(now.tv_sec) * ticks + static_cast<quint64>(now.tv_nsec) / (Second / ticks);
}

} // namespace procession
