// SPDX-License-Identifier: MIT
#include <procession/processalive.h>

#include <procession/descriptor.h>
#include <procession/systemcall.h>

#include <QtCore/QFile>

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

bool isProcessAlive(qint64 pid)
{
    if (pid <= 0)
        return false;
    const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0)));
    if (!process.isValid())
        return errno != ESRCH;
    pollfd ended{process.get(), POLLIN, 0};
    return retryOnInterrupt([&ended] { return poll(&ended, 1, 0); }) == 0;
}

quint64 processStartTime(qint64 pid)
{
    constexpr int StartTime = 19; // counted from the state, which follows the program's name in parentheses
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const QByteArrayList fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return fields.size() > StartTime ? fields[StartTime].toULongLong() : 0;
}

} // namespace procession
