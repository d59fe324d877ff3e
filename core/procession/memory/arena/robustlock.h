// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/objectid.h>
#include <procession/memory/threadword.h>
#include <procession/platform/thread/futex.h>

namespace procession {

/// A lock in shared memory, of one word, that shows who has it, and that is not lost when they are killed.
///
/// \code
/// switch (lock.acquire(object, deadline)) {
/// case RobustLock::Acquired: …                       // as usual
/// case RobustLock::Abandoned: …                      // acquired, but its owner died: put in order what it guards
/// case RobustLock::TimedOut: …
/// }
/// lock.release();
/// \endcode
///
/// Zeros are a free one. A thread that ends with the lock has abandoned it.
class RobustLock
{
public:
    enum Outcome : quint8 { Acquired, Abandoned, TimedOut };

    /// Blocks until it is free or the deadline passes.
    /// \param object  what this thread is said to wait for
    Outcome acquire(ObjectId object, QDeadlineTimer deadline) { return tryAcquire() ? Acquired : acquireTaken(object, deadline); }
    /// \returns whether it was free
    bool tryAcquire()
    {
        std::uint32_t free = 0;
        return m_word.compare_exchange_strong(free, currentThread(), std::memory_order_acquire, std::memory_order_relaxed);
    }
    /// Whoever calls it.
    /// \returns whether anybody had it
    bool release()
    {
        const std::uint32_t before = m_word.exchange(0, std::memory_order_release);
        if ((before & Waiters) != 0)
            wakeFutex(m_word, 1);
        return before != 0;
    }

    /// 0 when it is free. It may have ended.
    ThreadWord owner() const { return m_word.load(std::memory_order_acquire) & ~Waiters; }

private:
    static constexpr std::uint32_t Waiters = 0x8000'0000; ///< somebody may sleep

    Outcome acquireTaken(ObjectId object, QDeadlineTimer deadline);

    FutexWord m_word;
};

} // namespace procession
