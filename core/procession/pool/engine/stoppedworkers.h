// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/inflighttasks.h>
#include <procession/pool/shared/poolqueue.h>
#include <procession/pool/worker/poolworkers.h>

#include <chrono>

namespace procession {

/// Finds workers that somebody has stopped (SIGSTOP) where it keeps the others from going on: they do not end, so nobody would notice.
///
/// With the pool's lock held.
class StoppedWorkers
{
public:
    using Clock = PoolWorkers::Clock;

    StoppedWorkers(PoolQueue tasks, PoolQueue reports) : m_tasks(std::move(tasks)), m_reports(std::move(reports)) { }

    /// Those who are stopped while they have no task, though tasks wait, or while they have the lock of a queue. Only after nothing has
    /// moved in the queues for a while.
    /// \param tasks       in flight. What a worker claims beyond them it has reported
    /// \param areToLeave  all workers are to, so that each who is stopped is waited for
    /// \param patience    how long, at least
    std::vector<PoolWorkers::Worker *> find(
        PoolWorkers &workers, InFlightTasks &tasks, bool areToLeave, Clock::time_point now, std::chrono::milliseconds patience);
    /// The worker that keeps the others from reporting because it is stopped, or has just been killed; null when there is none.
    PoolWorkers::Worker *reporter(PoolWorkers &workers) const;

private:
    static bool isStopped(const PoolWorkers::Worker &worker);

    PoolQueue m_tasks;
    PoolQueue m_reports;
    quint64 m_moves = 0;
    Clock::time_point m_since;
};

} // namespace procession
