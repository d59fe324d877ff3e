// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describe.h>

#include <procession/sync/state/conditionstate.h>

namespace procession {

ConditionDetails describeCondition(const DescribedObject &object)
{
    ConditionDetails details;
    const ObjectId lock = ObjectId::unpacked(object.payload<ConditionState>().lock.load(std::memory_order_relaxed));
    ObjectRecord record{};
    if (!object.surroundings.readObject(lock, record))
        return details;
    details.lock = lock;
    details.lockKind = static_cast<ObjectKind>(record.kind.load(std::memory_order_relaxed));
    details.lockName = QString::fromUtf8(record.name.get());
    return details;
}

} // namespace procession
