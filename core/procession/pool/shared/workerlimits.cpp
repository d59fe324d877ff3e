// SPDX-License-Identifier: MIT
#include <procession/pool/shared/workerlimits.h>

#include <procession/platform/system/processstatus.h>
#include <procession/platform/system/scheduling.h>
#include <procession/pool/options/poolerrors.h>
#include <procession/process/context.h>

#include <QtCore/QCoreApplication>

namespace procession {

namespace {

constexpr qint64 WatchPause = 10'000'000; // nanoseconds

qint64 ownMemory() { return privateMemory(QCoreApplication::applicationPid()).value_or(0); }

} // namespace

void WorkerLimits::confine() const
{
    if (cpu >= 0)
        bindToCpu(cpu);
    if (niceness != 0)
        addNiceness(niceness);
}

void WorkerLimits::requireMemory() const
{
    if (memory <= 0)
        return;
    if (const qint64 used = ownMemory(); used > memory)
        throw PoolError("a worker uses " + std::to_string(used) + " bytes of memory before its first task, more than the "
            + std::to_string(memory) + " that PoolOptions::memoryLimit allows: allow more, or have the initializer load less"
            + (startMethod() == StartMethod::Fork
                    ? "; by Fork a worker begins with all that this process has, by Spawn with next to nothing"
                    : ""));
}

bool MemoryWatch::isExceeded(qint64 now)
{
    if (m_limit <= 0 || now < m_next)
        return false;
    m_next = now + WatchPause;
    return ownMemory() > m_limit;
}

} // namespace procession
