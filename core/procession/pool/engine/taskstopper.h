// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/pooltasks.h>
#include <procession/pool/worker/poolworkers.h>

namespace procession {

/// Stops tasks in flight, whether or not a worker has begun them.
///
/// With the pool's lock held.
class TaskStopper
{
public:
    TaskStopper(PoolRecord record, PoolTasks &tasks, PoolWorkers &workers)
        : m_record(std::move(record)), m_tasks(tasks), m_workers(workers)
    {
    }

    /// Has a task not begun when it is cancelled, and its worker killed. A thread cannot be: what it does is of no interest any more.
    /// \param fate  why
    void stop(TaskInFlight &task, TaskInFlight::Fate fate);

    /// What is thrown for a task that took too long.
    static std::exception_ptr timeout(const TaskInFlight &task);

private:
    PoolRecord m_record;
    PoolTasks &m_tasks;
    PoolWorkers &m_workers;
};

} // namespace procession
