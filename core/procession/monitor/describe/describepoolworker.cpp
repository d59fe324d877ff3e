// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describetask.h>

#include <procession/memory/arena/sleep.h>
#include <procession/pool/shared/poolstate.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <tuple>

namespace procession {

namespace {

constexpr int Tries = 4; // with a worker that starts another task meanwhile

/// Any number as one that is not negative.
qint64 asAmount(quint64 number) { return static_cast<qint64>(std::min<quint64>(number, std::numeric_limits<qint64>::max())); }

/// What a worker writes before it claims a task, and the claim.
auto taskOf(const PoolWorkerState &state)
{
    constexpr auto Relaxed = std::memory_order_relaxed;
    return std::tuple(state.claim.load(Relaxed) >> PoolWorkerState::IdShift, state.sequence.load(Relaxed),
        state.since.load(Relaxed), state.first.load(Relaxed), state.of.load(Relaxed), state.function.load(Relaxed),
        state.calls.load(Relaxed));
}

/// Everything in microseconds that has passed since then.
qint64 passedSince(qint64 since)
{
    const qint64 now = Sleep::now();
    return since > 0 && since < now ? (now - since) / 1000 : 0;
}

RunningPoolTask runningTask(const DescribedObject &object, const PoolWorkerState &state, ObjectId pool)
{
    const auto [id, sequence, since, first, of, function, calls] = taskOf(state);
    RunningPoolTask running;
    running.task = {id, object.surroundings.nameFunction(pool, function), first, calls, of};
    running.since = since;
    running.runningTime = passedSince(since);
    if (state.progressOf.load(std::memory_order_relaxed) == id) {
        running.done = asAmount(state.done.load(std::memory_order_relaxed));
        running.total = asAmount(state.total.load(std::memory_order_relaxed));
        running.progressText = QString::fromUtf8(state.progressText.get());
    }
    return running;
}

/// Two copies that say the same of the task were made while it was the worker's.
std::optional<RunningPoolTask> settledTask(const DescribedObject &object, ObjectId pool)
{
    ObjectRecord record{};
    ObjectRecord again{};
    for (int i = 0; i < Tries; ++i) {
        if (!object.surroundings.readObject(object.id, record) || !object.surroundings.readObject(object.id, again))
            return std::nullopt;
        const auto &state = payloadOf<PoolWorkerState>(record);
        if (taskOf(state) != taskOf(payloadOf<PoolWorkerState>(again)))
            continue;
        if (std::get<0>(taskOf(state)) == 0)
            return std::nullopt;
        return runningTask(object, state, pool);
    }
    return std::nullopt;
}

std::vector<EndedPoolTask> endedTasks(const DescribedObject &object, ObjectId pool)
{
    const auto copy = [&object] { return object.memory<TaskEventRecord>(WorkerMemory::MostEvents); };
    const auto events = copy();
    return describeRing(
        events, copy(), [&](const TaskEventRecord &event) { return describeTask(object.surroundings, event, pool); });
}

} // namespace

PoolWorkerDetails describePoolWorker(const DescribedObject &object)
{
    const auto &state = object.payload<PoolWorkerState>();
    const quint64 claim = state.claim.load(std::memory_order_relaxed);
    PoolWorkerDetails details;
    details.number = state.number.load(std::memory_order_relaxed);
    details.thread = object.surroundings.nameThread(state.thread.load(std::memory_order_relaxed));
    details.isReady = state.isReady.load(std::memory_order_relaxed) != 0;
    details.isLeaving = (claim & PoolWorkerState::Flags) != 0;
    details.isBusy = claim >> PoolWorkerState::IdShift != 0;
    details.tasks = state.tasks.load(std::memory_order_relaxed);
    const ObjectId pool = ObjectId::unpacked(state.pool.load(std::memory_order_relaxed));
    ObjectRecord record{};
    if (object.surroundings.readObject(pool, record) && record.kind == static_cast<quint32>(ObjectKind::Pool)) {
        details.pool = pool;
        details.poolName = QString::fromUtf8(record.name.get());
    }
    if (details.isBusy)
        details.running = settledTask(object, pool);
    details.ended = endedTasks(object, pool);
    return details;
}

} // namespace procession
