// SPDX-License-Identifier: MIT
#include <procession/memory/arena/sweep.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>
#include <procession/memory/arena/robustlock.h>
#include <procession/memory/arena/segment.h>
#include <procession/platform/processes/processalive.h>

#include <bitset>
#include <chrono>
#include <limits>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto SweepTimeout = 200ms; // the lock's owner may be suspended

void freeThreads(quint32 process)
{
    const auto threads = Arena::get().map().threads();
    const quint32 used = threads.used();
    for (quint32 i = 0; i < used; ++i) {
        quint32 place = process + 1;
        if (threads[i].process.load(std::memory_order_relaxed) == place && threads[i].process.compare_exchange_strong(place, 0))
            threads.giveBack(i);
    }
}

void dropHeld(quint32 process)
{
    const auto objects = Arena::get().map().objects();
    const quint64 bit = quint64(1) << process % 64;
    const quint32 used = objects.used();
    for (quint32 i = 0; i < used; ++i) {
        ObjectRecord &record = objects[i];
        // An object that was sent may have no holder left: a process received the last handle, and
        // died before it checked whether the object is unused.
        if ((record.holders[process / 64].load() & bit) != 0)
            dropObject({i, record.generation.load()}, process);
        else if (record.sent.load(std::memory_order_relaxed) != 0)
            dropUnused({i, record.generation.load()});
    }
}

/// The processes that have living threads.
std::bitset<ArenaMap::MostProcesses> surelyAlive()
{
    std::bitset<ArenaMap::MostProcesses> alive;
    const auto threads = Arena::get().map().threads();
    const quint32 used = threads.used();
    for (quint32 i = 0; i < used; ++i) {
        const quint32 place = threads[i].process.load(std::memory_order_acquire);
        if (place != 0 && place <= alive.size() && !threads[i].life.hasEnded())
            alive.set(place - 1);
    }
    return alive;
}

bool hasEnded(quint32 process)
{
    const auto processes = Arena::get().map().processes();
    const ProcessRecord &record = processes[process];
    if (record.state.load(std::memory_order_acquire) == ProcessRecord::Free)
        return true;
    if (record.isThread.load(std::memory_order_relaxed) != 0)
        return false;
    const qint64 pid = record.pid.load(std::memory_order_relaxed);
    if (pid == 0) { // not started, and never will be if its parent has ended
        const quint32 parent = record.parent.load(std::memory_order_relaxed);
        return parent != process && parent < processes.used() && hasEnded(parent);
    }
    if (!isProcessAlive(pid))
        return true;
    const quint64 aliveAt = record.aliveAt.load(std::memory_order_relaxed);
    // Started later: the pid belongs to another process by now.
    return aliveAt != 0 && processStartTime(pid) > aliveAt;
}

/// Lets one thread sweep at a time, so that none sweeps a record that was reused meanwhile. A
/// caller that does not get the lock in time leaves the sweep to others.
class Turn
{
public:
    explicit Turn(QDeadlineTimer deadline) : m_has(lock().acquire({}, deadline) != RobustLock::TimedOut) { }
    ~Turn()
    {
        if (m_has)
            lock().release();
    }
    Q_DISABLE_COPY_MOVE(Turn)
    explicit operator bool() const { return m_has; }

private:
    static RobustLock &lock() { return Arena::get().map().header().sweeping; }

    bool m_has;
};

void sweep(quint32 process)
{
    freeThreads(process);
    dropHeld(process);
    giveBackLostSegments(process);
    freeProcess(process);
    auto &deaths = Arena::get().map().header().deaths;
    deaths.fetch_add(1);
    wakeFutex(deaths, std::numeric_limits<int>::max());
}

} // namespace

void sweepProcess(quint32 process, quint32 generation)
{
    const Turn turn{QDeadlineTimer(SweepTimeout)};
    const ProcessRecord &record = Arena::get().map().processes()[process];
    const bool isThere = record.generation.load() == generation && record.state.load() != ProcessRecord::Free;
    // A ProcessSlot may be destroyed while its process runs.
    if (turn && isThere && (record.pid.load() == 0 || hasEnded(process)))
        sweep(process);
}

void sweepEndedProcesses()
{
    const Turn turn{QDeadlineTimer(0)};
    if (!turn)
        return;
    const auto alive = surelyAlive();
    const auto processes = Arena::get().map().processes();
    const quint32 used = processes.used();
    for (quint32 i = 0; i < used; ++i) {
        if (!alive.test(i) && processes[i].state.load(std::memory_order_acquire) != ProcessRecord::Free && hasEnded(i))
            sweep(i);
    }
}

void freeProcess(quint32 process)
{
    const auto processes = Arena::get().map().processes();
    if (processes[process].state.exchange(ProcessRecord::Free, std::memory_order_acq_rel) != ProcessRecord::Free)
        processes.giveBack(process);
}

} // namespace procession
