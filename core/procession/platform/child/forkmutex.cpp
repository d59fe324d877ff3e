// SPDX-License-Identifier: MIT
#include <procession/platform/child/forkmutex.h>

#include <procession/platform/child/forkprocess.h>

namespace procession {

constinit std::mutex ForkMutex::entering;
constinit ForkMutex *ForkMutex::first = nullptr;

void ForkMutex::enter()
{
    static const bool areForksWatched = [] {
        atFork(lockAll, unlockAll, unlockAll);
        return true;
    }();
    const std::scoped_lock lock(entering);
    if (!areForksWatched || m_isKnown.load(std::memory_order_relaxed))
        return;
    m_next = first;
    first = this;
    m_isKnown.store(true, std::memory_order_release);
}

// None is entered until the copy has been made, so that those are unlocked that were locked.
void ForkMutex::lockAll()
{
    entering.lock();
    for (ForkMutex *each = first; each; each = each->m_next)
        each->m_mutex.lock();
}

void ForkMutex::unlockAll()
{
    for (ForkMutex *each = first; each; each = each->m_next)
        each->m_mutex.unlock();
    entering.unlock();
}

} // namespace procession
