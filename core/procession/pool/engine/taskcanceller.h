// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/taskledger.h>
#include <procession/pool/worker/workertable.h>

namespace procession {

/// Stops tasks in flight, whether or not a worker has started them.
///
/// Requires the pool's lock.
class TaskCanceller
{
public:
    TaskCanceller(PoolHandle record, TaskLedger &tasks, WorkerTable &workers)
        : m_record(std::move(record)), m_tasks(tasks), m_workers(workers)
    {
    }

    /// Keeps a waiting task from starting, if `fate` is Cancelled, and kills the worker of a running
    /// one. A thread cannot be killed: its outcome is discarded.
    /// \param fate  why
    void stop(TaskInFlight &task, TaskInFlight::Fate fate);

    /// The exception of a task that exceeded its time-out.
    static std::exception_ptr timeout(const TaskInFlight &task);

private:
    PoolHandle m_record;
    TaskLedger &m_tasks;
    WorkerTable &m_workers;
};

} // namespace procession
