// SPDX-License-Identifier: MIT
#include <procession/sync/state/semaphorestate.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/processslot.h>
#include <procession/memory/arena/segment.h>
#include <procession/memory/arena/sleep.h>
#include <procession/memory/arena/sweep.h>
#include <procession/platform/base/loglimit.h>
#include <procession/sync/state/releaseerror.h>
#include <procession/sync/state/synclog.h>

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr quint32 MostUnits = std::numeric_limits<int>::max();
// between two checks whether a process has ended
constexpr std::chrono::nanoseconds ShortestPause = 1ms;
constexpr std::chrono::nanoseconds LongestPause = 1s;
// how long a non-blocking call waits for a process that is updating the state and may be suspended
constexpr auto Patience = 200ms;

quint64 heldWord(quint32 generation, quint32 units) { return quint64(generation) << 32 | units; }

quint32 heldBy(const HeldUnits &place) { return HeldUnits::unitsOf(place.units.load(std::memory_order_relaxed)); }

SemaphoreState &semaphoreStateOf(ObjectRecord &record)
{
    static_assert(sizeof(SemaphoreState) <= ObjectRecord::PayloadSize);
    return *std::launder(reinterpret_cast<SemaphoreState *>(record.payload.data()));
}

} // namespace

void initializeSemaphore(ObjectRecord &record, ObjectId object, int value)
{
    if (value < 0)
        throw ProcessError("a semaphore cannot begin with " + std::to_string(value) + " units: give 0 or more");
    const quint32 segment = takeSegment(object, sizeof(HeldUnits) * ArenaMap::MostProcesses);
    record.segments[0].store(segment + 1, std::memory_order_release);
    SemaphoreState &state = semaphoreStateOf(record);
    state.initial.store(static_cast<quint32>(value), std::memory_order_relaxed);
    state.total.store(static_cast<quint32>(value), std::memory_order_relaxed);
    state.count.store(static_cast<quint32>(value), std::memory_order_release);
}

/// Exclusive access to a semaphore's state. Repairs it if the last owner died; the destructor logs
/// units that were taken back from dead processes.
class SemaphoreUnits::Guard
{
public:
    explicit Guard(const SemaphoreUnits &units, QDeadlineTimer deadline = QDeadlineTimer::Forever) : m_units(units)
    {
        const RobustLock::Outcome outcome = units.m_state.guard.acquire(
            units.m_object, deadline.isForever() ? deadline : std::max(deadline, QDeadlineTimer(Patience)));
        m_has = outcome != RobustLock::TimedOut;
        if (outcome == RobustLock::Abandoned)
            units.repair();
    }
    ~Guard()
    {
        if (m_has)
            m_units.m_state.guard.release();
        for (const SemaphoreHolder &dead : m_dead) {
            static LogLimit limit;
            limit.warn(syncLog(), "semaphore %u \"%s\" got back %d that process %lld held when it ended", m_units.m_object.index,
                m_units.m_record.name.get().constData(), dead.units, static_cast<long long>(dead.pid));
        }
    }
    Q_DISABLE_COPY_MOVE(Guard)
    explicit operator bool() const { return m_has; }

    void report(qint64 pid, quint32 units) { m_dead.push_back({pid, {}, static_cast<int>(units)}); }

private:
    const SemaphoreUnits &m_units;
    bool m_has;
    std::vector<SemaphoreHolder> m_dead;
};

SemaphoreUnits::SemaphoreUnits(ObjectRecord &record, ObjectId object)
    : m_record(record), m_state(semaphoreStateOf(record)), m_object(object)
{
}

bool SemaphoreUnits::acquire(QDeadlineTimer deadline) const
{
    {
        Guard guard(*this, deadline);
        if (!guard)
            return false;
        if (freeUnits() == 0)
            takeBackFromDead(guard);
        if (takeOne(guard, false))
            return true;
    }
    return !deadline.hasExpired() && acquireTaken(deadline);
}

