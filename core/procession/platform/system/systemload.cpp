// SPDX-License-Identifier: MIT
#include <procession/platform/system/systemload.h>

#include <procession/platform/system/processstatus.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QDir>
#include <QtCore/QFile>

#include <algorithm>
#include <cstdlib>
#include <sched.h>
#include <unistd.h>

namespace procession {

namespace {

constexpr int MostDescendants = 1'000; // a fork bomb must not hold up its observer

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? file.readAll() : QByteArray();
}

QList<qint64> childrenOf(qint64 pid)
{
    const QString tasks = QStringLiteral("/proc/%1/task").arg(pid);
    QList<qint64> children;
    for (const QString &thread : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QByteArray &child : contents(tasks + QLatin1Char('/') + thread + QStringLiteral("/children")).split(' ')) {
            if (const qint64 number = child.toLongLong())
                children << number;
        }
    }
    return children;
}

} // namespace

int usableCpuCount()
{
    cpu_set_t cpus;
    if (::sched_getaffinity(0, sizeof cpus, &cpus) == 0)
        return std::max(1, CPU_COUNT(&cpus));
    return static_cast<int>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN))); // more CPUs than a cpu_set_t holds
}

double systemLoad()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : 0;
}

qint64 availableMemory()
{
    const QByteArray text = contents(QStringLiteral("/proc/meminfo"));
    const QByteArray key = "MemAvailable:";
    const qsizetype start = text.indexOf(key);
    if (start < 0)
        return 0;
    const QByteArray line = text.mid(start + key.size(), text.indexOf('\n', start) - start - key.size()).simplified();
    return line.left(line.indexOf(' ')).toLongLong() * 1024;
}

ProcessUsage processTreeUsage(qint64 pid)
{
    ProcessUsage sum;
    QList<qint64> left{pid};
    for (int seen = 0; !left.isEmpty() && seen < MostDescendants; ++seen) {
        const qint64 next = left.takeLast();
        if (const auto status = processStatus(next)) {
            sum.cpuTime += status->cpuTime + status->childrenCpuTime;
            sum.memory += status->memory;
            sum.isStopped |= status->state == ProcessStatus::State::Stopped && !status->isTraced;
        }
        left += childrenOf(next);
    }
    return sum;
}

} // namespace procession
