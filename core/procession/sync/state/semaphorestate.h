// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/arena/robustlock.h>

#include <QtCore/QString>

#include <span>
#include <vector>

namespace procession {

/// A process that has acquired units of a semaphore.
struct SemaphoreHolder
{
    qint64 pid = 0;
    QString process; ///< its name
    int units = 0;
};

/// What a Semaphore or a BoundedSemaphore is in shared memory, besides one HeldUnits for each place of a process, in its segment.
struct SemaphoreState
{
    static constexpr std::uint32_t Waiters = 0x8000'0000; ///< somebody may sleep

    RobustLock guard; ///< of all below
    FutexWord count; ///< units that are free: `total` without those that are held
    std::atomic<quint32> initial;
    std::atomic<quint32> total;
    std::atomic<quint64> forgetting; ///< the place of a dead process plus 1, and below it the `total` without what it held; or 0
    std::atomic<quint32> returned; ///< units that dead processes held and that are free again
};

/// What one process holds of a semaphore.
struct HeldUnits
{
    static quint32 unitsOf(quint64 word) { return static_cast<quint32>(word); }
    static quint32 generationOf(quint64 word) { return static_cast<quint32>(word >> 32); }

    std::atomic<quint64> units; ///< the generation of the process's record, and below it how many
    std::atomic<quint32> thread; ///< of the last one who acquired some
    std::atomic<qint32> pid;
};

/// Makes it the state of a semaphore.
/// \throws ProcessError when `value` is negative; SharedMemoryError
void initializeSemaphore(ObjectRecord &record, ObjectId object, int value);

/// What Semaphore and BoundedSemaphore do alike.
///
/// To acquire a unit is one store into what this process holds, and so is to release it; the count of free units follows from these, and is
/// computed anew when somebody died between the two. Refers to the state; from any thread.
class SemaphoreUnits
{
public:
    SemaphoreUnits(ObjectRecord &record, ObjectId object);

    bool acquire(QDeadlineTimer deadline) const;
    /// \param most  of free units
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
