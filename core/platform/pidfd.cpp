// SPDX-License-Identifier: MIT
#include <procession/pidfd.h>

#include <procession/systemcall.h>

#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

Descriptor openPidfd(qint64 pid)
{
    return Descriptor(
        checked("pidfd_open", static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0)), QByteArray::number(pid)));
}

void sendSignal(const Descriptor &pidfd, int signal)
{
    if (syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, 0) != 0 && errno != ESRCH)
        throw SystemError("pidfd_send_signal", QByteArray::number(signal), errno);
}

} // namespace procession
