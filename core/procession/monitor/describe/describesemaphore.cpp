// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describe.h>

#include <procession/sync/state/semaphorestate.h>

namespace procession {

namespace {

std::vector<UnitsOwner> ownersOf(const DescribedObject &object)
{
    std::vector<UnitsOwner> owners;
    const auto places = object.memory<HeldUnits>(object.surroundings.processes);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const quint64 held = places[i].units.load(std::memory_order_relaxed);
        const int units = asCount(HeldUnits::unitsOf(held));
        if (units == 0)
            continue;
        UnitsOwner owner = object.surroundings.nameProcess(static_cast<quint32>(i), HeldUnits::generationOf(held));
        if (owner.pid == 0)
            owner.pid = places[i].pid.load(std::memory_order_relaxed);
        owner.units = units;
        owners.push_back(owner);
    }
    return owners;
}

} // namespace

SemaphoreDetails describeSemaphore(const DescribedObject &object)
{
    const auto &state = object.payload<SemaphoreState>();
    SemaphoreDetails details;
    details.free = asCount(state.count.load(std::memory_order_relaxed) & ~SemaphoreState::Waiters);
    details.initial = asCount(state.initial.load(std::memory_order_relaxed));
    details.returned = asCount(state.returned.load(std::memory_order_relaxed));
    details.owners = ownersOf(object);
    return details;
}

} // namespace procession
