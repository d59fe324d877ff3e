// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/sharedobjectcodec.h>
#include <procession/sync/state/barrieraction.h>
#include <procession/sync/state/brokenbarrier.h>

#include <QtCore/QDeadlineTimer>

#include <chrono>
#include <optional>

namespace procession {

/// A place where a fixed number of processes and threads wait for each other, again and again.
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
/// It breaks, and wait() throws BrokenBarrier in all parties, when one waits for too long, when one calls abort(), when the action throws,
/// and when a party dies while it waits or runs the action: then the error names the process. reset() makes it whole again. A party that
/// dies before it waits cannot be told from one that is late: give a timeout. That a party has died is noticed at once by those who
/// came after it and by the process that reaps it, and by all others within a second.
///
/// A handle (see SharedObject) that brings its action along. From any thread and process. (Reference: Barrier)
class Barrier : public SharedObject
{
public:
    static constexpr KindOf<Barrier> Kind{ObjectKind::Barrier};

    /// \param parties  how many have to wait for it to be passed, 1 to 65535
    /// \param action   called each time by the party that came last, before any goes on
    /// \param timeout  of each wait() that is given none; empty: for ever
    /// \throws ProcessError when `parties` is out of range; SharedMemoryError, SystemError
    explicit Barrier(int parties, BarrierAction action = {}, std::optional<std::chrono::milliseconds> timeout = {});

    /// Blocks until as many parties wait as it has. As long as those who have just passed it have not all woken, blocks until they have.
    /// When the deadline passes before that, breaks it; once all have come, it does not pass any more.
    /// \returns 0 to parties() − 1, to each party another number: in which order they came
    /// \throws BrokenBarrier, and whatever the action throws in the party that runs it. (Reference: Barrier.wait)
    int wait() const;
    int wait(QDeadlineTimer deadline) const;
    /// Makes it whole and empty; those who wait get BrokenBarrier. Does not block. (Reference: Barrier.reset)
    void reset() const;
    /// Breaks it, for those who wait and those who will. Does not block. (Reference: Barrier.abort)
    void abort() const;

    int parties() const;
    /// How many parties wait at this moment. (Reference: Barrier.n_waiting)
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
