// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/taskfeed.h>
#include <procession/job/task/tasksource.h>

/// Tasks that do nothing, for tests of what shows them: "input-7.txt" is the eighth.
class NumberedTasks : public procession::TaskSource
{
public:
    explicit NumberedTasks(qsizetype count) : m_count(count) { }

    qsizetype count() const override { return m_count; }
    QByteArray title(procession::TaskIndex task) const override { return "input-" + QByteArray::number(task) + ".txt"; }
    QByteArray description(procession::TaskIndex task) const override { return "gzip -k9 " + title(task); }
    QByteArrayList arguments(procession::TaskIndex task) const override { return {title(task)}; }

private:
    qsizetype m_count;
};

/// What a job's runner tells of a task that began.
inline procession::TaskRecord startedRecord(int worker, qint64 startedAt)
{
    procession::TaskRecord record;
    record.state = procession::TaskState::Running;
    record.attempts = 1;
    record.worker = worker;
    record.startedAt = startedAt;
    return record;
}

/// What a job's runner tells of a task that ended with this exit code.
inline procession::TaskRecord endedRecord(procession::TaskRecord record, int exitCode, qint64 duration)
{
    record.state = exitCode == 0 ? procession::TaskState::Done : procession::TaskState::Failed;
    record.status = procession::ExitStatus::exited(exitCode);
    record.duration = duration;
    return record;
}
