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

class ProcessRuntime;

/// The workers of a pool, seen from the pool's process.
///
/// Requires the pool's lock.
class WorkerTable
{
public:
    using Clock = std::chrono::steady_clock;

    struct Worker
    {
        quint32 number = 0; ///< in the pool, counted from 1
        QString name{};
        WorkerHandle record;
        ProcessHandle handle{};
        bool isReady = false; ///< this process has seen that its initializer returned
        qsizetype cpu = -1; ///< index in PoolOptions::affinity of the CPU it is bound to
        bool isLeaving = false; ///< it was asked to leave or was given up, and needs a replacement
    };
    struct Ended
    {
        Worker worker;
        qint64 pid = 0;
        ExitStatus status;
    };
    /// What all workers have in common; record and initializer belong to each one.
    struct Common
    {
        PoolHandle pool;
        PoolQueue tasks;
        PoolQueue reports;
        std::function<quint32(quint64)> runHere{}; ///< only for threads
        OutputRelay *output = nullptr; ///< null when no output is captured
    };

    WorkerTable(const PoolOptions &options, StartMethod method, Common common);

    /// Starts one more worker. Blocks until its process exists.
    /// \throws ProcessError, SystemError
    void start();

    std::vector<Worker> &all() { return m_workers; }
    const std::vector<Worker> &all() const { return m_workers; }
    /// The worker that has that task or may have it; null when there is none.
    Worker *on(quint64 task);
    /// The number of workers that take tasks.
    int staying() const;
    bool areThreads() const { return m_method == StartMethod::Thread; }
    /// Whether this process is ending and terminates the workers, so that none must be replaced.
    bool areTerminatedWithProcess() const;

    /// Removes and returns the workers that have ended.
    std::vector<Ended> takeEnded();
    /// The threads whose end a futex wait can detect.
    std::span<const ThreadWord> threads() const { return m_threads; }
    /// When to check the other workers again, whose end no futex shows; unset when there are none, 0 to
    /// check at once.
    std::optional<std::chrono::microseconds> lookAgain() const { return m_lookAgain; }

    /// Asks a worker to end after its present task.
    void askToLeave(Worker &worker);
    /// Makes a thread start no more tasks; isTaskCancelled() returns true in the present one.
    void doom(Worker &worker);
    /// Kills the worker if it still has that task; it then has ended or reported all others.
    /// \returns whether it was killed; threads cannot be
    bool killFor(Worker &worker, quint64 task);
    /// Sends SIGTERM to all workers, and SIGKILL to those that are not ready, which have nothing to
    /// clean up. Does nothing to threads.
    void terminateAll();
    /// Sends SIGKILL to all workers; forgets one that this process may not kill. Does nothing to threads.
    void killAll();
    /// Forgets all workers, whose handles are useless. They end with this process at the latest. Does
    /// nothing to threads.
    void abandon();

private:
    qsizetype leastUsedCpu() const;
    void lookAgain(bool areStarting, bool areEnding);
    void forget(const Worker &worker);

    PoolOptions m_options;
    StartMethod m_method;
    Common m_common;
    ProcessRuntime &m_own;
    quint32 m_started = 0;
    std::vector<Worker> m_workers;
    std::vector<ThreadWord> m_threads;
    std::optional<std::chrono::microseconds> m_lookAgain;
    std::optional<std::chrono::steady_clock::time_point> m_endingSince; ///< since then at least one has been ending
};

} // namespace procession
