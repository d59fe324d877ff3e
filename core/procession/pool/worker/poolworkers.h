// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/options/pooloptions.h>
#include <procession/pool/output/outputrelay.h>
#include <procession/pool/worker/workersetup.h>
#include <procession/process/child/processhandle.h>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace procession {

class OwnProcess;

/// The workers of a pool as the process sees them that has the pool.
///
/// With the pool's lock held.
class PoolWorkers
{
public:
    using Clock = std::chrono::steady_clock;

    struct Worker
    {
        quint32 number = 0; ///< in the pool, from 1
        QString name{};
        WorkerRecord record;
        ProcessHandle handle{};
        bool isReady = false; ///< somebody has seen that its initializer returned
        qsizetype cpu = -1; ///< which of PoolOptions::affinity it is bound to
        bool isLeaving = false; ///< it was told to, or it has been given up: another one takes its place
    };
    struct Ended
    {
        Worker worker;
        qint64 pid = 0;
        ExitStatus status;
    };
    /// What all workers are given; the record and the initializer are each one's own.
    struct Common
    {
        PoolRecord pool;
        PoolQueue tasks;
        PoolQueue reports;
        std::function<quint32(quint64)> runHere{}; ///< only for threads
        OutputRelay *output = nullptr; ///< null when nothing that they write is read
    };

    PoolWorkers(const PoolOptions &options, StartMethod method, Common common);

    /// Starts one more. Blocks until it exists.
    /// \throws ProcessError, SystemError
    void start();

    std::vector<Worker> &all() { return m_workers; }
    const std::vector<Worker> &all() const { return m_workers; }
    /// Who has that task, or may have it; null for nobody.
    Worker *on(quint64 task);
    /// How many are there to take tasks.
    int staying() const;
    bool areThreads() const { return m_method == StartMethod::Thread; }
    /// Whether this process is at its end, and terminates the workers: none is to be replaced.
    bool areTerminatedWithProcess() const;

    /// Takes those that have ended out of the list.
    std::vector<Ended> takeEnded();
    /// The threads on whose end one can sleep.
    std::span<const ThreadWord> threads() const { return m_threads; }
    /// How long to wait before they are looked at again, since there are some on whose end one cannot sleep; empty when there are none, 0
    /// when it is worth while to look at once.
    std::optional<std::chrono::microseconds> lookAgain() const { return m_lookAgain; }

    /// A worker begins no task any more, and ends as soon as the present one is done.
    void tellToLeave(Worker &worker);
    /// A thread begins no task any more, and isTaskCancelled() is true in the present one.
    void doom(Worker &worker);
    /// Kills a worker if it still has that task, and then whatever else it has done is done. \returns whether it was killed; threads
    /// cannot be
    bool killFor(Worker &worker, quint64 task);
    /// SIGTERM to all, and SIGKILL to those who have not come to life, and have nothing to put in order. Nothing happens to threads.
    void terminateAll();
    /// SIGKILL; one that the system does not let us kill is forgotten. Nothing happens to threads.
    void killAll();
    /// Forgets all of them: their handles are of no use. They end with this process at the latest. Nothing happens to threads.
    void abandon();

private:
    qsizetype leastUsedCpu() const;
    void lookAgain(bool areStarting, bool areEnding);
    void forget(const Worker &worker);

    PoolOptions m_options;
    StartMethod m_method;
    Common m_common;
    OwnProcess &m_own;
    quint32 m_started = 0;
    std::vector<Worker> m_workers;
    std::vector<ThreadWord> m_threads;
    std::optional<std::chrono::microseconds> m_lookAgain;
    std::optional<std::chrono::steady_clock::time_point> m_endingSince; ///< from then on there has always been one
};

} // namespace procession
