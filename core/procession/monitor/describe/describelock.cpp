// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describe.h>

#include <procession/sync/state/lockstate.h>

namespace procession {

LockDetails describeLock(const DescribedObject &object)
{
    const auto &state = object.payload<LockState>();
    LockDetails details;
    details.owner = object.surroundings.nameThread(state.lock.owner());
    details.depth = details.owner.thread != 0 ? asCount(state.depth.load(std::memory_order_relaxed)) : 0;
    details.isAbandoned = state.isAbandoned.load(std::memory_order_relaxed) != 0;
    details.abandonments = asCount(state.abandonments.load(std::memory_order_relaxed));
    return details;
}

} // namespace procession
