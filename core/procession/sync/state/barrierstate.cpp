// SPDX-License-Identifier: MIT
#include <procession/sync/state/barrierstate.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/processslot.h>
#include <procession/memory/arena/segment.h>
#include <procession/memory/arena/sleep.h>
#include <procession/sync/state/brokenbarrier.h>

#include <algorithm>
#include <limits>
#include <new>

namespace procession {

namespace {

BarrierState &barrierStateOf(ObjectRecord &record)
{
    static_assert(sizeof(BarrierState) <= ObjectRecord::PayloadSize);
    return *std::launder(reinterpret_cast<BarrierState *>(record.payload.data()));
}

const char *textOf(BarrierState::Reason reason)
{
    switch (reason) {
    case BarrierState::TimedOut:
        return " waited for longer than it was to";
    case BarrierState::Aborted:
        return " called abort()";
    case BarrierState::WasReset:
        return " called reset() while others waited";
    case BarrierState::ActionFailed:
        return " ran the action, which threw";
    case BarrierState::Died:
        return " died while it waited";
    case BarrierState::DiedActing:
        return " died while it ran the action";
    }
    Q_UNREACHABLE();
}

} // namespace

void initializeBarrier(ObjectRecord &record, ObjectId object, int parties, qint64 timeout)
{
    if (parties < 1 || static_cast<quint32>(parties) > BarrierState::MostParties)
        throw ProcessError("a barrier cannot have " + std::to_string(parties) + " parties: give 1 to "
            + std::to_string(BarrierState::MostParties));
    const quint32 segment = takeSegment(object, sizeof(BarrierPlace) * static_cast<quint64>(parties));
    record.segments[0].store(segment + 1, std::memory_order_release);
    BarrierState &state = barrierStateOf(record);
    state.timeout.store(timeout, std::memory_order_relaxed);
    state.parties.store(static_cast<quint32>(parties), std::memory_order_release);
}

/// Exclusive access to a barrier's state. One store commits each change, so there is nothing to
/// repair after an owner that died. The destructor wakes the threads that the changes concern.
class BarrierGate::Guard
{
public:
    explicit Guard(const BarrierGate &gate) : m_state(gate.m_state)
    {
        m_state.guard.acquire(gate.m_object, QDeadlineTimer::Forever);
    }
    ~Guard()
    {
        m_state.guard.release();
        if (m_isToWake)
            wakeFutex(m_state.word, std::numeric_limits<int>::max());
    }
    Q_DISABLE_COPY_MOVE(Guard)

    void change(Status status, std::uint32_t phase)
    {
        const std::uint32_t before = m_state.word.exchange(phase * BarrierState::PhaseStep + status);
        m_isToWake = m_isToWake || status != BarrierState::Filling || (before & BarrierState::Late) != 0;
    }

private:
    BarrierState &m_state;
    bool m_isToWake = false;
};

BarrierGate::BarrierGate(ObjectRecord &record, ObjectId object)
    : m_record(record), m_state(barrierStateOf(record)), m_object(object)
{
}

int BarrierGate::wait(const BarrierAction &action, QDeadlineTimer deadline) const
{
    const Sleep sleep(m_object);
    const Arrival arrival = enter(sleep, static_cast<bool>(action), deadline);
    if (arrival.isToAct)
        act(arrival, action);
    await(sleep, arrival, deadline);
    return static_cast<int>(arrival.index);
}

void BarrierGate::reset() const
{
    Guard guard(*this);
    settle(guard);
    const std::uint32_t before = word();
    const bool isEmpty = clearDead() == 0;
    switch (statusOf(before)) {
    case BarrierState::Filling:
        if (isEmpty)
            return;
        [[fallthrough]];
    case BarrierState::Acting:
        blame(BarrierState::WasReset, self());
        return guard.change(BarrierState::Resetting, phaseOf(before));
    case BarrierState::Passed:
    case BarrierState::Resetting:
        return;
    case BarrierState::Broken:
        return isEmpty ? guard.change(BarrierState::Filling, phaseOf(before) + 1)
                       : guard.change(BarrierState::Resetting, phaseOf(before));
    case BarrierState::BrokenPassed:
        return isEmpty ? guard.change(BarrierState::Filling, phaseOf(before) + 1)
                       : guard.change(BarrierState::Passed, phaseOf(before));
    }
}

void BarrierGate::abort() const
{
    Guard guard(*this);
    settle(guard);
    const Status status = statusOf(word());
    if (status != BarrierState::Broken && status != BarrierState::BrokenPassed)
        breakFor(guard, BarrierState::Aborted, self());
}

bool BarrierGate::isBroken() const
{
    Guard guard(*this);
    settle(guard);
    const Status status = statusOf(word());
    return status == BarrierState::Broken || status == BarrierState::BrokenPassed;
}

int BarrierGate::waiting() const
{
    const Status status = statusOf(word());
    if (status != BarrierState::Filling && status != BarrierState::Acting)
        return 0;
    const auto all = places();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [](const BarrierPlace &place) { return place.thread != 0; }));
}

