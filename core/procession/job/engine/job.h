// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/executor.h>
#include <procession/job/task/jobobserver.h>
#include <procession/job/task/joboptions.h>
#include <procession/job/task/tasksource.h>

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <array>
#include <memory>
#include <vector>

namespace procession {

/// The figures of a job at one moment.
struct JobSummary
{
    JobState state = JobState::Ready;
    std::array<qint64, TaskStateCount> tasks{}; ///< how many tasks are in each state, by TaskState
    qint64 attemptsEnded = 0; ///< by this run of the program
    int workers = 0; ///< wanted
    int busyWorkers = 0;
    int stoppedWorkers = 0; ///< how many busy workers have an attempt that is suspended or stopped
    qint64 startedAt = 0; ///< microseconds since the epoch; 0 before start()
    qint64 endedAt = 0; ///< 0 until it has finished
    qint64 stoodStill = 0; ///< microseconds since startedAt in which nothing could go on: see Job::standStill()
    bool halted = false; ///< a halt rule gave the job up
    bool moreMayCome = false; ///< the number of tasks is not known yet: total() is what has come so far
    qint64 endedBefore = 0; ///< tasks that had ended in an earlier run: they say nothing of the speed
    bool heldBack = false; ///< the load or memory guard keeps tasks from starting

    qint64 count(TaskState taskState) const { return tasks[static_cast<std::size_t>(taskState)]; }
    qint64 total() const;
    qint64 ended() const; ///< tasks in Done, Failed, Cancelled or Lost
};

/// A worker at one moment.
struct WorkerSnapshot
{
    int id = 0; ///< from 1, as `{%}`
    WorkerState state = WorkerState::Idle;
    qint64 pid = 0;
    bool hasTask = false;
    TaskIndex task = 0; ///< the one that runs; of no meaning without hasTask
    qint64 taskStartedAt = 0; ///< microseconds since the epoch
    qint64 done = 0; ///< attempts that succeeded here
    qint64 failed = 0; ///< attempts that did not
    qint64 cpuTime = 0; ///< of the running attempt, microseconds; see Job::setUsageInterval
    qint64 memory = 0; ///< of the running attempt, bytes
    AttemptProgress progress{}; ///< of the running attempt; see Job::setUsageInterval
};

class JobRunner;

/// A batch of tasks that a person started: tasks, attempts, workers and a backlog.
///
/// \code
/// auto batch = std::make_shared<CommandBatch>(definition);
/// Job job(batch, std::make_unique<CommandExecutor>(batch, folder), JobOptions{.workers = 4});
/// QObject::connect(&job, &Job::finished, &app, &QCoreApplication::quit);
/// job.start();
/// \endcode
///
/// Call all functions from the thread that the job lives in, unless they say otherwise. Only the
/// destructor waits for tasks. The job works in one thread of its own, whatever the number of
/// workers, and delivers signals in the job's thread through its event loop.
///
/// With a growing source, append() adds tasks while the job runs, and the job forgets tasks some time
/// after they end: they stay counted, and the store has their records, but they cannot be requeued.
///
/// Requests (pause(), stop(), cancel(), …) are carried out in order, soon after they return. A
/// request that does not apply to the present state (resume() of a running job, a signal to a task
/// that has ended) does nothing.
class Job : public QObject
{
    Q_OBJECT

public:
    /// \param source     the tasks
    /// \param executor   runs them
    /// \param observers  receive every change in the runner thread; kept until the job is destroyed
    /// \param before     the records of an earlier run of the same tasks, one for each, or empty: Done
    ///                   tasks stay Done, Queued ones run, others stay as they are
    Job(std::shared_ptr<const TaskSource> source, std::unique_ptr<Executor> executor, const JobOptions &options,
        std::vector<std::shared_ptr<JobObserver>> observers = {}, std::vector<TaskRecord> before = {}, QObject *parent = nullptr);
    /// Kills what still runs and waits until it has gone (some milliseconds). Stop the job first if its tasks are to end in peace.
    ~Job() override;

    const std::shared_ptr<const TaskSource> &source() const { return m_source; }
    const JobOptions &options() const { return m_options; }

    /// Ready → Running. Nothing in any other state.
    void start();
    /// Running → Paused.
    void pause();
    /// Paused → Running.
    void resume();
    /// Running or Paused → Stopping → Finished; queued tasks become Cancelled. In Stopping, a harder mode replaces a softer one.
    void stop(StopMode mode);
    /// From now on `count` (at least 1) tasks run at a time. Workers above that retire when their task ends.
    void setWorkerCount(int count);

    /// Adds tasks to a job whose source is growing, which has them already. From any thread. A job that is being stopped cancels them.
    void append(const AddedTasks &added);
    /// No more tasks will come: until this, the job of a growing source does not finish unless it is stopped. From any thread.
    void endInputs();

    /// Sends each of these tasks, if it has ended, back to the queue with all its attempts before it. Finished → Running.
    void retry(const std::vector<TaskIndex> &tasks);
    /// retry() of every task that is Failed, Cancelled or Lost.
    void retryUnsuccessful();
    /// Queued ones become Cancelled; running ones are terminated, and killed after the grace, and become Cancelled.
    void cancel(const std::vector<TaskIndex> &tasks);
    /// Does `signal` to the attempts that these tasks run. A task that is terminated or killed so becomes Cancelled: no retry.
    void signalTasks(const std::vector<TaskIndex> &tasks, WorkerSignal signal);
    void signalWorkers(const std::vector<int> &workers, WorkerSignal signal);

    /// For a program that is about to be stopped (Ctrl-Z): suspends all attempts, starts none, and time-outs and graces stand until
    /// goOn(). What a person has suspended stays so after it. Blocks until the attempts are suspended, or the deadline passes.
    /// \returns whether they are
    bool standStill(QDeadlineTimer deadline);
    /// After standStill(), or after SIGCONT: attempts that a person has not suspended go on. A stop of the program that was not announced is
    /// noticed by the job, which gives its attempts the time back.
    void goOn();

    /// How often the use of CPU and memory of busy workers, and their progress, is read; 0 (the default) is never.
    void setUsageInterval(std::chrono::milliseconds interval);

    /// From any thread; never blocks for long.
    JobSummary summary() const;
    /// From any thread; never blocks for long.
    std::vector<WorkerSnapshot> workers() const;
    /// What a running task has written so far; empty streams when it does not run. The record of ended ones is in the store.
    QFuture<TaskOutput> runningOutput(TaskIndex task);

Q_SIGNALS:
    void stateChanged(procession::JobState state);
    /// The job has reached Finished, after every observer was called.
    void finished();

private:
    std::shared_ptr<const TaskSource> m_source;
    JobOptions m_options;
    std::unique_ptr<JobRunner> m_runner;
};

} // namespace procession
