// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/inflighttasks.h>
#include <procession/pool/shared/poolqueue.h>
#include <procession/pool/worker/workertable.h>

#include <chrono>

namespace procession {

/// Finds workers stopped by SIGSTOP that block the others: they do not end, so nothing else would
/// notice them.
///
/// Requires the pool's lock.
class StuckWorkerDetector
{
public:
    using Clock = WorkerTable::Clock;

    StuckWorkerDetector(PoolQueue tasks, PoolQueue reports) : m_taskQueue(std::move(tasks)), m_reports(std::move(reports)) { }

    /// The stopped workers that hold the lock of a queue, or that have no task although tasks wait.
    /// Looks only after the queues have not moved for a while.
    /// \param tasks       the tasks in flight; a worker has reported all that it claimed beyond them
    /// \param areToLeave  whether all workers are ending, so that each stopped one counts
    /// \param patience    the least time without movement
    std::vector<WorkerTable::Worker *> find(
        WorkerTable &workers, InFlightTasks &tasks, bool areToLeave, Clock::time_point now, std::chrono::milliseconds patience);
    /// The worker that blocks the others' reports because it is stopped or was just killed; null when
    /// there is none.
    WorkerTable::Worker *reporter(WorkerTable &workers) const;

private:
    static bool isStopped(const WorkerTable::Worker &worker);

    PoolQueue m_taskQueue;
    PoolQueue m_reports;
    quint64 m_moves = 0;
    Clock::time_point m_since;
};

} // namespace procession
