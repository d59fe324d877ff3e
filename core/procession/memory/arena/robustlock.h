// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/objectid.h>
#include <procession/memory/threadword.h>
#include <procession/platform/thread/futex.h>

namespace procession {

/// A lock in shared memory, of one word, that shows its owner and survives the owner's death.
///
/// \code
/// switch (lock.acquire(object, deadline)) {
/// case RobustLock::Acquired: …                  // as usual
/// case RobustLock::Abandoned: …                 // acquired, but its owner died: repair what it guards
/// case RobustLock::TimedOut: …
/// }
/// lock.release();
/// \endcode
///
/// Zeros are a free lock. A thread that ends while it holds the lock abandons it.
class RobustLock
{
public:
    enum Outcome : quint8 { Acquired, Abandoned, TimedOut };

    /// Blocks until the lock is free or abandoned, or the deadline passes.
    /// \param object  what the directory shows this thread waiting for
    Outcome acquire(ObjectId object, QDeadlineTimer deadline) { return tryAcquire() ? Acquired : acquireTaken(object, deadline); }
    /// \returns whether it was free
    bool tryAcquire()
    {
        std::uint32_t free = 0;
        return m_word.compare_exchange_strong(free, currentThread(), std::memory_order_acquire, std::memory_order_relaxed);
    }
    /// Any thread can release it.
    /// \returns whether the lock was held
    bool release()
    {
        const std::uint32_t before = m_word.exchange(0, std::memory_order_release);
        if ((before & Waiters) != 0)
            wakeFutex(m_word, 1);
        return before != 0;
    }

    /// 0 if the lock is free. The owner may have ended.
    ThreadWord owner() const { return m_word.load(std::memory_order_acquire) & ~Waiters; }

private:
    static constexpr std::uint32_t Waiters = 0x8000'0000; ///< threads may be asleep on it

    Outcome acquireTaken(ObjectId object, QDeadlineTimer deadline);

    FutexWord m_word;
};

} // namespace procession
