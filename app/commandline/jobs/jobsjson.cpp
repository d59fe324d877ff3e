// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/jobs/jobsreport.h>

#include <QtCore/QDateTime>

namespace procession {

namespace {

QJsonValue time(qint64 microseconds)
{
    if (microseconds == 0)
        return QJsonValue::Null;
    return QDateTime::fromMSecsSinceEpoch(microseconds / 1000, Qt::UTC).toString(Qt::ISODateWithMs);
}

double seconds(qint64 microseconds) { return static_cast<double>(microseconds) / 1e6; }

void addStatus(QJsonObject &json, const ExitStatus &status)
{
    if (status.kind == ExitStatus::Kind::Exited)
        json.insert(QStringLiteral("exitCode"), status.value);
    if (status.kind == ExitStatus::Kind::Signaled)
        json.insert(QStringLiteral("signal"), QString::fromLatin1(signalName(status.value)));
    if (status.kind == ExitStatus::Kind::FailedToStart)
        json.insert(QStringLiteral("startError"), qt_error_string(status.value));
}

} // namespace

QJsonObject jobJson(const StoredJob &job)
{
    QJsonObject tasks;
    for (int i = 0; i < TaskStateCount; ++i)
        tasks.insert(nameOf(static_cast<TaskState>(i)), job.tasks[static_cast<std::size_t>(i)]);
    QJsonObject json{
        {QStringLiteral("id"), job.id},
        {QStringLiteral("name"), job.name},
        {QStringLiteral("state"), nameOf(job.state)},
        {QStringLiteral("created"), time(job.createdAt)},
        {QStringLiteral("started"), time(job.startedAt)},
        {QStringLiteral("ended"), time(job.endedAt)},
        {QStringLiteral("total"), job.total},
        {QStringLiteral("moreMayCome"), job.moreMayCome},
        {QStringLiteral("tasks"), tasks},
    };
    if (job.pid != 0)
        json.insert(QStringLiteral("pid"), job.pid);
    return json;
}

QJsonObject taskJson(const TaskSource &source, TaskIndex task, const TaskRecord &record)
{
    QJsonObject json{
        {QStringLiteral("task"), static_cast<qint64>(task) + 1},
        {QStringLiteral("state"), nameOf(record.state)},
        {QStringLiteral("command"), QString::fromUtf8(source.description(task))},
        {QStringLiteral("attempts"), record.attempts},
        {QStringLiteral("started"), time(record.startedAt)},
        {QStringLiteral("seconds"), seconds(record.duration)},
    };
    addStatus(json, record.status);
    return json;
}

QJsonArray attemptsJson(const QList<Attempt> &attempts)
{
    QJsonArray all;
    for (const Attempt &attempt : attempts) {
        QJsonObject json{
            {QStringLiteral("number"), attempt.number},
            {QStringLiteral("worker"), attempt.worker},
            {QStringLiteral("pid"), attempt.pid},
            {QStringLiteral("started"), time(attempt.startedAt)},
            {QStringLiteral("seconds"), seconds(attempt.duration)},
            {QStringLiteral("cpuSeconds"), seconds(attempt.cpuTime)},
            {QStringLiteral("peakMemory"), attempt.peakMemory},
            {QStringLiteral("cause"), nameOf(attempt.cause)},
            {QStringLiteral("stdoutSize"), attempt.output.out.size},
            {QStringLiteral("stderrSize"), attempt.output.err.size},
        };
        addStatus(json, attempt.status);
        all.append(json);
    }
    return all;
}

} // namespace procession
