// SPDX-License-Identifier: MIT
#include <procession/queue/queuewatch.h>

#include <procession/ipc/eagerwait.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/platform/system/scheduling.h>

#include <utility>

namespace procession {

namespace {

thread_local EagerWait eagerWait;
/// This thread's last message was seen at once, on another processor.
thread_local bool isAnswerNear = false;

} // namespace

bool QueueWatch::forMessage(const Condition &hasCome, std::chrono::nanoseconds more) const
{
    if (!begin())
        return false;
    const bool has = (std::exchange(isAnswerNear, false) && EagerWait::lookSteadily(std::cref(hasCome)))
        || eagerWait.tryFor(std::cref(hasCome), EagerWait::Moment + more);
    end();
    return has;
}

bool QueueWatch::forRoom(const Condition &hasCome, std::chrono::nanoseconds more) const
{
    return eagerWait.tryFor(std::cref(hasCome), EagerWait::Moment + more);
}

bool QueueWatch::keep(const Condition &hasCome, std::chrono::nanoseconds moment) const
{
    if (!begin())
        return false;
    const bool has = EagerWait().tryFor(std::cref(hasCome), moment);
    end();
    return has;
}

/// False if the watcher was killed while it kept watch.
bool QueueWatch::isKeptByLiving() const
{
    if (recordOf(m_state.watcher.load()) == nullptr)
        return false;
    isAnswerNear = m_state.watcherCpu.load(std::memory_order_relaxed) != currentCpu();
    return true;
}

bool QueueWatch::begin() const
{
    ThreadWord before = m_state.watcher.load(std::memory_order_relaxed);
    if (before != 0 && recordOf(before))
        return false;
    const int cpu = currentCpu();
    if (!m_state.watcher.compare_exchange_strong(before, currentThread()))
        return false;
    m_state.watcherCpu.store(cpu, std::memory_order_relaxed);
    return true;
}

} // namespace procession
