// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/shared/taskoutcome.h>

#include <atomic>

namespace procession {

/// A task of a pool that has ended.
struct TaskEvent
{
    quint64 task = 0; ///< its id
    quint64 first = 0; ///< index of its first call in its map() or similar
    quint64 of = 0; ///< number of calls in that map()
    qint64 begin = 0; ///< nanoseconds of the steady clock
    qint64 end = 0;
    quint32 function = 0; ///< TaskFunctionName::number
    quint32 calls = 0;
    quint32 failures = 0; ///< calls that threw
    TaskOutcome outcome = TaskOutcome::Done;
};

/// A TaskEvent in shared memory, in a ring where the newest replaces the oldest. Its writer may be
/// killed at any time and its readers never block: a copy is valid if a second copy is equal and
/// its number is not 0.
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
        // Each store is a release: a reader that sees a new value also sees that the old number is
        // gone.
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

/// The same for a task during which its worker died, whose own records were destroyed with it.
/// Written by the pool.
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
