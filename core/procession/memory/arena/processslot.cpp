// SPDX-License-Identifier: MIT
#include <procession/memory/arena/processslot.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/holdings.h>
#include <procession/memory/arena/sweep.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/platform/child/forkprocess.h>
#include <procession/platform/processes/processalive.h>

#include <QtCore/QDateTime>

#include <mutex>

namespace procession {

namespace {

std::atomic<quint32> ownPlace = 0; // index of this process's record plus 1; 0 while it has none
std::atomic<quint32> parentPlace = 0; // the same for the process that this one was copied from
thread_local quint32 threadPlace = 0;
constinit std::mutex registering; // so that this process takes only one record

ProcessRecord &recordAt(quint32 index) { return Arena::get().map().processes()[index]; }

// A mutex that another thread holds during the fork stays locked in the copy: the forking thread
// takes them all.
void beforeFork()
{
    registering.lock();
    beginHoldingsFork();
}

void afterForkInParent()
{
    endHoldingsFork();
    registering.unlock();
}

void afterFork()
{
    if (ownPlace.load(std::memory_order_relaxed) != 0)
        parentPlace.store(ownPlace.exchange(0, std::memory_order_relaxed), std::memory_order_relaxed);
    threadPlace = 0;
    forgetThread();
    afterForkInParent();
}

void watchForks()
{
    static std::once_flag once;
    std::call_once(once, [] { atFork(beforeFork, afterForkInParent, afterFork); });
}

quint32 takeRecord(const QByteArray &name, quint32 parent)
{
    const Arena &arena = Arena::get();
    const auto processes = arena.map().processes();
    const quint32 index = arena.take(processes, "processes");
    ProcessRecord &record = processes[index];
    record.generation.fetch_add(1, std::memory_order_relaxed);
    record.pid.store(0, std::memory_order_relaxed);
    record.aliveAt.store(0, std::memory_order_relaxed);
    record.parent.store(parent ? parent - 1 : index, std::memory_order_relaxed);
    record.isThread.store(0, std::memory_order_relaxed);
    record.created.store(QDateTime::currentMSecsSinceEpoch() * 1000, std::memory_order_relaxed);
    record.name.set(name);
    record.work.set({});
    record.state.store(ProcessRecord::Starting, std::memory_order_release);
    return index;
}

void runAs(quint32 index)
{
    ProcessRecord &record = recordAt(index);
    const qint64 pid = ownProcessId();
    record.aliveAt.store(ticksSinceBoot(), std::memory_order_relaxed);
    record.pid.store(pid, std::memory_order_relaxed);
    record.state.store(ProcessRecord::Running, std::memory_order_release);
    holdAllFor(index);
    ownPlace.store(index + 1, std::memory_order_release);
}

} // namespace

ProcessSlot::ProcessSlot(quint32 index) : m_place(index + 1), m_generation(recordAt(index).generation.load()) { }

ProcessSlot ProcessSlot::forChild(const QByteArray &name, const QByteArray &work, bool isThread)
{
    const quint32 index = takeRecord(name, ownProcess() + 1);
    ProcessRecord &record = recordAt(index);
    record.work.set(work);
    if (isThread) {
        record.isThread.store(1, std::memory_order_relaxed);
        record.pid.store(ownProcessId(), std::memory_order_relaxed);
        record.state.store(ProcessRecord::Running, std::memory_order_release);
    }
    return ProcessSlot(index);
}

ProcessSlot::~ProcessSlot()
{
    if (m_place == 0)
        return;
    if (recordAt(index()).isThread.load(std::memory_order_relaxed) != 0)
        freeProcess(index());
    else
        sweepProcess(index(), m_generation);
}

void ProcessSlot::setPid(qint64 pid)
{
    ProcessRecord &record = recordAt(index());
    qint64 unknown = 0;
    record.pid.compare_exchange_strong(unknown, pid, std::memory_order_relaxed);
}

quint32 ownProcess()
{
    if (const quint32 place = ownPlace.load(std::memory_order_acquire))
        return place - 1;
    watchForks();
    const std::scoped_lock lock(registering);
    if (ownPlace.load(std::memory_order_relaxed) == 0)
        runAs(takeRecord(
            parentPlace.load(std::memory_order_relaxed) == 0 ? "MainProcess" : "", parentPlace.load(std::memory_order_relaxed)));
    return ownPlace.load(std::memory_order_relaxed) - 1;
}

void enterProcess(quint32 index)
{
    watchForks();
    forgetThread(); // whose record is that of the process this one was copied from
    const auto processes = Arena::get().map().processes();
    if (index >= processes.used() || processes[index].state.load(std::memory_order_acquire) != ProcessRecord::Starting)
        throw SharedMemoryError("the parent of this process has not made a place for it in its shared memory");
    runAs(index);
}

void enterThread(quint32 place) { threadPlace = place; }

quint32 processOfThread() { return threadPlace ? threadPlace - 1 : ownProcess(); }

void setProcessName(const QByteArray &name) { recordAt(processOfThread()).name.set(name); }

void setProcessWork(const QByteArray &work) { recordAt(processOfThread()).work.set(work); }

} // namespace procession
