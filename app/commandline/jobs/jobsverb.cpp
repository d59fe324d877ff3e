// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/verbs.h>

#include <app/commandline/common/console.h>
#include <app/commandline/common/storekeeping.h>
#include <app/commandline/jobs/jobshelp.h>
#include <app/commandline/jobs/jobsreport.h>
#include <app/commandline/options/verboptions.h>
#include <app/commandline/run/runsession.h>
#include <procession/job/output/outputreader.h>
#include <procession/job/run/batchrun.h>
#include <procession/platform/io/bytefile.h>
#include <procession/platform/io/terminal.h>
#include <procession/platform/system/signalwatcher.h>
#include <procession/text/displaytext.h>
#include <procession/text/errortext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>

namespace procession {

namespace {

struct Jobs
{
    Q_DECLARE_TR_FUNCTIONS(Jobs)
};

struct JobsOptions
{
    bool help = false;
    bool json = false;
    bool output = false;
    bool errors = false;
    bool dryRun = false;
    QByteArray keepOutput; ///< as given; empty: the store's rule
    int limit = 20;
    qint64 task = 0; ///< from 1; 0: none
    QString store;
    QStringList words; ///< what is no option
};

qint64 positiveNumber(const QString &word, const QString &what)
{
    bool isNumber = false;
    const qint64 number = word.toLongLong(&isNumber);
    if (!isNumber || number < 1)
        throw UsageError(Jobs::tr("%1 \"%2\" is no number from 1").arg(what, shownWord(word)));
    return number;
}

JobsOptions parse(const QStringList &words)
{
    QCommandLineParser parser;
    const QStringList names{QStringLiteral("help"), QStringLiteral("json"), QStringLiteral("output"), QStringLiteral("errors"),
        QStringLiteral("limit"), QStringLiteral("task"), QStringLiteral("store"), QStringLiteral("dry-run"),
        QStringLiteral("keep-output")};
    parser.addOption(QCommandLineOption(QStringList{QStringLiteral("h"), names[0]}));
    for (int i = 1; i < 4; ++i)
        parser.addOption(QCommandLineOption(names[i]));
    parser.addOption(QCommandLineOption({QStringLiteral("n"), names[4]}, {}, QStringLiteral("N")));
    parser.addOption(QCommandLineOption(names[5], {}, QStringLiteral("N")));
    parser.addOption(QCommandLineOption(names[6], {}, QStringLiteral("FILE")));
    parser.addOption(QCommandLineOption(names[7]));
    parser.addOption(QCommandLineOption(names[8], {}, QStringLiteral("SIZE[,TIME]")));
    parseOptions(parser, QStringLiteral("jobs"), words, names);
    JobsOptions options;
    options.help = parser.isSet(names[0]);
    options.json = parser.isSet(names[1]);
    options.output = parser.isSet(names[2]);
    options.errors = parser.isSet(names[3]);
    options.dryRun = parser.isSet(names[7]);
    options.keepOutput = toBytes(parser.value(names[8]));
    if (parser.isSet(names[4]))
        options.limit
            = static_cast<int>(std::min<qint64>(positiveNumber(parser.value(names[4]), QStringLiteral("--limit")), INT_MAX));
    if (parser.isSet(names[5]))
        options.task = positiveNumber(parser.value(names[5]), QStringLiteral("--task"));
    options.store = parser.isSet(names[6]) ? QFile::decodeName(toBytes(parser.value(names[6]))) : defaultStore();
    if (options.store.isEmpty() && !options.help)
        throw UsageError(
            Jobs::tr("there is no record of jobs: %1 Give --store FILE, or set PROCESSION_STORE.").arg(noHomeText()));
    options.words = parser.positionalArguments();
    return options;
}

void printJson(const QJsonDocument &document) { printBytes(document.toJson()); }

StoredJob find(const JobStore &store, qint64 id)
{
    const std::optional<StoredJob> job = store.job(id);
    if (!job)
        throw UsageError(Jobs::tr("there is no job %1 in %2; \"procession jobs\" lists those that are there")
                             .arg(QString::number(id), store.path()));
    return *job;
}

qint64 jobNumber(const JobsOptions &options)
{
    if (options.words.size() < 2)
        throw UsageError(
            Jobs::tr("jobs %1: give the number of a job; \"procession jobs\" lists them").arg(options.words.first()));
    return positiveNumber(options.words.at(1), Jobs::tr("the job"));
}

void list(const JobsOptions &options)
{
    const JobStore store(options.store);
    const QList<StoredJob> jobs = store.jobs(options.limit);
    if (!options.json) {
        print(jobsText(jobs));
        return;
    }
    QJsonArray all;
    for (const StoredJob &job : jobs)
        all.append(jobJson(job));
    printJson(QJsonDocument(all));
}

/// \throws UsageError when it is kept no longer, SystemError
void printStored(const CapturedStream &stream)
{
    const qint64 kept = stream.isInFile() ? QFileInfo(stream.file).size() : stream.bytes.size();
    if (stream.size > 0 && kept == 0)
        throw UsageError(
            Jobs::tr("this output of %1 is kept no longer; see --keep-output of \"procession run\"").arg(sizeText(stream.size)));
    readStream(stream, printBytes);
    if (kept < stream.size)
        printError(Jobs::tr("only the first %1 of %2 are kept").arg(sizeText(kept), sizeText(stream.size)));
}

void showTask(const JobsOptions &options, const JobStore &store, const JobBatch &batch, qint64 job)
{
    if (options.task > batch.count())
        throw UsageError(Jobs::tr("job %1 has %2 tasks: there is no task %3").arg(job).arg(batch.count()).arg(options.task));
    const auto task = static_cast<TaskIndex>(options.task - 1);
    const QList<Attempt> attempts = store.attempts(job, task);
    if (options.output || options.errors) {
        if (attempts.isEmpty())
            throw UsageError(Jobs::tr("task %1 of job %2 has not run: there is no output").arg(options.task).arg(job));
        const TaskOutput &output = attempts.last().output;
        printStored(options.output ? output.out : output.err);
        return;
    }
    if (options.json)
        printJson(QJsonDocument(attemptsJson(attempts)));
    else
        print(taskText(batch, task, attempts));
}

void showJob(const JobsOptions &options, const JobStore &store, const StoredJob &job, const JobBatch &batch)
{
    std::vector<TaskRecord> records = store.taskRecords(job.id);
    records.resize(static_cast<std::size_t>(batch.count())); // tasks may have come since the inputs were read
    if (options.json) {
        QJsonArray tasks;
        for (std::size_t i = 0; i < records.size(); ++i)
            tasks.append(taskJson(batch, static_cast<TaskIndex>(i), records[i]));
        QJsonObject json = jobJson(job);
        json.insert(QStringLiteral("definition"), batch.definition().toJson());
        json.insert(QStringLiteral("taskList"), tasks);
        printJson(QJsonDocument(json));
        return;
    }
    print(jobText(job, batch.definition(), store.heldOutput(job.id)) + QLatin1Char('\n') + taskHeader());
    for (std::size_t i = 0; i < records.size(); ++i)
        print(taskLine(batch, static_cast<TaskIndex>(i), records[i]));
}

void show(const JobsOptions &options)
{
    const qint64 id = jobNumber(options);
    const JobStore store(options.store);
    const StoredJob job = find(store, id);
    const std::shared_ptr<const JobBatch> batch = JobBatch::of(BatchRun::storedDefinition(store, id));
    if (options.task > 0)
        showTask(options, store, *batch, id);
    else if (options.output || options.errors)
        throw UsageError(Jobs::tr("--output and --errors are of one task: give its number after --task"));
    else
        showJob(options, store, job, *batch);
}

void remove(const JobsOptions &options)
{
    jobNumber(options);
    JobStore store(options.store);
    for (const QString &word : options.words.mid(1)) {
        const StoredJob job = find(store, positiveNumber(word, Jobs::tr("the job")));
        store.removeJob(job.id);
    }
}

void prune(const JobsOptions &options)
{
    JobStore store(options.store);
    OutputRule rule = storeRule(store.path());
    if (!options.keepOutput.isEmpty()) {
        try {
            rule = OutputRule::parse(options.keepOutput);
        } catch (const ProcessError &error) {
            throw UsageError(Jobs::tr("--keep-output: %1").arg(errorText(error)));
        }
    }
    print(heldOutputText(store.pruneOutput(rule, options.dryRun), rule, options.dryRun));
}

/// `resume ID …` and `retry ID …`: what follows is for `procession run`.
int runOn(const QStringList &words, bool failedToo)
{
    RunOptions options = parseRunOptions(words.mid(2));
    if (options.action == RunOptions::Action::Help || words.size() < 2 || words.at(1).startsWith(QLatin1Char('-'))) {
        print(jobsHelp());
        return options.action == RunOptions::Action::Help ? 0 : ExitOtherError;
    }
    if (!options.command.isEmpty() || !options.origins.empty())
        throw UsageError(Jobs::tr("jobs %1 runs the command and the inputs of the job: give only options after its number")
                             .arg(words.first()));
    BatchRequest request;
    request.begin = BatchRequest::Begin::ContinueJob;
    request.job = positiveNumber(words.at(1), Jobs::tr("the job"));
    request.rerunUnsuccessful = failedToo;
    request.storePath = options.store;
    return runToEnd(options, request);
}

} // namespace

int jobsVerb(const QStringList &words)
{
    ignoreBrokenPipes();
    const QString verb = words.value(0);
    try {
        if (verb == QLatin1StringView("resume") || verb == QLatin1StringView("retry"))
            return runOn(words, verb == QLatin1StringView("retry"));
        const JobsOptions options = parse(words);
        const QString what = options.words.value(0);
        if (options.help)
            print(jobsHelp());
        else if (what.isEmpty() || what == QLatin1StringView("list"))
            list(options);
        else if (what == QLatin1StringView("show"))
            show(options);
        else if (what == QLatin1StringView("remove"))
            remove(options);
        else if (what == QLatin1StringView("prune"))
            prune(options);
        else
            throw UsageError(Jobs::tr("jobs: \"%1\" is nothing that can be done; try list, show, resume, retry, remove or prune")
                                 .arg(shownWord(what)));
    } catch (const SystemError &error) {
        if (error.number() == EPIPE)
            return ExitBrokenPipe;
        throw;
    }
    return 0;
}

} // namespace procession
