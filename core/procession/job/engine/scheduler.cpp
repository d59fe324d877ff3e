// SPDX-License-Identifier: MIT
#include <procession/job/engine/scheduler.h>

#include <algorithm>

namespace procession {

namespace {

constexpr std::size_t LeastForgotten = 4'096;

} // namespace

Scheduler::Scheduler(qsizetype taskCount, const JobOptions &options, std::vector<TaskRecord> before)
    : m_options(options), m_records(std::move(before)), m_attemptsUsed(static_cast<std::size_t>(taskCount))
{
    m_records.resize(static_cast<std::size_t>(taskCount));
    for (const TaskRecord &record : m_records)
        countNew(record);
}

void Scheduler::countNew(const TaskRecord &record)
{
    ++m_counts[static_cast<std::size_t>(record.state)];
    m_endedBefore += isEnd(record.state) ? 1 : 0;
}

void Scheduler::append(const AddedTasks &added)
{
    Q_ASSERT(added.first == TaskIndex(taskCount()));
    const std::size_t before = m_records.size();
    m_records.resize(before + static_cast<std::size_t>(added.count));
    m_attemptsUsed.resize(m_records.size());
    for (const EarlierTask &earlier : added.earlier)
        known(earlier.task) = earlier.record;
    for (std::size_t i = before; i < m_records.size(); ++i)
        countNew(m_records[i]);
}

void Scheduler::forgetEnded()
{
    if (m_records.size() < m_forgetFrom)
        return;
    m_forgetFrom = m_records.size() + LeastForgotten;
    const std::size_t looked = m_records.size() / 2; // so that each record is moved once on average
    const auto end = m_records.begin() + static_cast<std::ptrdiff_t>(looked);
    if (std::any_of(m_records.begin(), end, [](const TaskRecord &record) { return !isEnd(record.state); }))
        return;
    m_records.erase(m_records.begin(), end);
    m_attemptsUsed.erase(m_attemptsUsed.begin(), m_attemptsUsed.begin() + static_cast<std::ptrdiff_t>(looked));
    m_firstKept += static_cast<TaskIndex>(looked);
    m_forgetFrom = m_records.size() + LeastForgotten;
    m_cursor = std::max(m_cursor, m_firstKept);
}

std::optional<TaskIndex> Scheduler::next(TimePoint now)
{
    const auto takeFront = [this](std::deque<TaskIndex> &queue) -> std::optional<TaskIndex> {
        while (!queue.empty()) {
            const TaskIndex task = queue.front();
            queue.pop_front();
            if (isQueued(task))
                return task;
        }
        return std::nullopt;
    };

    if (const auto task = takeFront(m_first))
        return task;
    while (!m_postponed.empty() && m_postponed.top().due <= now) {
        const TaskIndex task = m_postponed.top().task;
        m_postponed.pop();
        if (isQueued(task))
            return task;
    }
    while (m_cursor < TaskIndex(taskCount())) {
        const TaskIndex task = m_cursor++;
        if (isQueued(task))
            return task;
    }
    return takeFront(m_last);
}

std::optional<Scheduler::TimePoint> Scheduler::nextDue() const
{
    if (m_postponed.empty())
        return std::nullopt;
    return m_postponed.top().due;
}

void Scheduler::begin(TaskIndex task, int worker, qint64 startedAt)
{
    TaskRecord &record = known(task);
    ++record.attempts;
    ++attemptsUsed(task);
    record.worker = worker;
    record.startedAt = startedAt;
    record.cause = EndCause::Itself;
    record.status = {};
    record.leftProcesses = false;
    setState(task, TaskState::Running);
}

void Scheduler::end(const Attempt &attempt, TimePoint now)
{
    TaskRecord &record = known(attempt.task);
    record.status = attempt.status;
    record.duration = attempt.duration;
    record.cause = attempt.cause;
    record.leftProcesses = attempt.leftProcesses;

    switch (attempt.cause) {
    case EndCause::Person:
    case EndCause::Halt:
    case EndCause::Stop:
        setState(attempt.task, TaskState::Cancelled);
        return;
    case EndCause::Itself:
        if (attempt.status.isSuccess()) {
            ++m_succeededNow;
            setState(attempt.task, TaskState::Done);
            return;
        }
        break;
    case EndCause::TimedOut:
    case EndCause::Output:
        break;
    }

    const int used = attemptsUsed(attempt.task);
    // What has written too much would do it again.
    if (used < m_options.maxAttempts && attempt.cause != EndCause::Output) {
        setState(attempt.task, TaskState::Queued);
        m_postponed.push({now + retryDelay(used), attempt.task});
        return;
    }
    ++m_failedNow;
    const bool lost = attempt.status.kind == ExitStatus::Kind::Lost;
    setState(attempt.task, lost ? TaskState::Lost : TaskState::Failed);
}

void Scheduler::putBack(TaskIndex task)
{
    --known(task).attempts;
    --attemptsUsed(task);
    setState(task, TaskState::Queued);
    m_first.push_front(task);
}

bool Scheduler::cancel(TaskIndex task, EndCause cause)
{
    if (!isQueued(task))
        return false;
    TaskRecord &record = known(task);
    record.cause = cause;
    setState(task, TaskState::Cancelled);
    return true;
}

bool Scheduler::requeue(TaskIndex task)
{
    if (!isKnown(task) || !isEnd(record(task).state))
        return false;
    attemptsUsed(task) = 0;
    setState(task, TaskState::Queued);
    m_last.push_back(task);
    return true;
}

bool Scheduler::isHalted() const { return m_options.halt.applies(m_failedNow, m_succeededNow, taskCount()); }

void Scheduler::forgetHalt()
{
    m_failedNow = 0;
    m_succeededNow = 0;
}

void Scheduler::setState(TaskIndex task, TaskState state)
{
    TaskRecord &record = known(task);
    --m_counts[static_cast<std::size_t>(record.state)];
    record.state = state;
    ++m_counts[static_cast<std::size_t>(state)];
}

std::chrono::milliseconds Scheduler::retryDelay(int attempts) const
{
    std::chrono::milliseconds delay = m_options.retryDelay;
    for (int i = 1; i < attempts && delay < m_options.maxRetryDelay; ++i)
        delay *= 2;
    return std::min(delay, m_options.maxRetryDelay);
}

} // namespace procession
