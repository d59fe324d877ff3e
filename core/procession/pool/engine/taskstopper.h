// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/pooltasks.h>
#include <procession/pool/worker/poolworkers.h>

namespace procession {

/// Stops tasks in flight, whether or not a worker has started them.
///
/// Requires the pool's lock.
class TaskStopper
{
public:
    TaskStopper(PoolRecord record, PoolTasks &tasks, PoolWorkers &workers)
        : m_record(std::move(record)), m_tasks(tasks), m_workers(workers)
    {
    }

    /// Cancels a task that has not started and kills the worker of one that has. A thread cannot be
    /// killed: its outcome is discarded.
    /// \param fate  why
    void stop(TaskInFlight &task, TaskInFlight::Fate fate);

    /// The exception of a task that exceeded its time-out.
    static std::exception_ptr timeout(const TaskInFlight &task);

private:
    PoolRecord m_record;
    PoolTasks &m_tasks;
    PoolWorkers &m_workers;
};

} // namespace procession
