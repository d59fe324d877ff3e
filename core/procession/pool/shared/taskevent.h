// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/shared/taskoutcome.h>

#include <atomic>

namespace procession {

/// How a task of a pool ended.
struct TaskEvent
{
    quint64 task = 0; ///< its id
    quint64 first = 0; ///< of its calls, within the call of the pool
    quint64 of = 0; ///< number of calls within the call of the pool
    qint64 begin = 0; ///< in nanoseconds of the steady clock
    qint64 end = 0;
    quint32 function = 0; ///< TaskFunctionName::number
    quint32 calls = 0;
    quint32 failures = 0; ///< calls that threw
    TaskOutcome outcome = TaskOutcome::Done;
};

/// A TaskEvent in a ring in shared memory: the newest replaces the oldest. The writer may be killed
/// at any instant, and readers never wait: a copy is valid when a second one is the same and its
/// number is not 0.
struct alignas(64) TaskEventRecord
{
    std::atomic<quint64> number; ///< of the event, counted from 1; 0 while it is written
    std::atomic<quint64> task;
    std::atomic<quint64> first;
    std::atomic<quint64> of;
    std::atomic<qint64> begin;
    std::atomic<qint64> end;
    std::atomic<quint32> function;
    std::atomic<quint32> calls;
    std::atomic<quint32> failures;
    std::atomic<quint32> outcome;

    void write(quint64 eventNumber, const TaskEvent &event)
    {
        // Each store is a release: a reader that sees a new value also sees that the old number is gone.
        constexpr auto Release = std::memory_order_release;
        number.store(0, Release);
        task.store(event.task, Release);
        first.store(event.first, Release);
        of.store(event.of, Release);
        begin.store(event.begin, Release);
        end.store(event.end, Release);
        function.store(event.function, Release);
        calls.store(event.calls, Release);
        failures.store(event.failures, Release);
        outcome.store(static_cast<quint32>(event.outcome), Release);
        number.store(eventNumber, Release);
    }
};
static_assert(sizeof(TaskEventRecord) == 64);

/// The last task of a worker that died during it, with the worker's own records gone. The pool
/// writes it.
struct LostTaskRecord : TaskEventRecord
{
    std::atomic<quint32> worker; ///< its number in the pool

    void write(quint64 eventNumber, const TaskEvent &event, quint32 workerNumber)
    {
        number.store(0, std::memory_order_release);
        worker.store(workerNumber, std::memory_order_release);
        TaskEventRecord::write(eventNumber, event);
    }
};

} // namespace procession
