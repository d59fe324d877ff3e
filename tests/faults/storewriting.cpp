// SPDX-License-Identifier: MIT
#include "storewriting.h"

#include "storefixture.h"

#include <procession/job/store/jobrecorder.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>

#include <cstdlib>
#include <unistd.h>

namespace procession {

namespace {

constexpr int Tasks = 100'000;

class NumberedTasks : public TaskSource
{
public:
    qsizetype count() const override { return Tasks; }
    QByteArray title(TaskIndex task) const override { return QByteArray::number(task); }
    QByteArray description(TaskIndex task) const override { return "command " + QByteArray::number(task); }
    QByteArrayList arguments(TaskIndex task) const override { return {title(task)}; }
};

/// A line leaves this process whole, and before anything else happens.
void say(const QByteArray &line)
{
    if (::write(STDOUT_FILENO, line.constData(), static_cast<std::size_t>(line.size())) != line.size())
        std::_Exit(2);
}

/// Says what the recorder tells to be safe.
class Speaker : public JobObserver
{
public:
    void taskStarted(TaskIndex, const TaskRecord &) override { }
    void attemptEnded(const Attempt &) override { }
    void taskChanged(TaskIndex task, const TaskRecord &) override { say("task " + QByteArray::number(task) + '\n'); }
    void jobStateChanged(JobState) override { }
};

void writeDirectly(JobStore &store, qint64 job, TaskIndex first, QRandomGenerator &random)
{
    const NumberedTasks source;
    store.write(job, {jobIs(JobState::Running)}, source);
    for (TaskIndex next = first; next + 200 < Tasks;) {
        std::vector<StoreChange> changes;
        const TaskIndex end = next + 1 + random.bounded(20U);
        QByteArray lines;
        for (; next < end; ++next) {
            for (StoreChange &change : ranOnce(next, 0, expectedOutput(next)))
                changes.push_back(std::move(change));
            lines += "task " + QByteArray::number(next) + '\n';
        }
        changes.push_back(started(end + random.bounded(100U), runningRecord())); // and one that will never end
        store.write(job, changes, source);
        say(lines);
    }
}

void writeThroughRecorder(const QString &path, qint64 job, TaskIndex first)
{
    JobRecorder recorder(path, JobRecorder::Job{.id = job}, std::make_shared<NumberedTasks>(), {std::make_shared<Speaker>()});
    recorder.jobStateChanged(JobState::Running);
    for (TaskIndex task = first; task < Tasks; ++task) {
        const auto changes = ranOnce(task, 0, expectedOutput(task));
        recorder.taskStarted(task, changes.at(0).record);
        recorder.attemptEnded(changes.at(1).attempt);
        recorder.taskChanged(task, changes.at(2).record);
    }
}

TaskIndex firstNotDone(const std::vector<TaskRecord> &records)
{
    std::size_t first = records.size();
    while (first > 0 && records[first - 1].state != TaskState::Done)
        --first;
    return static_cast<TaskIndex>(first);
}

} // namespace

// Most are short, so that the database stays small enough to be checked after every kill; some take several pages.
QByteArray expectedOutput(quint32 task)
{
    const quint32 longest = task % 50 == 0 ? 20'000 : 100;
    return QByteArray("output of ") + QByteArray::number(task)
        + QByteArray(static_cast<qsizetype>(task * 2654435761U % longest), static_cast<char>(task % 251));
}

int writeUntilKilled(const QByteArray &path, qint64 job, quint32 seed)
{
    QRandomGenerator random(seed);
    try {
        const QString name = QFile::decodeName(path);
        JobStore store(name);
        TaskIndex first = 0;
        if (job == 0) {
            job = store.createJob(QStringLiteral("kill me"), QStringLiteral("test"), "{}", "inputs", Tasks);
        } else {
            store.claimJob(job);
            first = firstNotDone(store.taskRecords(job));
        }
        say("job " + QByteArray::number(job) + '\n');
        if (seed % 2 == 0)
            writeDirectly(store, job, first, random);
        else
            writeThroughRecorder(name, job, first);
    } catch (const JobStoreError &error) {
        qCritical("%s", error.what());
        return 1;
    }
    for (;;) // all tasks are written: more rounds find nothing to do
        ::pause();
}

} // namespace procession
