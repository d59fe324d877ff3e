// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describetask.h>

#include <procession/pool/shared/poolstate.h>
#include <procession/queue/queuestate.h>

#include <algorithm>

namespace procession {

namespace {

/// One of a pool's queues, and the number of messages in it. None when it does not exist any more.
ObjectId queueWith(const DescribedObject &object, quint64 packed, int &size)
{
    const ObjectId queue = ObjectId::unpacked(packed);
    ObjectRecord record{};
    if (!object.surroundings.readObject(queue, record) || record.kind != static_cast<quint32>(ObjectKind::SimpleQueue))
        return {};
    size = asCount(payloadOf<QueueState>(record).size());
    return queue;
}

std::optional<LostPoolTask> lostTask(const DescribedObject &object, const LostTaskRecord &record)
{
    auto ended = describeTask(object.surroundings, record, object.id);
    if (!ended)
        return std::nullopt;
    return LostPoolTask{std::move(*ended), record.worker.load(std::memory_order_relaxed)};
}

std::vector<LostPoolTask> lostTasks(const DescribedObject &object)
{
    const auto memory = object.memory<PoolMemory>(1);
    const auto again = object.memory<PoolMemory>(1);
    if (memory.empty() || again.empty())
        return {};
    return describeRing(
        memory.front().losses, again.front().losses, [&](const LostTaskRecord &record) { return lostTask(object, record); });
}

} // namespace

PoolDetails describePool(const DescribedObject &object)
{
    const auto &state = object.payload<PoolState>();
    PoolDetails details;
    details.phase
        = static_cast<PoolPhase>(std::min(state.phase.load(std::memory_order_relaxed), static_cast<quint32>(LastPoolPhase)));
    details.processes = asCount(state.processes.load(std::memory_order_relaxed));
    details.waiting = state.waiting.load(std::memory_order_relaxed);
    details.done = state.done.load(std::memory_order_relaxed);
    details.failed = state.failed.load(std::memory_order_relaxed);
    details.retried = state.retried.load(std::memory_order_relaxed);
    details.restarts = state.restarts.load(std::memory_order_relaxed);
    details.taskQueue = queueWith(object, state.taskQueue.load(std::memory_order_relaxed), details.queuedTasks);
    details.reportQueue = queueWith(object, state.reportQueue.load(std::memory_order_relaxed), details.queuedReports);
    details.lost = lostTasks(object);
    return details;
}

} // namespace procession
