// SPDX-License-Identifier: MIT
#include <procession/describe.h>

#include <procession/eventstate.h>

namespace procession {

EventDetails describeEvent(const DescribedObject &object)
{
    return {(object.payload<EventState>().word.load(std::memory_order_relaxed) & EventState::IsSet) != 0};
}

} // namespace procession
