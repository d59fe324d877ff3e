// SPDX-License-Identifier: MIT
#include <procession/sync/lock.h>

namespace procession {

bool Lock::acquire(bool block, QDeadlineTimer deadline) const
{
    auto &state = payload<LockState>();
    return state.lock.tryAcquire() || acquireOrTakeOver(state, id(), *this, block ? deadline : QDeadlineTimer(0));
}

void Lock::release() const
{
    auto &state = payload<LockState>();
    if (state.isAbandoned.load(std::memory_order_relaxed) != 0)
        state.isAbandoned.store(0, std::memory_order_relaxed);
    if (!state.lock.release())
        throw ReleaseError(
            "lock " + name().toStdString() + " was released though nobody has it: release it once for each acquire()");
}

bool Lock::isHeld() const { return payload<LockState>().lock.owner() == currentThread(); }

bool Lock::isAbandoned() const { return payload<LockState>().isAbandoned.load(std::memory_order_relaxed) != 0; }

int Lock::abandonments() const { return static_cast<int>(payload<LockState>().abandonments.load(std::memory_order_relaxed)); }

std::optional<ThreadIdentity> Lock::owner() const { return identityOf(payload<LockState>().lock.owner()); }

} // namespace procession
