// SPDX-License-Identifier: MIT
#include <procession/platform/processes/pidfd.h>

#include <procession/platform/base/systemcall.h>

#include <csignal>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

Descriptor openPidfd(qint64 pid)
{
    const int pidfd = static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0));
    if (pidfd < 0 && (errno == ENOSYS || errno == EPERM || errno == EACCES))
        return {};
    return Descriptor(checked("pidfd_open", pidfd, [pid] { return QByteArray::number(pid); }));
}

bool hasPidfdOpen()
{
    const int self = static_cast<int>(syscall(SYS_pidfd_open, ::getpid(), 0));
    return Descriptor(self).isValid() || errno == EMFILE || errno == ENFILE;
}

void sendSignal(const Descriptor &pidfd, qint64 pid, int signal)
{
    const bool isSent = pidfd.isValid() && syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, 0) == 0;
    if (isSent || (pidfd.isValid() && errno == ESRCH))
        return;
    // A sandbox may refuse that call alone.
    if (pid <= 0 || (::kill(static_cast<pid_t>(pid), signal) != 0 && errno != ESRCH))
        throw SystemError("kill", QByteArray::number(pid), pid <= 0 ? ESRCH : errno);
}

bool signalGroup(const Descriptor &pidfd, qint64 leader, int signal)
{
    constexpr unsigned int ToGroup
        = 1U << 2; // PIDFD_SIGNAL_PROCESS_GROUP: of this very process, even if another one has its number by now
    if (pidfd.isValid()) {
        if (syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, ToGroup) == 0)
            return true;
        if (errno == ESRCH)
            return false;
    }
    return leader > 1 && ::kill(static_cast<pid_t>(-leader), signal) == 0;
}

void signalWithGroup(const Descriptor &pidfd, qint64 pid, int signal)
{
    if (!signalGroup(pidfd, pid, signal))
        sendSignal(pidfd, pid, signal);
}

} // namespace procession
