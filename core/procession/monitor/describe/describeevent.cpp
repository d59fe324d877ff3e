// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describe.h>

#include <procession/sync/state/eventstate.h>

namespace procession {

EventDetails describeEvent(const DescribedObject &object)
{
    return {(object.payload<EventState>().word.load(std::memory_order_relaxed) & EventState::IsSet) != 0};
}

} // namespace procession
