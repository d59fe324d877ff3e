// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/addedtasks.h>
#include <procession/job/task/joboptions.h>

#include <array>
#include <chrono>
#include <deque>
#include <optional>
#include <queue>
#include <vector>

namespace procession {

/// Chooses the next task and handles the end of each attempt: the rules of a job, without threads, clocks or processes.
///
/// \code
/// Scheduler scheduler(tasks, options, {});
/// while (auto task = scheduler.next(now)) { scheduler.begin(*task, worker, startedAt); … scheduler.end(attempt, now); }
/// \endcode
///
/// Not thread-safe. Every function but the constructor is O(1), or O(log n) in the tasks that wait for a retry.
class Scheduler
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// \param before  records of an earlier run, or empty; see Job
    Scheduler(qsizetype taskCount, const JobOptions &options, std::vector<TaskRecord> before);

    /// \pre isKnown(task)
    const TaskRecord &record(TaskIndex task) const { return m_records[task - m_firstKept]; }
    qsizetype taskCount() const { return static_cast<qsizetype>(m_firstKept + m_records.size()); }
    /// Whether there is such a task and it has not been forgotten.
    bool isKnown(TaskIndex task) const { return task >= m_firstKept && task - m_firstKept < m_records.size(); }
    /// All before it have been forgotten.
    TaskIndex firstKept() const { return m_firstKept; }
    const std::array<qint64, TaskStateCount> &counts() const { return m_counts; }
    qint64 count(TaskState state) const { return m_counts[static_cast<std::size_t>(state)]; }

    /// More tasks at the end. \pre `added.first` is taskCount()
    void append(const AddedTasks &added);
    /// Lets go of the records of tasks that have ended before all others, now and then, so that memory stays bounded.
    /// They are counted still, and can no longer be sent back to the queue.
    void forgetEnded();
    /// How many tasks had ended before they came here.
    qint64 endedBefore() const { return m_endedBefore; }

    /// The task to run next, taken out of the queue; empty when there is none, or none yet (see nextDue()).
    std::optional<TaskIndex> next(TimePoint now);
    /// When the first of the tasks that wait for their next attempt is due.
    std::optional<TimePoint> nextDue() const;

    /// Queued → Running.
    void begin(TaskIndex task, int worker, qint64 startedAt);
    /// Running → Done, Failed, Cancelled, or Queued for another attempt. `attempt.cause` must have been set.
    void end(const Attempt &attempt, TimePoint now);
    /// Running → Queued, as if the attempt had not been made: the system had no means for it just now. It will be next.
    void putBack(TaskIndex task);

    /// Queued → Cancelled. Returns whether it was Queued.
    bool cancel(TaskIndex task, EndCause cause);
    /// An end → Queued, with no attempt counted. Returns whether it had ended.
    bool requeue(TaskIndex task);

    /// Whether the halt rule gives the job up now.
    bool isHalted() const;
    /// Counts afresh for the halt rule: a person goes on with a job that was given up.
    void forgetHalt();

private:
    struct Postponed
    {
        TimePoint due;
        TaskIndex task;
        bool operator>(const Postponed &other) const { return due > other.due; }
    };

    TaskRecord &known(TaskIndex task) { return m_records[task - m_firstKept]; }
    quint16 &attemptsUsed(TaskIndex task) { return m_attemptsUsed[task - m_firstKept]; }
    bool isQueued(TaskIndex task) const { return isKnown(task) && record(task).state == TaskState::Queued; }
    void countNew(const TaskRecord &record);
    void setState(TaskIndex task, TaskState state);
    std::chrono::milliseconds retryDelay(int attempts) const;

    JobOptions m_options;
    TaskIndex m_firstKept = 0;
    std::size_t m_forgetFrom = 8'192; // how many records to check next
    std::vector<TaskRecord> m_records; // from m_firstKept on, as m_attemptsUsed
    std::vector<quint16> m_attemptsUsed; // towards maxAttempts, since a person last sent the task back
    std::array<qint64, TaskStateCount> m_counts{};
    qint64 m_endedBefore = 0;
    qint64 m_failedNow = 0; // by this run: what the halt rule counts
    qint64 m_succeededNow = 0;

    // An entry whose task is no longer Queued is skipped when it is met, which makes cancelling cheap.
    TaskIndex m_cursor = 0;
    std::deque<TaskIndex> m_first;
    std::deque<TaskIndex> m_last;
    std::priority_queue<Postponed, std::vector<Postponed>, std::greater<>> m_postponed;
};

} // namespace procession
