// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/losttasks.h>
#include <procession/pool/engine/poolreports.h>
#include <procession/pool/engine/tasklimits.h>
#include <procession/pool/shared/poolworkerinfo.h>

#include <mutex>
#include <utility>

namespace procession {

/// What a pool does, without the question who does it when: takes what the workers report, deals with those that end, and goes from one
/// phase to the next. Its parts do the rest: the tasks, their limits, the losses, and the number of workers.
///
/// With the pool's lock held, which is taken and left by PoolHandler.
class PoolCore
{
public:
    using Clock = std::chrono::steady_clock;

    /// \param options  all of them set
    /// \param lock     takes the pool's lock, for workers that are threads
    /// \throws SharedMemoryError, SystemError
    PoolCore(const PoolOptions &options, const QString &name, std::function<std::unique_lock<std::mutex>()> lock);
    ~PoolCore();
    Q_DISABLE_COPY_MOVE(PoolCore)

    /// Starts the workers. \throws ProcessError, SystemError when one cannot be started
    void startAll();
    /// \throws PoolError when no more tasks are taken
    void requireOpen() const;
    /// The batch is asked now and then whether it is unwanted.
    void watch(const std::shared_ptr<TaskBatch> &batch) { m_watched.push_back(batch); }
    /// Calls of the batch wait.
    void add(const std::shared_ptr<TaskBatch> &batch);
    /// Fails all calls of a batch that have not ended; workers that have some are killed.
    void cancel(const std::shared_ptr<TaskBatch> &batch);
    /// What those of its tasks that workers are at have written until now, as far as it is captured.
    CallOutput present(const std::shared_ptr<TaskBatch> &batch);

    /// Takes what the workers have reported. \returns whether there was anything
    bool collect();
    /// Deals with workers that ended and tasks that take too long, if it is time to.
    /// \param always  whether or not it is time
    void lookAfter(bool always);
    void handOut();
    /// When lookAfter() is to be called, though nothing else happens.
    Clock::time_point nextLook() const;
    /// Blocks until a worker reports or ends, `nudge` changes, or the deadline passes. Without the pool's lock.
    /// \param threads  a copy of threads()
    void sleep(QDeadlineTimer deadline, FutexExpectation nudge, std::span<const ThreadWord> threads) const;
    std::vector<ThreadWord> threads() const;
    /// Wakes another one who sleeps, for one who has been woken and goes.
    void wakeNext() const { m_reportQueue.wakeNext(); }

    void close();
    void terminate();
    void setPaused(bool paused);
    void resize(int processes);
    /// \param number  of the worker. \throws PoolError when there is none
    void restartWorker(quint32 number);

    /// Writes out what the workers have left, and reads nothing more. Blocks for a second at most. Without the pool's lock, when no
    /// worker is left.
    void finishOutput();
    /// Gives back what tasks have that will never be begun: a pool that was terminated may last as long as its results. When no worker is
    /// left.
    void dropTasks();
    /// The workers cannot go on, for a reason that lies outside of them. The second time they are given up, whatever becomes of them.
    void breakDown(const std::string &why);

    std::vector<PoolWorkerInfo> describeWorkers();
    bool hasLater() const { return !m_tasks.later().empty(); }
    PoolPhase phase() const { return m_phase; }
    bool hasTasks() const { return !m_tasks.isEmpty(); }
    bool hasWorkers() { return !m_workers.all().empty(); }
    int processes() const { return m_size.processes(); }
    const PoolRecord &record() const { return m_record; }
    /// What is to be done without the lock, in the pool's thread.
    TaskBatch::Later takeLater() { return std::exchange(m_tasks.later(), {}); }
    /// Whether calls or workers have ended since this was last asked.
    bool takeChange()
    {
        const bool hasLostWorkers = std::exchange(m_hasLostWorkers, false);
        return m_tasks.takeChange() || hasLostWorkers;
    }

private:
    void settle(const PoolWorkers::Ended &gone, Clock::time_point now);
    void keepSize(Clock::time_point now);
    void seeThemOff();
    void endTasks(PoolPhase phase, const std::string &why);
    void failTasks();
    void dismissThreads();
    void dropUnwanted();
    void setPhase(PoolPhase phase);
    bool isOver() const { return m_phase == PoolPhase::Terminated || m_phase == PoolPhase::Broken; }
    TaskLimits::State limitsState() const;
    CallOutput present(const TaskInFlight &task);
    quint32 runHere(quint64 task);

    QString m_name;
    std::function<std::unique_lock<std::mutex>()> m_lock;
    PoolRecord m_record;
    PoolQueue m_taskQueue;
    PoolQueue m_reportQueue;
    std::unique_ptr<OutputRelay> m_output; ///< null when nothing that the workers write is read
    PoolWorkers m_workers;
    PoolTasks m_tasks;
    TaskStopper m_stopper;
    TaskLimits m_limits;
    LostTasks m_losses;
    PoolSize m_size;
    PoolReports m_reports;
    PoolPhase m_phase = PoolPhase::Open;
    std::string m_whyBroken;
    std::string m_whyOver; // what follows the name of the pool in the errors of its last tasks
    std::vector<std::weak_ptr<TaskBatch>> m_watched; ///< batches that can become unwanted
    Clock::time_point m_lastLook;
    Clock::time_point m_killTime = Clock::time_point::max(); ///< of those who do not heed SIGTERM
    Clock::time_point m_outputStart; ///< when what they write is read from then on
    bool m_hasLostWorkers = false;
    bool m_areSeenOff = false;
};

} // namespace procession
