// SPDX-License-Identifier: MIT
#include <procession/memory/arena/robustlock.h>

#include <procession/memory/arena/sleep.h>

namespace procession {

RobustLock::Outcome RobustLock::acquireTaken(ObjectId object, QDeadlineTimer deadline)
{
    // A thread that has slept cannot know whether others still sleep, so it sets Waiters.
    const std::uint32_t self = currentThread() | Waiters;
    const Sleep sleep(object);
    for (;;) {
        std::uint32_t word = m_word.load(std::memory_order_relaxed);
        const ThreadWord holder = word & ~Waiters;
        if (holder == 0) {
            if (m_word.compare_exchange_strong(word, self, std::memory_order_acquire, std::memory_order_relaxed))
                return Acquired;
        } else if (!recordOf(holder)) {
            if (m_word.compare_exchange_strong(word, self, std::memory_order_acquire, std::memory_order_relaxed))
                return Abandoned;
        } else if (deadline.hasExpired()) {
            return TimedOut;
        } else if ((word & Waiters) != 0 || m_word.compare_exchange_strong(word, word | Waiters, std::memory_order_relaxed)) {
            sleep.whileIs(m_word, word | Waiters, deadline, holder);
        }
    }
}

} // namespace procession
