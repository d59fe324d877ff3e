// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/stoppedworkers.h>
#include <procession/pool/engine/taskstopper.h>

#include <chrono>

namespace procession {

/// Enforces the time-outs and memory limits of tasks, and handles stopped workers that block the
/// others.
///
/// Requires the pool's lock.
class TaskLimits
{
public:
    using Clock = PoolTasks::Clock;

    /// \param name         the pool's name
    /// \param memoryLimit  PoolOptions::memoryLimit
    TaskLimits(const QString &name, qint64 memoryLimit, StoppedWorkers stopped, PoolTasks &tasks, PoolWorkers &workers,
        TaskStopper &stopper);

    /// Notes the time-outs of a batch's tasks.
    void add(const TaskBatch &batch);
    /// Notes that all workers were asked to end and that the pool waits for each one.
    void expectEnd();
    /// The phase of the pool.
    enum class State : quint8 { Working, Paused, Ending };
    /// Checks the limits, when a check is due.
    void check(State state, Clock::time_point now);
    /// When the next check is due.
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
    std::chrono::milliseconds m_shortestTimeout{0}; ///< the shortest time-out of all tasks so far; 0 when none had one
    Clock::time_point m_nextTimeout = Clock::time_point::max();
    bool m_wasLate = false; ///< whether the last check of the time-outs was late
    Clock::time_point m_lastMemoryLook;
};

} // namespace procession
