// SPDX-License-Identifier: MIT
#include <procession/sync/event.h>

#include <procession/memory/arena/sleep.h>
#include <procession/sync/state/eventstate.h>

#include <limits>

namespace procession {

void Event::set() const
{
    FutexWord &state = payload<EventState>().word;
    std::uint32_t word = state.load(std::memory_order_relaxed);
    std::uint32_t next = 0;
    do {
        if ((word & EventState::IsSet) != 0)
            return;
        next = ((word & ~EventState::Waiters) + EventState::Step) | EventState::IsSet;
    } while (!state.compare_exchange_weak(word, next, std::memory_order_acq_rel, std::memory_order_acquire));
    if ((word & EventState::Waiters) != 0)
        wakeFutex(state, std::numeric_limits<int>::max());
}

void Event::clear() const { payload<EventState>().word.fetch_and(~EventState::IsSet, std::memory_order_acq_rel); }

bool Event::isSet() const { return (payload<EventState>().word.load(std::memory_order_acquire) & EventState::IsSet) != 0; }

bool Event::wait(QDeadlineTimer deadline) const
{
    FutexWord &state = payload<EventState>().word;
    const std::uint32_t before = state.load(std::memory_order_acquire);
    if ((before & EventState::IsSet) != 0)
        return true;
    const Sleep sleep(id());
    for (;;) {
        std::uint32_t word = state.load(std::memory_order_acquire);
        const bool isOfBefore = word / EventState::Step == before / EventState::Step;
        if (!isOfBefore || (word & EventState::IsSet) != 0)
            return true;
        if (deadline.hasExpired())
            return false;
        if ((word & EventState::Waiters) != 0 || state.compare_exchange_strong(word, word | EventState::Waiters))
            sleep.whileIs(state, word | EventState::Waiters, deadline);
    }
}

} // namespace procession
