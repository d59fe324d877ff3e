// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/store/jobstore.h>
#include <procession/job/task/tasksource.h>

#include <QtCore/QTemporaryDir>

#include <memory>
#include <stdexcept>

namespace procession {

/// A store in a folder of its own, each test another one, and jobs in it.
class StoreFolder
{
public:
    void renew() { m_folder = std::make_unique<QTemporaryDir>(); }
    QString folder() const { return m_folder->path(); }
    /// Of the database; the folder around it is yet to be made.
    QString path() const { return m_folder->filePath(QStringLiteral("new folder/jobs.sqlite")); }
    static qint64 makeJob(JobStore &store, qint64 total)
    {
        return store.createJob(QStringLiteral("batch"), QStringLiteral("command"), "{}", "inputs", total);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

/// Tasks that are a list of commands.
class ListedTasks : public TaskSource
{
public:
    explicit ListedTasks(QByteArrayList commands) : m_commands(std::move(commands)) { }
    /// "command 0", "command 1", …
    explicit ListedTasks(int count)
    {
        for (int i = 0; i < count; ++i)
            m_commands.append("command " + QByteArray::number(i));
    }

    qsizetype count() const override { return m_commands.size(); }
    QByteArray title(TaskIndex task) const override { return m_commands.at(task); }
    /// \throws std::out_of_range for a task that is not there
    QByteArray description(TaskIndex task) const override
    {
        if (task >= static_cast<std::size_t>(m_commands.size()))
            throw std::out_of_range("no such task");
        return m_commands.at(task);
    }
    QByteArrayList arguments(TaskIndex task) const override { return {m_commands.at(task)}; }

private:
    QByteArrayList m_commands;
};

inline TaskRecord runningRecord(int attempts = 1, int worker = 1)
{
    TaskRecord record;
    record.state = TaskState::Running;
    record.attempts = static_cast<quint16>(attempts);
    record.worker = worker;
    record.startedAt = 1'700'000'000'000'000;
    return record;
}

inline TaskRecord endedRecord(TaskState state, const ExitStatus &status, int attempts = 1)
{
    TaskRecord record = runningRecord(attempts);
    record.state = state;
    record.status = status;
    record.duration = 1500;
    return record;
}

inline Attempt endedAttempt(TaskIndex task, const ExitStatus &status, const QByteArray &out = {}, int number = 1)
{
    Attempt attempt;
    attempt.task = task;
    attempt.number = number;
    attempt.worker = 1;
    attempt.pid = 4711;
    attempt.startedAt = 1'700'000'000'000'000;
    attempt.duration = 1500;
    attempt.cpuTime = 900;
    attempt.peakMemory = 1 << 20;
    attempt.status = status;
    attempt.output.out.bytes = out;
    attempt.output.out.size = out.size();
    return attempt;
}

inline StoreChange started(TaskIndex task, const TaskRecord &record)
{
    StoreChange change;
    change.kind = StoreChange::Kind::TaskStarted;
    change.task = task;
    change.record = record;
    return change;
}

inline StoreChange changed(TaskIndex task, const TaskRecord &record)
{
    StoreChange change = started(task, record);
    change.kind = StoreChange::Kind::TaskChanged;
    return change;
}

inline StoreChange ended(const Attempt &attempt)
{
    StoreChange change;
    change.kind = StoreChange::Kind::AttemptEnded;
    change.task = attempt.task;
    change.attempt = attempt;
    return change;
}

inline StoreChange added(const AddedTasks &tasks)
{
    StoreChange change;
    change.kind = StoreChange::Kind::TasksAdded;
    change.added = std::make_shared<const AddedTasks>(tasks);
    return change;
}

inline StoreChange jobIs(JobState state)
{
    StoreChange change;
    change.kind = StoreChange::Kind::JobState;
    change.state = state;
    return change;
}

/// The three changes of a task that runs once.
inline std::vector<StoreChange> ranOnce(TaskIndex task, int exitCode = 0, const QByteArray &out = {})
{
    const ExitStatus status = ExitStatus::exited(exitCode);
    return {started(task, runningRecord()), ended(endedAttempt(task, status, out)),
        changed(task, endedRecord(exitCode == 0 ? TaskState::Done : TaskState::Failed, status))};
}

} // namespace procession
