// SPDX-License-Identifier: MIT
#pragma once

#include <procession/poolworkerinfo.h>
#include <procession/poolworkers.h>
#include <procession/stoppedworkers.h>
#include <procession/taskdispatcher.h>
#include <procession/taskmessage.h>

#include <mutex>
#include <utility>

namespace procession {

/// What a pool does, without the question who does it when: hands out tasks, takes what the workers report, and sees to it that there
/// are workers.
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
    void wakeNext() const { m_reports.wakeNext(); }

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
    /// The workers cannot go on, for a reason that lies outside of them.
    void breakDown(const std::string &why);

    std::vector<PoolWorkerInfo> describeWorkers();
    bool hasLater() const { return !m_later.empty(); }
    PoolPhase phase() const { return m_phase; }
    bool hasTasks() const { return m_inFlight.count() > 0 || m_dispatcher.waiting() > 0; }
    bool hasWorkers() { return !m_workers.all().empty(); }
    int processes() const { return m_processes; }
    const PoolRecord &record() const { return m_record; }
    /// What is to be done without the lock, in the pool's thread.
    TaskBatch::Later takeLater() { return std::exchange(m_later, {}); }
    /// Whether calls or workers have ended since this was last asked.
    bool takeChange() { return std::exchange(m_hasChanged, false); }

private:
    void report(QByteArrayView message, std::span<Descriptor> descriptors);
    void progressed(TaskInFlight &task, Decoder &decoder);
    void notStarted(Decoder &decoder);
    void outcomes(TaskInFlight &task, const ReportHead &head, Decoder &decoder);
    void finish(TaskInFlight &task);
    void fail(TaskBatch &batch, const TaskChunk &chunk, const std::exception_ptr &exception);
    void ended(TaskBatch &batch, const TaskChunk &chunk, quint64 failures);
    bool mayRetry(const TaskInFlight &task) const;
    void retry(TaskInFlight &task);
    void settle(const PoolWorkers::Ended &gone, Clock::time_point now);
    void noteLoss(const PoolWorkers::Ended &gone, const TaskInFlight &task);
    void leftUnread(TaskInFlight &task, const PoolWorkers::Ended &gone, const QByteArray &lastWords);
    void dismissThreads();
    bool hasReadyWorker() const;
    std::exception_ptr lost(const TaskInFlight &task, const PoolWorkers::Ended &gone, const QByteArray &lastWords) const;
    static std::exception_ptr timedOut(const TaskInFlight &task);
    void lose(TaskInFlight &task, const PoolWorkers::Ended &gone, OutputRelay::Last &&last);
    void stop(TaskInFlight &task, TaskInFlight::Fate fate);
    void noteFailedStart(const std::string &why, Clock::time_point now);
    void keepSize(Clock::time_point now);
    void noteReady();
    void seeThemOff();
    void checkTimes(Clock::time_point now);
    void killStopped(Clock::time_point now);
    bool killStoppedReporter(quint64 but);
    void kill(PoolWorkers::Worker &worker);
    void checkMemory(Clock::time_point now);
    Clock::time_point nextMemoryLook() const;
    void dropUnwanted();
    PoolWorkers::Worker *workerOn(quint64 task);
    CallOutput present(const TaskInFlight &task);
    void failAll(const std::exception_ptr &exception);
    void setPhase(PoolPhase phase);
    void publish();
    quint32 runHere(quint64 task);

    PoolOptions m_options;
    QString m_name;
    std::function<std::unique_lock<std::mutex>()> m_lock;
    PoolRecord m_record;
    PoolQueue m_tasks;
    PoolQueue m_reports;
    InFlightTasks m_inFlight;
    std::unique_ptr<OutputRelay> m_output; ///< null when nothing that the workers write is read
    PoolWorkers m_workers;
    TaskDispatcher m_dispatcher;
    StoppedWorkers m_stopped;
    PoolPhase m_phase = PoolPhase::Open;
    int m_processes;
    std::chrono::milliseconds m_shortestTimeout{0}; ///< of all tasks that ever came; 0: none may run only so long
    Clock::time_point m_nextTimeout = Clock::time_point::max();
    Clock::time_point m_lastMemoryLook;
    std::vector<std::weak_ptr<TaskBatch>> m_watched; ///< batches that can become unwanted
    int m_failedStarts = 0; ///< one after the other
    quint64 m_losses = 0; ///< that have been noted
    std::string m_whyNotStarted;
    std::string m_whyBroken;
    Clock::time_point m_nextStart; ///< not before
    Clock::time_point m_lastLook;
    Clock::time_point m_killTime = Clock::time_point::max(); ///< of those who do not heed SIGTERM
    TaskBatch::Later m_later;
    Clock::time_point m_outputStart; ///< when what they write is read from then on
    bool m_hasChanged = false;
    bool m_areSeenOff = false;
};

} // namespace procession
