// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/job.h>
#include <procession/job/engine/scheduler.h>
#include <procession/job/engine/startthrottle.h>
#include <procession/job/engine/workerslots.h>
#include <procession/job/task/evenclock.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace procession {

/// The thread of a Job: takes requests, starts attempts, waits for their ends and calls the observers. Part of Job.
///
/// Requests are functions passed to post(). They run between two steps of the loop, in the runner's
/// thread, which owns all members except those that a mutex guards.
class JobRunner
{
public:
    using Request = std::function<void(JobRunner &)>;
    using StateListener = std::function<void(JobState)>;

    /// \param growing  whether more tasks may come, until endInputs()
    JobRunner(qsizetype taskCount, bool growing, std::unique_ptr<Executor> executor, const JobOptions &options,
        std::vector<std::shared_ptr<JobObserver>> observers, std::vector<TaskRecord> before, StateListener listener);
    /// Kills what runs, and waits for the thread.
    ~JobRunner();

    /// From any thread.
    void post(Request request);
    JobSummary summary() const;
    std::vector<WorkerSnapshot> workers() const;

    // Requests; see Job.
    void start();
    void pause();
    void resume();
    void stop(StopMode mode, EndCause cause);
    void append(const AddedTasks &added);
    void endInputs();
    void setWorkerCount(int count);
    void retry(const std::vector<TaskIndex> &tasks);
    void retryUnsuccessful();
    void cancel(const std::vector<TaskIndex> &tasks);
    void signalTask(TaskIndex task, WorkerSignal signal);
    void signalWorker(int worker, WorkerSignal signal);
    void standStill();
    void goOn();
    void setUsageInterval(std::chrono::milliseconds interval) { m_usageInterval = interval; }
    TaskOutput runningOutput(TaskIndex task) const;

private:
    using TimePoint = Scheduler::TimePoint;

    void run();
    void runRequests();
    void startTasks(TimePoint now);
    void startTask(TaskIndex task, TimePoint now);
    void endAttempt(Attempt &attempt, TimePoint now);
    void applyHaltRule();
    void enforceDeadlines(TimePoint now);
    void readUsage(TimePoint now);
    void finishIfNothingIsLeft();
    QDeadlineTimer nextDeadline() const;
    void noticeStop(QDeadlineTimer deadline);
    void shiftClocks(std::chrono::nanoseconds by);
    void signalActive(WorkerSignal signal);

    void endWorker(int worker, WorkerSignal signal, EndCause cause);
    void cancelQueued(TaskIndex task, EndCause cause);
    void requeue(TaskIndex task);
    void runAgain();
    bool isRunning(TaskIndex task) const;

    void setState(JobState state);
    void tellChanged(TaskIndex task);
    void publish();

    std::unique_ptr<Executor> m_executor;
    JobOptions m_options;
    std::vector<std::shared_ptr<JobObserver>> m_observers;
    StateListener m_stateListener;
    Scheduler m_scheduler;
    WorkerSlots m_workers;
    StartThrottle m_gate;
    JobState m_state = JobState::Ready;
    const bool m_growing;
    bool m_moreMayCome;
    bool m_quit = false;
    bool m_halted = false;
    bool m_waitsForGate = false;
    qint64 m_attemptsEnded = 0;
    qint64 m_startedAt = 0;
    EvenClock m_clock; // of the present run
    qint64 m_endedAt = 0;
    std::chrono::milliseconds m_usageInterval{0};
    TimePoint m_nextUsage{};
    std::optional<TimePoint> m_standsSince;
    std::chrono::nanoseconds m_stoodStill{0};

    std::mutex m_requestMutex;
    std::vector<Request> m_requests;

    mutable std::mutex m_publishedMutex;
    JobSummary m_published;
    std::vector<WorkerSnapshot> m_publishedWorkers;

    std::thread m_thread; // the last member: it uses all the others
};

} // namespace procession