BarrierGate::Culprit BarrierGate::self()
{
    const ProcessRecord &process = Arena::get().map().processes()[processOfThread()];
    return {process.pid.load(std::memory_order_relaxed), process.name.get()};
}

std::span<BarrierPlace> BarrierGate::places() const
{
    const auto memory = segmentMemory(m_record.segments[0].load(std::memory_order_acquire) - 1);
    return {std::launder(reinterpret_cast<BarrierPlace *>(memory.data())), m_state.parties.load(std::memory_order_relaxed)};
}

/// Blocks while parties of the last round have not left.
BarrierGate::Arrival BarrierGate::enter(const Sleep &sleep, bool hasAction, QDeadlineTimer deadline) const
{
    for (;;) {
        std::uint32_t expected = 0;
        std::vector<ThreadWord> watched;
        bool isActing = false;
        {
            Guard guard(*this);
            settle(guard);
            if (const auto arrival = arrive(guard, hasAction))
                return *arrival;
            isActing = statusOf(word()) == BarrierState::Acting;
            if (!isActing && deadline.hasExpired()) {
                breakFor(guard, BarrierState::TimedOut, self());
                fail();
            }
            m_state.word.fetch_or(BarrierState::Late);
            expected = word();
            watched = others();
        }
        sleep.whileIs(m_state.word, expected, isActing ? QDeadlineTimer::Forever : deadline, watched);
    }
}

/// \returns nothing while parties of the last round have not left
std::optional<BarrierGate::Arrival> BarrierGate::arrive(Guard &guard, bool hasAction) const
{
    const std::uint32_t before = word();
    const Status status = statusOf(before);
    if (status == BarrierState::Broken || status == BarrierState::BrokenPassed)
        fail();
    if (status != BarrierState::Filling)
        return std::nullopt;
    const auto all = places();
    const auto place = std::find_if(all.begin(), all.end(), [](const BarrierPlace &each) { return each.thread == 0; });
    const Culprit own = self();
    place->pid.store(own.pid, std::memory_order_relaxed);
    place->name.set(own.name);
    place->thread.store(currentThread());
    const bool isLast = place + 1 == all.end();
    if (isLast)
        guard.change(hasAction ? BarrierState::Acting : BarrierState::Passed, phaseOf(before));
    return Arrival{static_cast<quint32>(place - all.begin()), phaseOf(before), isLast && hasAction};
}

void BarrierGate::act(const Arrival &arrival, const BarrierAction &action) const
{
    try {
        action();
    } catch (...) {
        {
            Guard guard(*this);
            if (is(BarrierState::Acting, arrival.phase))
                breakFor(guard, BarrierState::ActionFailed, self());
        }
        leave(arrival);
        throw;
    }
    Guard guard(*this);
    if (is(BarrierState::Acting, arrival.phase))
        guard.change(BarrierState::Passed, arrival.phase);
}

