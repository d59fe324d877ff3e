// SPDX-License-Identifier: MIT
#include <procession/processstatus.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QFile>

#include <unistd.h>

namespace procession {

namespace {

ProcessStatus::State stateOf(const QByteArray &letter)
{
    switch (letter.isEmpty() ? '\0' : letter[0]) {
    case 'T':
    case 't':
        return ProcessStatus::State::Stopped;
    case 'Z':
    case 'X':
        return ProcessStatus::State::Ended;
    default:
        return ProcessStatus::State::Running;
    }
}

qint64 microseconds(const QByteArray &ticks, const QByteArray &moreTicks)
{
    return (ticks.toLongLong() + moreTicks.toLongLong()) * 1'000'000 / ::sysconf(_SC_CLK_TCK);
}

} // namespace

std::optional<ProcessStatus> processStatus(qint64 pid)
{
    // Fields are counted from the state, which follows the program's name in parentheses; that may hold anything.
    constexpr int State = 0;
    constexpr int UserTime = 11;
    constexpr int SystemTime = 12;
    constexpr int ChildrenUserTime = 13;
    constexpr int ChildrenSystemTime = 14;
    constexpr int StartTime = 19;
    constexpr int ResidentPages = 21;
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    const QByteArray text = file.readAll();
    const QByteArrayList fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    if (fields.size() <= ResidentPages)
        return std::nullopt;
    ProcessStatus status;
    status.state = stateOf(fields[State]);
    status.startTime = fields[StartTime].toULongLong();
    status.cpuTime = microseconds(fields[UserTime], fields[SystemTime]);
    status.childrenCpuTime = microseconds(fields[ChildrenUserTime], fields[ChildrenSystemTime]);
    status.memory = fields[ResidentPages].toLongLong() * ::sysconf(_SC_PAGESIZE);
    return status;
}

std::optional<qint64> privateMemory(qint64 pid)
{
    constexpr int Resident = 1;
    constexpr int Shared = 2;
    QFile file(QStringLiteral("/proc/%1/statm").arg(pid));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    const QByteArrayList fields = file.readAll().split(' ');
    if (fields.size() <= Shared)
        return std::nullopt;
    return (fields[Resident].toLongLong() - fields[Shared].toLongLong()) * ::sysconf(_SC_PAGESIZE);
}

} // namespace procession
