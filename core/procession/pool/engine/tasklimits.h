// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/stoppedworkers.h>
#include <procession/pool/engine/taskstopper.h>

#include <chrono>

namespace procession {

/// Sees to it that tasks take no longer and no more memory than they may, and that workers that somebody has stopped do not keep the others
/// from going on.
///
/// With the pool's lock held.
class TaskLimits
{
public:
    using Clock = PoolTasks::Clock;

    /// \param name         of the pool
    /// \param memoryLimit  PoolOptions::memoryLimit
    TaskLimits(const QString &name, qint64 memoryLimit, StoppedWorkers stopped, PoolTasks &tasks, PoolWorkers &workers,
        TaskStopper &stopper);

    /// The batch has tasks that may be limited in time.
    void add(const TaskBatch &batch);
    /// All workers have been told to end, and each one is waited for.
    void expectEnd();
    /// What the pool does meanwhile.
    enum class State : quint8 { Working, Paused, Ending };
    /// Looks whether there is something to do, if it is time to.
    void check(State state, Clock::time_point now);
    /// When it is time.
    Clock::time_point next() const { return std::min(m_nextTimeout, nextMemoryLook()); }

private:
    void checkTimes(State state, Clock::time_point now);
    static std::chrono::milliseconds timeoutOf(const TaskBatch &batch);
    bool isLimited(const TaskInFlight *task) const;
    bool killStoppedReporter(quint64 but);
    void kill(PoolWorkers::Worker &worker);
    void checkMemory();
    Clock::time_point nextMemoryLook() const;

    QByteArray m_name;
    qint64 m_memoryLimit;
    StoppedWorkers m_stopped;
    PoolTasks &m_tasks;
    PoolWorkers &m_workers;
    TaskStopper &m_stopper;
    std::chrono::milliseconds m_shortestTimeout{0}; ///< of all tasks that ever came; 0: none may run only so long
    Clock::time_point m_nextTimeout = Clock::time_point::max();
    bool m_wasLate = false; ///< the last look at the times
    Clock::time_point m_lastMemoryLook;
};

} // namespace procession