bool SemaphoreUnits::acquireTaken(QDeadlineTimer deadline) const
{
    const Sleep sleep(m_object);
    for (auto pause = ShortestPause;; pause = std::min(2 * pause, LongestPause)) {
        std::vector<ThreadWord> watched;
        bool isInDoubt = false;
        bool isTaken = false;
        bool isMoreFree = false;
        {
            Guard guard(*this, deadline);
            if (!guard)
                return false;
            isInDoubt = takeBackFromDead(guard);
            isTaken = takeOne(guard, true);
            isMoreFree = isTaken && freeUnits() != 0;
            if (!isTaken) {
                setFree(0, true);
                watched = holdingThreads();
            }
        }
        if (isMoreFree) // one wake-up may stand for several releases
            wakeFutex(m_state.count, 1);
        if (isTaken || deadline.hasExpired())
            return isTaken;
        const QDeadlineTimer next = isInDoubt ? std::min(deadline, QDeadlineTimer(pause)) : deadline;
        sleep.whileIs(m_state.count, SemaphoreState::Waiters, next, watched);
    }
}

void SemaphoreUnits::release(int units, quint32 most) const
{
    if (units < 1)
        failRelease(std::to_string(units) + " units were to be released: release at least 1");
    bool hasWaiters = false;
    {
        const Guard guard(*this);
        const quint32 limit = std::min(most, MostUnits);
        const quint32 isFree = freeUnits();
        if (isFree > limit || static_cast<quint32>(units) > limit - isFree)
            failRelease(std::to_string(units) + " units were released where " + std::to_string(isFree) + " are free already and "
                + std::to_string(limit) + " are the most: release as many as were acquired");
        for (int i = 0; i < units; ++i)
            releaseOne();
        hasWaiters = (m_state.count.load(std::memory_order_relaxed) & SemaphoreState::Waiters) != 0;
        if (hasWaiters)
            setFree(freeUnits(), false);
    }
    if (hasWaiters)
        wakeFutex(m_state.count, units);
}

int SemaphoreUnits::value() const
{
    Guard guard(*this);
    takeBackFromDead(guard);
    return static_cast<int>(freeUnits());
}

std::vector<SemaphoreHolder> SemaphoreUnits::holders() const
{
    std::vector<SemaphoreHolder> all;
    const auto processes = Arena::get().map().processes();
    const auto held = places();
    for (quint32 i = 0; i < held.size(); ++i) {
        const quint32 units = heldBy(held[i]);
        if (units != 0 && !hasEnded(i))
            all.push_back({held[i].pid.load(std::memory_order_relaxed), QString::fromUtf8(processes[i].name.get()),
                static_cast<int>(units)});
    }
    return all;
}

void SemaphoreUnits::setFree(quint32 units, bool mayHaveWaiters) const
{
    m_state.count.store(units | (mayHaveWaiters ? SemaphoreState::Waiters : 0), std::memory_order_release);
}

/// One for each process record that was ever used.
std::span<HeldUnits> SemaphoreUnits::places() const
{
    const auto memory = segmentMemory(m_record.segments[0].load(std::memory_order_acquire) - 1);
    return {std::launder(reinterpret_cast<HeldUnits *>(memory.data())), Arena::get().map().processes().used()};
}

bool SemaphoreUnits::hasEnded(quint32 place) const
{
    const ProcessRecord &process = Arena::get().map().processes()[place];
    return process.state.load(std::memory_order_acquire) == ProcessRecord::Free
        || process.generation.load(std::memory_order_relaxed)
        != HeldUnits::generationOf(places()[place].units.load(std::memory_order_relaxed));
}

bool SemaphoreUnits::takeOne(Guard &guard, bool hasSlept) const
{
    const quint32 process = processOfThread();
    HeldUnits &own = places()[process];
    if (heldBy(own) != 0 && hasEnded(process)) // of a dead process that had this record before
        takeBack(process, guard);
    const quint32 word = m_state.count.load(std::memory_order_relaxed);
    const quint32 isFree = word & ~SemaphoreState::Waiters;
    if (isFree == 0)
        return false;
    own.thread.store(currentThread(), std::memory_order_relaxed);
    own.pid.store(static_cast<qint32>(QCoreApplication::applicationPid()), std::memory_order_relaxed);
    const quint32 generation = Arena::get().map().processes()[process].generation.load(std::memory_order_relaxed);
    own.units.store(heldWord(generation, heldBy(own) + 1), std::memory_order_release);
    // A thread that has slept cannot know whether others still sleep, so it sets Waiters.
    setFree(isFree - 1, hasSlept || word != isFree);
    return true;
}

