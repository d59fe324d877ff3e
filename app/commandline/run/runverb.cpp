// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/verbs.h>

#include <app/commandline/common/console.h>
#include <app/commandline/common/words.h>
#include <app/commandline/run/inputorigins.h>
#include <app/commandline/run/resumelog.h>
#include <app/commandline/run/runhelp.h>
#include <app/commandline/run/runsession.h>
#include <procession/job/inputs/quantity.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/platform/io/bytefile.h>
#include <procession/platform/system/systemload.h>
#include <procession/process/functions/tasklibrary.h>

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace procession {

namespace {

struct Run
{
    Q_DECLARE_TR_FUNCTIONS(Run)
};

constexpr qsizetype LongestName = 60;
constexpr qsizetype PieceSize = 65'536; // printed at a time
constexpr int MostWorkers = 250; // each takes three descriptors, of the 1024 that a program usually has

QString jobName(const RunOptions &options)
{
    if (!options.name.isEmpty())
        return options.name;
    if (!options.function.isEmpty())
        return QString::fromUtf8(TaskLibrary::nameOf(options.library)) + QLatin1Char(':') + options.function;
    if (options.command.isEmpty())
        return Run::tr("Commands");
    const QString command = QString::fromUtf8(options.command).simplified();
    return command.size() <= LongestName ? command : command.left(LongestName - 1) + QChar(0x2026);
}

/// What to run, and the source of inputs that are not all there yet.
struct Batch
{
    BatchDefinition definition;
    std::shared_ptr<RowStream> stream;
};

Batch makeBatch(const RunOptions &options)
{
    Batch batch;
    BatchDefinition &definition = batch.definition;
    definition.name = jobName(options);
    definition.command = options.command;
    definition.function = options.function;
    definition.library = options.library;
    definition.shell = options.shell;
    batch.stream = openRowStream(options);
    if (batch.stream) {
        definition.growing = std::make_shared<GrowingInputs>(batch.stream->form());
        definition.inputs = definition.growing->emptyTable();
    } else {
        definition.inputs = readAllInputs(options);
    }
    definition.job = options.job;
    const auto workersFor = [&options](qsizetype tasks) {
        const auto unlimited = static_cast<int>(std::clamp<qsizetype>(tasks, 1, MostWorkers));
        return parseWorkerCount(options.workers, usableCpuCount(), unlimited);
    };
    options.inputsPerCommand.apply(definition, workersFor);
    definition.job.workers = workersFor(batch.stream ? MostWorkers : definition.inputs.rowCount());
    definition.options = options.process;
    definition.keepOutput = options.keepOutput;
    return batch;
}

BatchRequest makeRequest(const RunOptions &options)
{
    BatchRequest request;
    Batch batch = makeBatch(options);
    request.definition = std::move(batch.definition);
    request.stream = std::move(batch.stream);
    request.storePath = options.store;
    const bool again = options.resume == RunOptions::Resume::MissingAndFailed;
    if (options.resume == RunOptions::Resume::No)
        return request;
    if (options.jobLog.isEmpty()) {
        request.begin = BatchRequest::Begin::ContinueLatest;
        request.rerunUnsuccessful = again;
    } else if (request.stream) {
        request.recordsOf = [log = options.jobLog, again](const JobBatch &all) { return recordsInLog(all, log, !again); };
    } else {
        request.endedBefore = [log = options.jobLog, again](const JobBatch &all) { return endedTasks(all, log, !again); };
    }
    return request;
}

/// As they come.
void printGrowing(const JobBatch &batch, RowStream &stream)
{
    std::vector<QByteArrayList> rows;
    while (stream.read(rows, InputFeed::MostWaiting, InputFeed::MostWaitingBytes)) {
        QByteArray lines;
        try {
            for (const QByteArrayList &row : rows) {
                batch.requireUsable(row);
                const auto task = static_cast<TaskIndex>(batch.count());
                batch.definition().growing->append(row);
                lines += batch.description(task) + '\n';
                batch.definition().growing->release(task);
            }
        } catch (const InvalidInput &) {
            printBytes(lines);
            throw;
        }
        printBytes(lines);
    }
}

void printCommands(const Batch &given)
{
    const std::shared_ptr<const JobBatch> batch = JobBatch::of(given.definition);
    if (given.stream) {
        printGrowing(*batch, *given.stream);
        return;
    }
    QByteArray lines;
    for (qsizetype task = 0; task < batch->count(); ++task) {
        lines += batch->description(static_cast<TaskIndex>(task)) + '\n';
        if (lines.size() > PieceSize) {
            printBytes(lines);
            lines.clear();
        }
    }
    printBytes(lines);
}

void printFunctions(const QByteArray &library)
{
    const QByteArray name = TaskLibrary::nameOf(library);
    for (const RegisteredFunction &function : TaskLibrary::load(library).functions())
        printBytes(name + ':' + function.signature() + '\n');
}

} // namespace

int runVerb(const QStringList &words)
{
    const RunOptions options = parseRunOptions(words);
    switch (options.action) {
    case RunOptions::Action::Help:
        print(runHelp());
        return 0;
    case RunOptions::Action::Version:
        return versionVerb({});
    case RunOptions::Action::DryRun:
        printCommands(makeBatch(options));
        return 0;
    case RunOptions::Action::ListFunctions:
        printFunctions(options.library);
        return 0;
    case RunOptions::Action::Run:
        break;
    }
    BatchRequest request = makeRequest(options);
    if (options.makesFolder && (request.stream || request.definition.inputs.rowCount() > 0))
        makeFolder(options.process.workingDirectory);
    else if (options.makesFolder)
        request.definition.options.workingDirectory = currentDirectory(); // no task needs the other
    return runToEnd(options, request);
}

} // namespace procession
