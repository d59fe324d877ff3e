// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/jobs/jobsreport.h>

#include <app/commandline/common/cellwidth.h>
#include <app/commandline/common/texttable.h>
#include <procession/job/output/outputcapture.h>
#include <procession/job/run/functioncall.h>
#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QFileInfo>

#include <algorithm>

namespace procession {

namespace {

struct JobsReport
{
    Q_DECLARE_TR_FUNCTIONS(JobsReport)
};

constexpr int ExcerptSize = 16 * 1024; // of a stream in a file

qint64 elapsed(const StoredJob &job)
{
    if (job.startedAt == 0)
        return 0;
    if (job.endedAt != 0)
        return job.endedAt - job.startedAt;
    return job.pid != 0 ? QDateTime::currentMSecsSinceEpoch() * 1000 - job.startedAt : 0;
}

QString stateCounts(const StoredJob &job)
{
    QStringList parts;
    for (int i = 0; i < TaskStateCount; ++i) {
        const qint64 count = job.tasks[static_cast<std::size_t>(i)];
        if (count > 0)
            parts.append(JobsReport::tr("%1 %2").arg(countText(count), stateText(static_cast<TaskState>(i)).toLower()));
    }
    return JobsReport::tr("%1: %2").arg(totalText(job.total, job.moreMayCome), parts.join(QStringLiteral(", ")));
}

QString streamText(const QString &title, const CapturedStream &stream)
{
    if (stream.size == 0 && stream.error == 0)
        return {};
    QString text = JobsReport::tr("%1, %2:").arg(title, sizeText(stream.size)) + QLatin1Char('\n')
        + displayLines(stream.bytes.left(ExcerptSize));
    if (!text.endsWith(QLatin1Char('\n')))
        text += QLatin1Char('\n');
    const qint64 kept = stream.isInFile() ? QFileInfo(stream.file).size() : stream.bytes.size();
    if (kept < stream.size && stream.error == 0)
        text += JobsReport::tr("… the rest is kept no longer.") + QLatin1Char('\n');
    else if (stream.size > std::min<qint64>(stream.bytes.size(), ExcerptSize))
        text += JobsReport::tr("… all of it: %1").arg(stream.isInFile() ? stream.file : QStringLiteral("--output, --errors"))
            + QLatin1Char('\n');
    if (stream.error == OutputCapture::TooMuch)
        text += JobsReport::tr("It wrote more than it may.") + QLatin1Char('\n');
    else if (stream.error != 0)
        text += JobsReport::tr("Some of it was lost: %1").arg(qt_error_string(stream.error)) + QLatin1Char('\n');
    return text;
}

QString whatRuns(const BatchDefinition &definition)
{
    if (definition.callsFunction())
        return displayText(FunctionCall(definition).name());
    return definition.command.isEmpty() ? JobsReport::tr("each input is one") : displayText(definition.command);
}

/// One line of a table that is printed line by line, so that its widths are set beforehand.
QString taskColumns(
    const QString &number, const QString &state, const QString &outcome, const QString &took, const QString &command)
{
    return rightPadded(number, 7) + QStringLiteral("  ") + leftPadded(state, 10) + leftPadded(outcome, 20) + rightPadded(took, 9)
        + QStringLiteral("  ") + command + QLatin1Char('\n');
}

} // namespace

QString jobsText(const QList<StoredJob> &jobs)
{
    if (jobs.isEmpty())
        return JobsReport::tr("No job has run yet. Begin one: procession run 'echo {}' ::: a b c\n");
    QList<QStringList> rows{{JobsReport::tr("ID"), JobsReport::tr("State"), JobsReport::tr("Done"), JobsReport::tr("Failed"),
        JobsReport::tr("Total"), JobsReport::tr("Started"), JobsReport::tr("Took"), JobsReport::tr("Name")}};
    for (const StoredJob &job : jobs) {
        const auto count = [&job](TaskState state) { return job.tasks[static_cast<std::size_t>(state)]; };
        rows.append({QString::number(job.id), stateText(job), countText(count(TaskState::Done)),
            countText(count(TaskState::Failed) + count(TaskState::Lost)), totalText(job.total, job.moreMayCome),
            timeText(job.startedAt), elapsed(job) == 0 ? QString() : durationText(elapsed(job)), displayText(job.name.toUtf8())});
    }
    return aligned(rows, {0, 2, 3, 4, 6});
}

QString jobText(const StoredJob &job, const BatchDefinition &definition, qint64 heldOutput)
{
    QList<QStringList> rows{
        {JobsReport::tr("Job"), QString::number(job.id)},
        {JobsReport::tr("Name"), displayText(job.name.toUtf8())},
        {definition.callsFunction() ? JobsReport::tr("Function") : JobsReport::tr("Command"), whatRuns(definition)},
        {JobsReport::tr("Folder"), displayText(definition.options.workingDirectory)},
        {JobsReport::tr("State"), stateText(job)},
        {JobsReport::tr("Tasks"), stateCounts(job)},
        {JobsReport::tr("Workers"), countText(definition.job.workers)},
    };
    rows.append({JobsReport::tr("Output kept"), sizeText(heldOutput)});
    if (job.pid != 0)
        rows.append({JobsReport::tr("Process"), QString::number(job.pid)});
    if (job.startedAt != 0)
        rows.append({JobsReport::tr("Started"), timeText(job.startedAt)});
    if (elapsed(job) != 0)
        rows.append({JobsReport::tr("Took"), durationText(elapsed(job))});
    return aligned(rows, {});
}

QString taskHeader()
{
    return taskColumns(JobsReport::tr("Task"), JobsReport::tr("State"), JobsReport::tr("Ended"), JobsReport::tr("Took"),
        JobsReport::tr("Command"));
}

QString taskLine(const TaskSource &source, TaskIndex task, const TaskRecord &record)
{
    return taskColumns(QString::number(task + 1), stateText(record.state), outcomeText(record.status, record.cause),
        record.attempts == 0 ? QString() : durationText(record.duration), displayText(source.description(task)));
}

QString taskText(const TaskSource &source, TaskIndex task, const QList<Attempt> &attempts)
{
    QString text
        = JobsReport::tr("Task %1: %2").arg(QString::number(task + 1), displayText(source.description(task))) + QLatin1Char('\n');
    if (attempts.isEmpty())
        text += JobsReport::tr("It has not run.") + QLatin1Char('\n');
    for (const Attempt &attempt : attempts) {
        text += QLatin1Char('\n') + JobsReport::tr("Attempt %1").arg(attempt.number) + QLatin1Char('\n');
        text += aligned(
            {
                {JobsReport::tr("Ended"), statusText(attempt.status) + QStringLiteral(", ") + causeText(attempt.cause)},
                {JobsReport::tr("Started"), timeText(attempt.startedAt)},
                {JobsReport::tr("Took"), durationText(attempt.duration)},
                {JobsReport::tr("CPU"), durationText(attempt.cpuTime)},
                {JobsReport::tr("Memory"), sizeText(attempt.peakMemory)},
                {JobsReport::tr("Worker"), QString::number(attempt.worker)},
            },
            {});
        text += streamText(JobsReport::tr("Output"), attempt.output.out);
        text += streamText(JobsReport::tr("Errors"), attempt.output.err);
    }
    return text;
}

} // namespace procession