void BarrierGate::await(const Sleep &sleep, const Arrival &arrival, QDeadlineTimer deadline) const
{
    for (;;) {
        const std::uint32_t now = word();
        const Status status = statusOf(now);
        if (status == BarrierState::Passed || status == BarrierState::BrokenPassed)
            return leave(arrival);
        if (status == BarrierState::Broken || status == BarrierState::Resetting) {
            leave(arrival);
            fail();
        }
        const bool isActing = status == BarrierState::Acting;
        const auto watched = others();
        const bool hasDied = std::any_of(watched.begin(), watched.end(), [](ThreadWord thread) { return !recordOf(thread); });
        if (hasDied || (!isActing && deadline.hasExpired())) {
            Guard guard(*this);
            settle(guard);
            if (is(BarrierState::Filling, arrival.phase) && deadline.hasExpired())
                breakFor(guard, BarrierState::TimedOut, self());
            continue;
        }
        sleep.whileIs(m_state.word, now, isActing ? QDeadlineTimer::Forever : deadline, watched);
    }
}

/// The last party to leave opens the barrier for the next round.
void BarrierGate::leave(const Arrival &arrival) const
{
    const auto all = places();
    all[arrival.index].thread.store(0);
    const Status status = statusOf(m_state.word.load());
    const bool isGoing = status == BarrierState::Passed || status == BarrierState::Resetting;
    if (!isGoing || std::any_of(all.begin(), all.end(), [](const BarrierPlace &place) { return place.thread != 0; }))
        return;
    Guard guard(*this);
    settle(guard);
}

/// Handles parties that died: breaks the barrier, or frees their places if parties are leaving.
void BarrierGate::settle(Guard &guard) const
{
    const std::uint32_t now = word();
    const Status status = statusOf(now);
    if (status == BarrierState::Passed || status == BarrierState::Resetting) {
        if (clearDead() == 0)
            guard.change(BarrierState::Filling, phaseOf(now) + 1);
        return;
    }
    if (status != BarrierState::Filling && status != BarrierState::Acting)
        return;
    const auto all = places();
    const auto dead = std::find_if(all.begin(), all.end(), [](const BarrierPlace &place) {
        const ThreadWord thread = place.thread;
        return thread != 0 && !recordOf(thread);
    });
    if (dead == all.end())
        return;
    const bool wasToAct = status == BarrierState::Acting && dead + 1 == all.end();
    breakFor(guard, wasToAct ? BarrierState::DiedActing : BarrierState::Died,
        {dead->pid.load(std::memory_order_relaxed), dead->name.get()});
}

void BarrierGate::breakFor(Guard &guard, BarrierState::Reason reason, const Culprit &culprit) const
{
    blame(reason, culprit);
    const std::uint32_t now = word();
    guard.change(statusOf(now) == BarrierState::Passed ? BarrierState::BrokenPassed : BarrierState::Broken, phaseOf(now));
}

void BarrierGate::blame(BarrierState::Reason reason, const Culprit &culprit) const
{
    m_state.reason.store(reason, std::memory_order_relaxed);
    m_state.culpritPid.store(culprit.pid, std::memory_order_relaxed);
    m_state.culpritName.set(culprit.name);
}

/// Frees the places of dead parties.
/// \returns number of places still taken
quint32 BarrierGate::clearDead() const
{
    quint32 taken = 0;
    for (BarrierPlace &place : places()) {
        const ThreadWord thread = place.thread;
        if (thread != 0 && recordOf(thread))
            ++taken;
        else if (thread != 0)
            place.thread.store(0);
    }
    return taken;
}

/// The threads that wait, without the calling one.
std::vector<ThreadWord> BarrierGate::others() const
{
    std::vector<ThreadWord> threads;
    for (const BarrierPlace &place : places()) {
        const ThreadWord thread = place.thread;
        if (thread != 0 && thread != currentThread())
            threads.push_back(thread);
    }
    return threads;
}

void BarrierGate::fail() const
{
    const auto reason = static_cast<BarrierState::Reason>(m_state.reason.load(std::memory_order_relaxed));
    throw BrokenBarrier("barrier " + m_record.name.get().toStdString() + " is broken: process "
        + m_state.culpritName.get().toStdString() + " (" + std::to_string(m_state.culpritPid.load(std::memory_order_relaxed))
        + ")" + textOf(reason) + ". reset() makes it whole");
}

} // namespace procession
