// SPDX-License-Identifier: MIT
#include <procession/processalive.h>

#include <procession/descriptor.h>
#include <procession/processstatus.h>
#include <procession/systemcall.h>

#include <limits>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

bool isProcessAlive(qint64 pid)
{
    if (pid <= 0 || pid > std::numeric_limits<pid_t>::max())
        return false;
    const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0)));
    if (!process.isValid())
        return errno != ESRCH;
    pollfd ended{process.get(), POLLIN, 0};
    return retryOnInterrupt([&ended] { return poll(&ended, 1, 0); }) == 0;
}

quint64 processStartTime(qint64 pid)
{
    const auto status = processStatus(pid);
    return status ? status->startTime : 0;
}

} // namespace procession
