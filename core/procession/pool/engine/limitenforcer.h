// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/stuckworkerdetector.h>
#include <procession/pool/engine/taskcanceller.h>

#include <chrono>

namespace procession {

/// Enforces the time-outs and memory limits of tasks, and handles stopped workers that block the
/// others.
///
/// Requires the pool's lock.
class LimitEnforcer
{
public:
    using Clock = TaskLedger::Clock;

    /// \param name         the pool's name
    /// \param memoryLimit  PoolOptions::memoryLimit
    LimitEnforcer(const QString &name, qint64 memoryLimit, StuckWorkerDetector stopped, TaskLedger &tasks, WorkerTable &workers,
        TaskCanceller &stopper);

    /// Notes the time-outs of a batch's tasks.
    void add(const Submission &batch);
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
    static std::chrono::milliseconds timeoutOf(const Submission &batch);
    bool isLimited(const TaskInFlight *task) const;
    bool killStoppedReporter(quint64 but);
    void kill(WorkerTable::Worker &worker);
    void checkMemory();
    Clock::time_point nextMemoryLook() const;

    QByteArray m_name;
    qint64 m_memoryLimit;
    StuckWorkerDetector m_stopped;
    TaskLedger &m_tasks;
    WorkerTable &m_workers;
    TaskCanceller &m_stopper;
    std::chrono::milliseconds m_shortestTimeout{0}; ///< the shortest time-out of all tasks so far; 0 when none had one
    Clock::time_point m_nextTimeout = Clock::time_point::max();
    bool m_wasLate = false; ///< whether the last check of the time-outs was late
    Clock::time_point m_lastMemoryLook;
};

} // namespace procession
