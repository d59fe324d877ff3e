// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/sharedobjectcodec.h>
#include <procession/sync/state/barrieraction.h>
#include <procession/sync/state/brokenbarrier.h>

#include <QtCore/QDeadlineTimer>

#include <chrono>
#include <optional>

namespace procession {

/// A barrier at which a fixed number of processes and threads wait for each other, again and again.
///
/// \code
/// void work(const Barrier &barrier)
/// {
///     firstHalf();
///     barrier.wait();                    // all have done the first half
///     secondHalf();
/// }
///
/// Barrier barrier(4, {}, 30s);
/// \endcode
///
/// It breaks, and wait() throws BrokenBarrier in all parties, when a party waits for too long,
/// calls abort(), or dies while it waits or runs the action, and when the action throws; the error
/// names the process. reset() makes it whole again. A party that dies before it waits cannot be
/// distinguished from a late one: give a timeout. The death of a party is noticed at once by
/// parties that came after it and by the process that reaps it, and by all others within a second.
///
/// A handle (see SharedObject) that brings its action along. From any thread and process.
/// (Reference: Barrier)
class Barrier : public SharedObject
{
public:
    static constexpr KindOf<Barrier> Kind{ObjectKind::Barrier};

    /// \param parties  number of parties that must wait for the barrier to be passed, 1 to 65535
    /// \param action   called each time by the last party to arrive, before any party continues
    /// \param timeout  of each wait() that is given none; empty: for ever
    /// \throws ProcessError if `parties` is out of range; SharedMemoryError, SystemError
    explicit Barrier(int parties, BarrierAction action = {}, std::optional<std::chrono::milliseconds> timeout = {});

    /// Blocks until all parties wait; before that, until all parties of the last round have woken.
    /// If the deadline passes before all have come, breaks the barrier; after that the deadline has
    /// no effect.
    /// \returns 0 to parties() − 1, a different number for each party: their order of arrival
    /// \throws BrokenBarrier, and whatever the action throws in the party that runs it. (Reference:
    ///     Barrier.wait)
    int wait() const;
    int wait(QDeadlineTimer deadline) const;
    /// Makes the barrier whole and empty; waiting parties get BrokenBarrier. Does not block.
    /// (Reference: Barrier.reset)
    void reset() const;
    /// Breaks the barrier, for present and future waiters. Does not block. (Reference:
    /// Barrier.abort)
    void abort() const;

    int parties() const;
    /// Number of parties that wait now. (Reference: Barrier.n_waiting)
    int waiting() const;
    /// (Reference: Barrier.broken)
    bool isBroken() const;

private:
    friend struct Codec<Barrier>;

    Barrier(ReceivedObject received, BarrierAction action) : SharedObject(std::move(received)), m_action(std::move(action)) { }

    BarrierAction m_action;
};

/// Its action travels with it.
template <>
struct Codec<Barrier>
{
    static void encode(Encoder &encoder, const Barrier &barrier);
    static Barrier decode(Decoder &decoder);
};

} // namespace procession
