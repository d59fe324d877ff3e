// SPDX-License-Identifier: MIT
#include <procession/platform/system/processstatus.h>

#include <procession/platform/base/descriptor.h>
#include <procession/platform/base/systemcall.h>

#include <QtCore/QByteArrayList>

#include <array>
#include <cstdio>
#include <fcntl.h>
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

/// What a file of /proc/PID says, which is less than a page. Without QFile: each process that is started reads one.
std::optional<QByteArray> processFile(qint64 pid, const char *name)
{
    std::array<char, 64> path{};
    std::snprintf(path.data(), path.size(), "/proc/%lld/%s", static_cast<long long>(pid), name);
    const Descriptor file(retryOnInterrupt([&path] { return ::open(path.data(), O_RDONLY | O_CLOEXEC); }));
    if (!file.isValid())
        return std::nullopt;
    std::array<char, 4096> text{};
    const ssize_t size = retryOnInterrupt([&] { return ::read(file.get(), text.data(), text.size()); });
    if (size <= 0)
        return std::nullopt;
    return QByteArray(text.data(), size);
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
    const auto text = processFile(pid, "stat");
    if (!text)
        return std::nullopt;
    const QByteArrayList fields = text->mid(text->lastIndexOf(')') + 2).split(' ');
    if (fields.size() <= ResidentPages)
        return std::nullopt;
    ProcessStatus status;
    status.state = stateOf(fields[State]);
    status.isTraced = fields[State] == "t";
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
    const auto text = processFile(pid, "statm");
    if (!text)
        return std::nullopt;
    const QByteArrayList fields = text->split(' ');
    if (fields.size() <= Shared)
        return std::nullopt;
    return (fields[Resident].toLongLong() - fields[Shared].toLongLong()) * ::sysconf(_SC_PAGESIZE);
}

} // namespace procession
