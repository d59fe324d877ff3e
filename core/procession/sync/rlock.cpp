// SPDX-License-Identifier: MIT
#include <procession/sync/rlock.h>

namespace procession {

bool RLock::acquire(bool block, QDeadlineTimer deadline) const
{
    auto &state = payload<LockState>();
    if (state.lock.owner() == currentThread()) {
        state.depth.fetch_add(1, std::memory_order_relaxed);
        return true;
    }
    if (!state.lock.tryAcquire() && !acquireOrTakeOver(state, id(), *this, block ? deadline : QDeadlineTimer(0)))
        return false;
    state.depth.store(1, std::memory_order_relaxed);
    return true;
}

void RLock::release() const
{
    auto &state = payload<LockState>();
    if (state.lock.owner() != currentThread())
        throw ReleaseError("lock " + name().toStdString()
            + " was released by a thread that does not have it: the thread that acquired a recursive lock releases it");
    if (state.depth.fetch_sub(1, std::memory_order_relaxed) > 1)
        return;
    state.isAbandoned.store(0, std::memory_order_relaxed);
    state.lock.release();
}

bool RLock::isHeld() const { return payload<LockState>().lock.owner() == currentThread(); }

int RLock::depth() const
{
    const auto &state = payload<LockState>();
    return state.lock.owner() == currentThread() ? static_cast<int>(state.depth.load(std::memory_order_relaxed)) : 0;
}

bool RLock::isAbandoned() const { return payload<LockState>().isAbandoned.load(std::memory_order_relaxed) != 0; }

int RLock::abandonments() const { return static_cast<int>(payload<LockState>().abandonments.load(std::memory_order_relaxed)); }

std::optional<ThreadIdentity> RLock::owner() const { return identityOf(payload<LockState>().lock.owner()); }

} // namespace procession
