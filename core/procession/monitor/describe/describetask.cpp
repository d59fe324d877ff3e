// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describetask.h>

namespace procession {

std::optional<EndedPoolTask> describeTask(const Surroundings &surroundings, const TaskEventRecord &event, ObjectId pool)
{
    constexpr auto Relaxed = std::memory_order_relaxed;
    const quint32 outcome = event.outcome.load(Relaxed);
    EndedPoolTask ended;
    ended.begin = event.begin.load(Relaxed);
    ended.end = event.end.load(Relaxed);
    if (outcome > static_cast<quint32>(LastTaskOutcome) || ended.begin < 0 || ended.end < ended.begin)
        return std::nullopt;
    ended.outcome = static_cast<TaskOutcome>(outcome);
    const quint32 calls = event.calls.load(Relaxed);
    ended.failures = std::min(event.failures.load(Relaxed), calls);
    ended.task = {event.task.load(Relaxed), surroundings.nameFunction(pool, event.function.load(Relaxed)),
        event.first.load(Relaxed), calls, event.of.load(Relaxed)};
    return ended;
}

} // namespace procession
