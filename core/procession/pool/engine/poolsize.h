// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/worker/poolworkers.h>

#include <string>

namespace procession {

/// Sees to it that a pool has as many workers as it is to have, and does not start for ever what does not come to life.
///
/// With the pool's lock held.
class PoolSize
{
public:
    using Clock = PoolWorkers::Clock;

    /// \param name       of the pool
    /// \param processes  how many there are to be
    PoolSize(const QString &name, int processes, PoolRecord record, PoolWorkers &workers);

    int processes() const { return m_processes; }
    /// Some leave when there are too many; keep() starts those who are missing.
    void set(int processes);
    /// \throws ProcessError, SystemError when one cannot be started
    void startAll();
    /// Starts those who are missing, if it is time to.
    void keep(Clock::time_point now);
    /// When keep() is to be called, though nothing else happens.
    Clock::time_point next(Clock::time_point now) const;

    /// What an initializer has thrown.
    void noteReason(const std::string &why) { m_whyNotStarted = why; }
    /// A worker has ended, or could not be started, before it came to life.
    void noteFailedStart(const std::string &why, Clock::time_point now);
    /// One has come to life.
    void noteLife() { m_failedStarts = 0; }
    /// Whether so many have not that it is to be given up.
    bool isHopeless() const;
    /// Why the first of them did not.
    const std::string &whyNotStarted() const { return m_whyNotStarted; }

private:
    void noteReady();
    bool hasReadyWorker() const;

    QByteArray m_name;
    PoolRecord m_record;
    PoolWorkers &m_workers;
    int m_processes;
    int m_failedStarts = 0; ///< one after the other
    std::string m_whyNotStarted;
    Clock::time_point m_nextStart; ///< not before
};

} // namespace procession
