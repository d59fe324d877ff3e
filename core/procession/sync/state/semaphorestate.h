// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/arena/robustlock.h>

#include <QtCore/QString>

#include <span>
#include <vector>

namespace procession {

/// A process that holds units of a semaphore.
struct SemaphoreHolder
{
    qint64 pid = 0;
    QString process; ///< its name
    int units = 0;
};

/// State of a Semaphore or a BoundedSemaphore in shared memory, besides one HeldUnits for each
/// process record, in its segment.
struct SemaphoreState
{
    static constexpr std::uint32_t Waiters = 0x8000'0000; ///< threads may be asleep on it

    RobustLock guard; ///< of all below
    FutexWord count; ///< free units: `total` without the held ones
    std::atomic<quint32> initial;
    std::atomic<quint32> total;
    /// Index plus 1 of a dead process, and below it `total` without its units; or 0.
    std::atomic<quint64> forgetting;
    std::atomic<quint32> returned; ///< units of dead processes that became free again
};

/// The units of a semaphore that one process holds.
struct HeldUnits
{
    static quint32 unitsOf(quint64 word) { return static_cast<quint32>(word); }
    static quint32 generationOf(quint64 word) { return static_cast<quint32>(word >> 32); }

    /// Generation of the process's record, and below it the number of units.
    std::atomic<quint64> units;
    std::atomic<quint32> thread; ///< ThreadWord of the last thread that acquired a unit
    std::atomic<qint32> pid;
};

/// Initialises the state of a semaphore.
/// \throws ProcessError if `value` is negative; SharedMemoryError
void initializeSemaphore(ObjectRecord &record, ObjectId object, int value);

/// The operations that Semaphore and BoundedSemaphore share.
///
/// Acquiring a unit is one store into the HeldUnits of the process, and so is releasing it. The
/// count of free units follows from these, and is computed again if a thread died between the two
/// stores. Refers to the state; from any thread.
class SemaphoreUnits
{
public:
    SemaphoreUnits(ObjectRecord &record, ObjectId object);

    bool acquire(QDeadlineTimer deadline) const;
    /// \param most  most free units allowed
    /// \throws ReleaseError
    void release(int units, quint32 most) const;
    int value() const;
    quint32 initial() const { return m_state.initial.load(std::memory_order_relaxed); }
    int returned() const { return static_cast<int>(m_state.returned.load(std::memory_order_relaxed)); }
    std::vector<SemaphoreHolder> holders() const;

private:
    class Guard;

    quint32 freeUnits() const { return m_state.count.load(std::memory_order_relaxed) & ~SemaphoreState::Waiters; }
    void setFree(quint32 units, bool mayHaveWaiters) const;
    std::span<HeldUnits> places() const;
    bool hasEnded(quint32 place) const;

    bool acquireTaken(QDeadlineTimer deadline) const;
    bool takeOne(Guard &guard, bool hasSlept) const;
    void releaseOne() const;
    void repair() const;
    bool takeBackFromDead(Guard &guard) const;
    void takeBack(quint32 place, Guard &guard) const;
    void forget() const;
    std::vector<ThreadWord> holdingThreads() const;
    [[noreturn]] void failRelease(const std::string &reason) const;

    ObjectRecord &m_record;
    SemaphoreState &m_state;
    ObjectId m_object;
};

} // namespace procession
