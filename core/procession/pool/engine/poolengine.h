// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/crashrecovery.h>
#include <procession/pool/engine/limitenforcer.h>
#include <procession/pool/engine/reportreader.h>
#include <procession/pool/shared/poolworkerinfo.h>

#include <mutex>
#include <utility>

namespace procession {

/// The state machine of a pool, without threads: collects reports of the workers, handles workers
/// that end, and moves from phase to phase. Its parts do the rest: tasks, limits, losses, and the
/// number of workers.
///
/// Requires the pool's lock, which PoolDriver acquires.
class PoolEngine
{
public:
    using Clock = std::chrono::steady_clock;

    /// \param options  complete: every option has a value
    /// \param lock     acquires the pool's lock, for workers that are threads
    /// \throws SharedMemoryError, SystemError
    PoolEngine(const PoolOptions &options, const QString &name, std::function<std::unique_lock<std::mutex>()> lock);
    ~PoolEngine();
    Q_DISABLE_COPY_MOVE(PoolEngine)

    /// Starts the workers. \throws ProcessError, SystemError when one of them cannot be started
    void startAll();
    /// \throws PoolError when the pool accepts no more tasks
    void requireOpen() const;
    /// Checks from time to time whether the batch is still wanted.
    void watch(const std::shared_ptr<Submission> &batch) { m_watched.push_back(batch); }
    /// Adds a batch whose calls wait for workers.
    void add(const std::shared_ptr<Submission> &batch);
    /// Fails all unfinished calls of a batch and kills the workers that run some of them.
    void cancel(const std::shared_ptr<Submission> &batch);
    /// The captured output, up to now, of the batch's tasks that workers run.
    CallOutput present(const std::shared_ptr<Submission> &batch);

    /// Collects reports of the workers. \returns whether there were any
    bool collect();
    /// Handles workers that have ended and tasks that exceed their limits, when a check is due.
    /// \param always  check even if none is due
    void lookAfter(bool always);
    void handOut();
    /// When lookAfter() is next due even if nothing else happens.
    Clock::time_point nextLook() const;
    /// Blocks until a worker reports or ends, `nudge` changes, or the deadline passes. Called without
    /// the pool's lock.
    /// \param threads  a copy of threads()
    void sleep(QDeadlineTimer deadline, FutexExpectation nudge, std::span<const ThreadWord> threads) const;
    std::vector<ThreadWord> threads() const;
    /// Passes a wake-up on, for a thread that was woken and stops waiting.
    void wakeNext() const { m_reportQueue.wakeNext(); }

    void close();
    void terminate();
    void setPaused(bool paused);
    void resize(int processes);
    /// \param number  the worker's number. \throws PoolError when there is no such worker
    void restartWorker(quint32 number);

    /// Writes the workers' remaining output and stops reading. Blocks until it is written, or the
    /// streams have accepted nothing for a second. Called without the pool's lock once no worker is left.
    void finishOutput();
    /// Releases the resources of tasks that will never run: a terminated pool may live as long as its
    /// results. Called once no worker is left.
    void dropTasks();
    /// Fails the pool because of an external cause; the second call gives the workers up.
    void breakDown(const std::string &why);

    std::vector<PoolWorkerInfo> describeWorkers();
    bool hasLater() const { return !m_tasks.later().empty(); }
    PoolPhase phase() const { return m_phase; }
    bool hasTasks() const { return !m_tasks.isEmpty(); }
    bool hasWorkers() { return !m_workers.all().empty(); }
    int processes() const { return m_size.processes(); }
    const PoolHandle &record() const { return m_record; }
    /// Takes the actions that the pool's thread performs without the lock.
    Submission::Later takeLater() { return std::exchange(m_tasks.later(), {}); }
    /// Whether calls or workers have ended since the last call.
    bool takeChange()
    {
        const bool hasLostWorkers = std::exchange(m_hasLostWorkers, false);
        return m_tasks.takeChange() || hasLostWorkers;
    }

private:
    void settle(const WorkerTable::Ended &gone, Clock::time_point now);
    void keepSize(Clock::time_point now);
    void endIdleWorkers();
    void endTasks(PoolPhase phase, const std::string &why);
    void failTasks();
    void dismissThreads();
    void dropUnwanted();
    void setPhase(PoolPhase phase);
    bool isOver() const { return m_phase == PoolPhase::Terminated || m_phase == PoolPhase::Broken; }
    LimitEnforcer::State limitsState() const;
    CallOutput present(const TaskInFlight &task);
    quint32 runHere(quint64 task);

    QString m_name;
    std::function<std::unique_lock<std::mutex>()> m_lock;
    PoolHandle m_record;
    PoolQueue m_taskQueue;
    PoolQueue m_reportQueue;
    std::unique_ptr<OutputRelay> m_output; ///< null when no output of workers is captured
    WorkerTable m_workers;
    TaskLedger m_tasks;
    TaskCanceller m_stopper;
    LimitEnforcer m_limits;
    CrashRecovery m_losses;
    WorkerReplenisher m_size;
    ReportReader m_reports;
    PoolPhase m_phase = PoolPhase::Open;
    std::string m_whyBroken;
    std::string m_whyOver; // follows the pool's name in the errors of its last tasks
    std::vector<std::weak_ptr<Submission>> m_watched; ///< batches that can become unwanted
    Clock::time_point m_lastLook;
    Clock::time_point m_killTime = Clock::time_point::max(); ///< when workers that ignore SIGTERM are killed
    Clock::time_point m_outputStart; ///< when reading the captured output starts
    bool m_hasLostWorkers = false;
    bool m_areSeenOff = false;
};

} // namespace procession
