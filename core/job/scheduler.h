// SPDX-License-Identifier: MIT
#pragma once

#include <procession/attempt.h>
#include <procession/joboptions.h>

#include <array>
#include <chrono>
#include <deque>
#include <optional>
#include <queue>
#include <vector>

namespace procession {

/// Decides which task is next and what becomes of one whose attempt ended: the rules of a job, without threads, clocks or processes.
///
/// \code
/// Scheduler scheduler(tasks, options, {});
/// while (auto task = scheduler.next(now)) { scheduler.begin(*task, worker, startedAt); … scheduler.end(attempt, now); }
/// \endcode
///
/// To be used from one thread. Every function but the constructor is O(1), or O(log n) in the tasks that wait for a retry.
class Scheduler
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// \param before  records of an earlier run, or empty; see Job
    Scheduler(qsizetype taskCount, const JobOptions &options, std::vector<TaskRecord> before);

    const TaskRecord &record(TaskIndex task) const { return m_records[task]; }
    qsizetype taskCount() const { return static_cast<qsizetype>(m_records.size()); }
    const std::array<qint64, TaskStateCount> &counts() const { return m_counts; }
    qint64 count(TaskState state) const { return m_counts[static_cast<std::size_t>(state)]; }

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

    void setState(TaskIndex task, TaskState state);
    std::chrono::milliseconds retryDelay(int attempts) const;

    JobOptions m_options;
    std::vector<TaskRecord> m_records;
    std::vector<quint16> m_attemptsUsed; // towards maxAttempts, since a person last sent the task back
    std::array<qint64, TaskStateCount> m_counts{};
    qint64 m_failedNow = 0; // by this run: what the halt rule counts
    qint64 m_succeededNow = 0;

    // An entry whose task is no longer Queued is skipped when it is met, which makes cancelling cheap.
    TaskIndex m_cursor = 0;
    std::deque<TaskIndex> m_first;
    std::deque<TaskIndex> m_last;
    std::priority_queue<Postponed, std::vector<Postponed>, std::greater<>> m_postponed;
};

} // namespace procession