/// Releases a unit that this process holds; else one that another process holds, since units may be
/// passed on; else adds one.
void SemaphoreUnits::releaseOne() const
{
    const auto held = places();
    const quint32 process = processOfThread();
    auto place = held.begin() + process;
    if (heldBy(*place) == 0)
        place = std::find_if(held.begin(), held.end(), [](const HeldUnits &each) { return heldBy(each) != 0; });
    if (place != held.end())
        place->units.fetch_sub(1, std::memory_order_acq_rel);
    else
        m_state.total.fetch_add(1, std::memory_order_acq_rel);
    m_state.count.fetch_add(1, std::memory_order_acq_rel);
}

/// Repairs the state after a thread died while it changed it.
void SemaphoreUnits::repair() const
{
    forget();
    quint32 held = 0;
    for (const HeldUnits &place : places())
        held += heldBy(place);
    const quint32 total = m_state.total.load(std::memory_order_relaxed);
    setFree(total - std::min(total, held), true);
}

/// \returns true if a holder's thread has ended, but its process may still be alive
bool SemaphoreUnits::takeBackFromDead(Guard &guard) const
{
    const auto held = places();
    // If a holder's thread has ended, its process was probably killed, perhaps unnoticed. The
    // process ends a moment after the thread.
    const auto isSuspect
        = [](const HeldUnits &each) { return heldBy(each) != 0 && !recordOf(each.thread.load(std::memory_order_relaxed)); };
    if (std::none_of(held.begin(), held.end(), isSuspect))
        return false;
    sweepEndedProcesses();
    for (quint32 i = 0; i < held.size(); ++i) {
        if (heldBy(held[i]) != 0 && hasEnded(i))
            takeBack(i, guard);
    }
    return std::any_of(held.begin(), held.end(), isSuspect);
}

/// Frees the units of a dead process, up to the initial number: units of a semaphore that counts
/// from 0 do not come back.
void SemaphoreUnits::takeBack(quint32 place, Guard &guard) const
{
    const HeldUnits &dead = places()[place];
    const quint32 units = heldBy(dead);
    const quint32 isFree = freeUnits();
    const quint32 initially = initial();
    const quint32 back = std::min(units, initially - std::min(initially, isFree));
    const quint32 total = m_state.total.load(std::memory_order_relaxed) - (units - back);
    m_state.forgetting.store(quint64(place + 1) << 32 | total, std::memory_order_release);
    forget();
    if (back == 0)
        return;
    m_state.returned.fetch_add(back, std::memory_order_relaxed);
    m_state.count.fetch_add(back, std::memory_order_acq_rel);
    guard.report(dead.pid.load(std::memory_order_relaxed), back);
}

/// Completes what storing `forgetting` started; part of it may be done already.
void SemaphoreUnits::forget() const
{
    const quint64 word = m_state.forgetting.load(std::memory_order_acquire);
    if (word == 0)
        return;
    m_state.total.store(static_cast<quint32>(word), std::memory_order_relaxed);
    places()[static_cast<quint32>(word >> 32) - 1].units.store(0, std::memory_order_release);
    m_state.forgetting.store(0, std::memory_order_release);
}

/// Threads of holders, which waiters watch to notice a holder's death.
std::vector<ThreadWord> SemaphoreUnits::holdingThreads() const
{
    std::vector<ThreadWord> threads;
    for (const HeldUnits &place : places()) {
        const ThreadWord thread = place.thread.load(std::memory_order_relaxed);
        if (heldBy(place) != 0 && thread != currentThread() && recordOf(thread) && threads.size() < Sleep::MostWatched)
            threads.push_back(thread);
    }
    return threads;
}

void SemaphoreUnits::failRelease(const std::string &reason) const
{
    throw ReleaseError("semaphore " + m_record.name.get().toStdString() + ": " + reason);
}

} // namespace procession
