// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describe.h>

#include <procession/memory/objectid.h>
#include <procession/queue/queuestate.h>

#include <algorithm>

namespace procession {

QueueDetails describeQueue(const DescribedObject &object)
{
    const auto &state = object.payload<QueueState>();
    const auto waiting = [&object](QueueWait what) {
        return asCount(
            static_cast<quint64>(std::count(object.tickets.begin(), object.tickets.end(), static_cast<quint64>(what))));
    };
    QueueDetails details;
    details.size = asCount(state.size());
    details.maxSize = asCount(state.maxSize.load(std::memory_order_relaxed));
    details.put = state.putTotal();
    details.taken = state.getTotal();
    const quint64 done = state.done.load(std::memory_order_relaxed);
    if (object.record.kind == static_cast<quint32>(ObjectKind::JoinableQueue))
        details.unfinished = asCount(details.put > done ? details.put - done : 0);
    details.waitingToPut = waiting(QueueWait::ToPut);
    details.waitingToGet = waiting(QueueWait::ToGet);
    details.waitingToJoin = waiting(QueueWait::ToJoin);
    details.putter = object.surroundings.nameThread(state.put.lock.owner());
    details.getter = object.surroundings.nameThread(state.get.lock.owner());
    details.abandonments = asCount(
        quint64(state.put.abandonments.load(std::memory_order_relaxed)) + state.get.abandonments.load(std::memory_order_relaxed));
    return details;
}

} // namespace procession
