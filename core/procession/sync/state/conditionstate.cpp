// SPDX-License-Identifier: MIT
#include <procession/sync/state/conditionstate.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/sleep.h>
#include <procession/memory/arena/threadslot.h>

#include <algorithm>
#include <vector>

namespace procession {

namespace {

// The lower two bits of a thread's wake word; the others identify the condition.
constexpr std::uint32_t Waiting = 1;
constexpr std::uint32_t Notified = 2;
constexpr int IndexShift = 2;
constexpr int GenerationShift = 20;
static_assert(ArenaMap::MostObjects <= 1U << (GenerationShift - IndexShift));

std::uint32_t wakeWord(ObjectId condition, std::uint32_t state)
{
    return condition.generation << GenerationShift | condition.index << IndexShift | state;
}

struct Waiter
{
    ThreadRecord *thread;
    quint64 ticket;
};

/// Threads, living or dead, with this wake word, the longest waiter first.
std::vector<Waiter> threadsWith(std::uint32_t wake)
{
    std::vector<Waiter> waiters;
    const auto threads = Arena::get().map().threads();
    const quint32 used = threads.used();
    for (quint32 i = 0; i < used; ++i) {
        if (threads[i].wake.load(std::memory_order_acquire) == wake)
            waiters.push_back({&threads[i], threads[i].ticket.load(std::memory_order_relaxed)});
    }
    std::sort(waiters.begin(), waiters.end(), [](const Waiter &a, const Waiter &b) { return a.ticket < b.ticket; });
    return waiters;
}

bool change(FutexWord &wake, std::uint32_t from, std::uint32_t to)
{
    return wake.compare_exchange_strong(from, to, std::memory_order_acq_rel);
}

} // namespace

ConditionWaiter::ConditionWaiter(ConditionState &state, ObjectId condition)
    : m_record(currentThreadRecord()), m_condition(condition)
{
    m_record.ticket.store(state.tickets.fetch_add(1, std::memory_order_relaxed), std::memory_order_relaxed);
    m_record.wake.store(wakeWord(condition, Waiting), std::memory_order_release);
}

ConditionWaiter::~ConditionWaiter() { m_record.wake.store(0, std::memory_order_release); }

bool ConditionWaiter::wait(QDeadlineTimer deadline, qint64 since) const
{
    const Sleep sleep(m_condition, since);
    const std::uint32_t waiting = wakeWord(m_condition, Waiting);
    while (m_record.wake.load(std::memory_order_acquire) == waiting) {
        if (inherit())
            return true;
        if (deadline.hasExpired())
            return !change(m_record.wake, waiting, 0);
        sleep.whileIs(m_record.wake, waiting, deadline);
    }
    return true;
}

/// Takes over the notification of a thread that died before it acted on it.
bool ConditionWaiter::inherit() const
{
    const std::uint32_t notified = wakeWord(m_condition, Notified);
    for (const Waiter &other : threadsWith(notified)) {
        if (other.thread != &m_record && other.thread->life.hasEnded() && change(other.thread->wake, notified, 0))
            return true;
    }
    return false;
}

void notifyWaiters(ObjectId condition, quint32 most)
{
    const std::uint32_t waiting = wakeWord(condition, Waiting);
    quint32 notified = 0;
    for (const Waiter &waiter : threadsWith(waiting)) {
        if (notified == most)
            return;
        if (waiter.thread->life.hasEnded() || !change(waiter.thread->wake, waiting, wakeWord(condition, Notified)))
            continue;
        wakeFutex(waiter.thread->wake, 1);
        ++notified;
    }
}

int countWaiters(ObjectId condition)
{
    const auto waiters = threadsWith(wakeWord(condition, Waiting));
    return static_cast<int>(
        std::count_if(waiters.begin(), waiters.end(), [](const Waiter &waiter) { return !waiter.thread->life.hasEnded(); }));
}

} // namespace procession
