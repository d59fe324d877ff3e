// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/worker/workertable.h>

#include <string>

namespace procession {

/// Keeps the configured number of workers running, and gives up when new workers keep failing.
///
/// Requires the pool's lock.
class WorkerReplenisher
{
public:
    using Clock = WorkerTable::Clock;

    /// \param name       the pool's name
    /// \param processes  the number of workers to keep
    WorkerReplenisher(const QString &name, int processes, PoolHandle record, WorkerTable &workers);

    int processes() const { return m_processes; }
    /// Changes the number: surplus workers leave, and keep() starts missing ones.
    void set(int processes);
    /// \throws ProcessError, SystemError when a worker cannot be started
    void startAll();
    /// Starts missing workers when a start is due.
    void keep(Clock::time_point now);
    /// When keep() is next due even if nothing else happens.
    Clock::time_point next(Clock::time_point now) const;

    /// Records what an initializer has thrown.
    void noteReason(const std::string &why) { m_whyNotStarted = why; }
    /// Records that a worker could not be started or ended before it was ready.
    void noteFailedStart(const std::string &why, Clock::time_point now);
    /// Records that a worker is ready.
    void noteLife() { m_failedStarts = 0; }
    /// Whether so many starts have failed in a row that the pool must give up.
    bool isHopeless() const;
    /// Why the first of them failed.
    const std::string &whyNotStarted() const { return m_whyNotStarted; }

private:
    void noteReady();
    bool hasReadyWorker() const;

    QByteArray m_name;
    PoolHandle m_record;
    WorkerTable &m_workers;
    int m_processes;
    int m_failedStarts = 0; ///< in a row
    std::string m_whyNotStarted;
    Clock::time_point m_nextStart; ///< no start before
};

} // namespace procession
