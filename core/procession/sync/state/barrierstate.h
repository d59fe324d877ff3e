// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/arena/robustlock.h>
#include <procession/sync/state/barrieraction.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace procession {

class Sleep;

/// State of a Barrier in shared memory, besides one BarrierPlace for each party, in its segment.
struct BarrierState
{
    enum Status : std::uint32_t {
        Filling, ///< parties arrive
        Acting, ///< all have arrived, the last one runs the action
        Passed, ///< parties leave
        Resetting, ///< parties leave with an error
        Broken,
        BrokenPassed, ///< broken after it was passed, before all parties had left
    };
    enum Reason : quint32 { TimedOut, Aborted, WasReset, ActionFailed, Died, DiedActing };

    static constexpr quint32 MostParties = 0xFFFF;
    static constexpr std::uint32_t StatusBits = 7;
    /// A thread that came while others were leaving may be asleep.
    static constexpr std::uint32_t Late = 8;
    static constexpr std::uint32_t PhaseStep = 16; ///< the bits from here on count the rounds

    RobustLock guard; ///< of all below
    FutexWord word;
    std::atomic<quint32> parties;
    std::atomic<qint64> timeout; ///< milliseconds; negative for none
    /// Why it is Broken or Resetting; the next two name the process that caused it.
    std::atomic<quint32> reason;
    std::atomic<qint64> culpritPid;
    SharedText<48> culpritName;
};

/// A waiting party.
struct BarrierPlace
{
    std::atomic<quint32> thread; ///< a ThreadWord; 0: the place is free
    std::atomic<qint64> pid;
    SharedText<48> name; ///< of its process
};

/// Initialises the state of a barrier.
/// \param timeout  milliseconds; negative for none
/// \throws ProcessError if `parties` is out of range; SharedMemoryError
void initializeBarrier(ObjectRecord &record, ObjectId object, int parties, qint64 timeout);

/// The operations of a Barrier. Refers to the state; from any thread.
class BarrierGate
{
public:
    BarrierGate(ObjectRecord &record, ObjectId object);

    const BarrierState &state() const { return m_state; }
    int wait(const BarrierAction &action, QDeadlineTimer deadline) const;
    void reset() const;
    void abort() const;
    bool isBroken() const;
    int waiting() const;

private:
    class Guard;
    using Status = BarrierState::Status;

    struct Culprit
    {
        qint64 pid;
        QByteArray name;
    };
    struct Arrival
    {
        quint32 index; ///< of its place
        std::uint32_t phase;
        bool isToAct;
    };

    static Culprit self();
    std::span<BarrierPlace> places() const;
    std::uint32_t word() const { return m_state.word.load(std::memory_order_acquire); }
    static Status statusOf(std::uint32_t word) { return static_cast<Status>(word & BarrierState::StatusBits); }
    static std::uint32_t phaseOf(std::uint32_t word) { return word / BarrierState::PhaseStep; }
    bool is(Status status, std::uint32_t phase) const { return statusOf(word()) == status && phaseOf(word()) == phase; }

    Arrival enter(const Sleep &sleep, bool hasAction, QDeadlineTimer deadline) const;
    std::optional<Arrival> arrive(Guard &guard, bool hasAction) const;
    void act(const Arrival &arrival, const BarrierAction &action) const;
    void await(const Sleep &sleep, const Arrival &arrival, QDeadlineTimer deadline) const;
    void leave(const Arrival &arrival) const;

    void settle(Guard &guard) const;
    void breakFor(Guard &guard, BarrierState::Reason reason, const Culprit &culprit) const;
    void blame(BarrierState::Reason reason, const Culprit &culprit) const;
    quint32 clearDead() const;
    std::vector<ThreadWord> others() const;
    [[noreturn]] void fail() const;

    ObjectRecord &m_record;
    BarrierState &m_state;
    ObjectId m_object;
};

} // namespace procession
