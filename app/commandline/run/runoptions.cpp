// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/run/runoptions.h>

#include <app/commandline/common/console.h>
#include <app/commandline/common/homefolders.h>
#include <app/commandline/common/words.h>
#include <app/commandline/options/givenoptions.h>
#include <app/commandline/run/callingshell.h>
#include <app/commandline/run/inputorigins.h>
#include <procession/job/inputs/quantity.h>
#include <procession/platform/io/bytefile.h>
#include <procession/platform/system/systemload.h>
#include <procession/process/functions/tasklibrary.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>

#include <limits>
#include <utility>

namespace procession {

namespace {

struct RunWords
{
    Q_DECLARE_TR_FUNCTIONS(RunWords)
};

constexpr int MostAttempts = std::numeric_limits<quint16>::max();
constexpr int MostNiceness = 19;

QByteArray quoted(const QStringList &words)
{
    QByteArrayList all;
    for (const QString &word : words)
        all.append(shellQuoted(toBytes(word)));
    return all.join(' ');
}

/// With \t, \n, \r and numbers of characters in octal (\0, \054) as the characters that they stand for.
QByteArray unescaped(const QByteArray &text)
{
    if (!text.contains('\\'))
        return text; // to make the expression takes longer than all other options together
    static const QRegularExpression escape(QStringLiteral("\\\\([tnr]|[0-3][0-7]{2}|[0-7])"));
    QByteArray result;
    qsizetype end = 0;
    for (auto matches = escape.globalMatch(QString::fromLatin1(text)); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QByteArray what = match.captured(1).toLatin1();
        result += text.mid(end, match.capturedStart() - end);
        result += what == "t" ? '\t' : what == "n" ? '\n' : what == "r" ? '\r' : static_cast<char>(what.toUInt(nullptr, 8));
        end = match.capturedEnd();
    }
    return result + text.mid(end);
}

char delimiter(const GivenOptions &given)
{
    const QByteArray text = unescaped(given.value("delimiter"));
    if (text.size() != 1)
        given.refuse("delimiter", given.value("delimiter"),
            RunWords::tr("give one character, or \\0, \\n, \\r, \\t or its number in octal"));
    return text.front();
}

void readInputOptions(const GivenOptions &given, RunOptions &options)
{
    for (const QByteArray &file : given.values("arg-file"))
        options.origins.push_back({InputOrigin::Kind::File, {}, file, false});
    if (given.has("delimiter")) {
        options.format.separator = delimiter(given);
        options.format.separatesValues = true;
    }
    if (given.has("null"))
        options.format.separator = '\0';
    options.format.csv = given.has("csv");
    options.format.columnSeparator = given.value("colsep");
    const QByteArray header = given.value("header");
    if (given.has("header") && header != ":" && header != ".*\\n")
        given.refuse("header", header, RunWords::tr("give \":\", which takes the first input of each source for the names"));
    options.format.header = given.has("header");
    if (options.format.header && !given.has("colsep") && !options.format.csv)
        options.format.columnSeparator = "\t";
    options.format.skipBlank = given.has("no-run-if-empty");
    options.shuffle = given.has("shuf");
    options.inputsPerCommand = InputsPerCommand(given);
}

double loadLimit(const QByteArray &text)
{
    const bool percent = text.endsWith('%');
    bool isNumber = false;
    const double number = (percent ? text.chopped(1) : text).toDouble(&isNumber);
    if (!isNumber || number <= 0)
        GivenOptions::refuse("load", text, RunWords::tr("give a load average like 4, or a part of the CPUs like 80%"));
    return percent ? number / 100 * usableCpuCount() : number;
}

void readJobOptions(const GivenOptions &given, RunOptions &options)
{
    JobOptions &job = options.job;
    options.workers = given.has("jobs") ? given.value("jobs") : QByteArray("100%");
    given.parsed(
        "jobs", [](const QByteArray &text) { return parseWorkerCount(text, 1, 1); }, 1);
    const int attempts = given.wholeNumber("retries", 0, MostAttempts, 1);
    job.maxAttempts = attempts == 0 ? MostAttempts : attempts;
    job.retryDelay = given.parsed("retry-delay", parseDuration, job.retryDelay);
    job.killGrace = given.parsed("kill-grace", parseDuration, job.killGrace);
    job.delay = given.parsed("delay", parseDuration, job.delay);
    const TimeLimit limit = given.parsed("timeout", parseTimeLimit, TimeLimit());
    if (limit.percent > 0)
        given.refuse(
            "timeout", given.value("timeout"), RunWords::tr("give a time like 30, 1.5m or 2h; percentages are not there"));
    job.timeout = limit.time;
    job.halt = given.parsed("halt", HaltRule::parse, HaltRule());
    job.minFreeMemory = given.parsed("memfree", parseSize, qint64(0));
    if (given.has("load"))
        job.maxLoad = loadLimit(given.value("load"));
}

bool isProgram(const QByteArray &path)
{
    const QFileInfo file(QFile::decodeName(path));
    return file.isFile() && file.isExecutable();
}

bool hasReplacement(QByteArrayView text)
{
    for (qsizetype at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
        if (Replacement::match(text.sliced(at), {}))
            return true;
    }
    return false;
}

/// The full path, so that the job can be continued from anywhere. Empty when the path is unusable because the folder was deleted or is
/// closed to this user, as under `sudo -u`: tasks start there nevertheless.
QByteArray workingFolder(const GivenOptions &given)
{
    const QByteArray present = currentDirectory();
    if (!given.has("workdir"))
        return QFileInfo(QFile::decodeName(present)).isExecutable() ? present : QByteArray();
    const QByteArray folder = given.value("workdir");
    if (folder == "...")
        given.refuse("workdir", folder, RunWords::tr("give the name of a folder; mktemp -d makes one that is new"));
    if (hasReplacement(folder))
        given.refuse("workdir", folder,
            RunWords::tr("all tasks run in one folder; begin the command with mkdir -p {} && cd {} && for one to each"));
    if (folder.startsWith('/'))
        return folder;
    if (present.isEmpty())
        given.refuse("workdir", folder,
            RunWords::tr("the present folder %1 has been deleted; give a path that begins with /").arg(deletedFolder()));
    return present + '/' + folder;
}

void readProcessOptions(const GivenOptions &given, RunOptions &options)
{
    CommandOptions &process = options.process;
    process.niceness = given.wholeNumber("nice", 0, MostNiceness, 0);
    process.limits.perAttempt = given.parsed("output-limit", parseSize, process.limits.perAttempt);
    process.limits.keepFree = given.parsed("diskfree", parseSize, process.limits.keepFree);
    process.keepGrandchildren = given.has("keep-grandchildren");
    for (const QByteArray &variable : given.values("env")) {
        const QByteArray name = variable.split('=').first();
        if (name.isEmpty())
            given.refuse("env", variable, RunWords::tr("give NAME=VALUE, or NAME for its present value"));
        if (variable.contains('='))
            process.environment.append(variable);
        else if (qEnvironmentVariableIsSet(name.constData()))
            process.environment.append(name + '=' + qgetenv(name.constData()));
        else
            given.refuse("env", variable, RunWords::tr("this variable is not set; give NAME=VALUE"));
    }
    process.workingDirectory = workingFolder(given);
    options.makesFolder = given.has("workdir");
    options.shell = given.has("shell") ? given.value("shell") : callingShell();
    if (given.has("shell") && !isProgram(options.shell))
        given.refuse("shell", options.shell, RunWords::tr("there is no such program; give the path of a POSIX shell"));
}

void readOutputOptions(const GivenOptions &given, RunOptions &options)
{
    options.keepOrder = given.has("keep-order") && !given.has("no-keep-order");
    options.lines = given.has("line-buffer");
    options.tagString = unescaped(given.value("tagstring"));
    options.tag = given.has("tag") || !options.tagString.isEmpty();
    if (options.tagString.isEmpty())
        options.tagString = "{}";
    options.bar = given.has("bar");
    options.progress = given.has("progress");
    options.eta = given.has("eta");
    options.quiet = given.has("quiet");
    options.results = given.value("results");
    for (const char *ending : {".csv", ".tsv", ".json"}) {
        if (options.results.endsWith(ending))
            given.refuse("results", options.results,
                RunWords::tr("give a folder; \"procession jobs show --json\" lists results in one text"));
    }
    if (options.results.contains('{'))
        given.refuse("results", options.results, RunWords::tr("give a folder; replacement strings mean nothing in its name"));
}

void readRecordOptions(const GivenOptions &given, RunOptions &options)
{
    if (given.has("resume-failed"))
        options.resume = RunOptions::Resume::MissingAndFailed;
    else if (given.has("resume"))
        options.resume = RunOptions::Resume::Missing;
    options.jobLog = given.value("joblog");
    options.appendsToJobLog = options.jobLog.startsWith('+');
    if (options.appendsToJobLog)
        options.jobLog.remove(0, 1);
    if (options.jobLog == "-")
        given.refuse("joblog", "-", RunWords::tr("give the name of a file; among the output it could not be read again"));
    if (options.appendsToJobLog && options.jobLog.isEmpty())
        given.refuse("joblog", "+", RunWords::tr("give the name of the file after the +"));
    options.name = QString::fromUtf8(given.value("name"));
    if (given.has("no-store") && given.has("store"))
        throw UsageError(RunWords::tr("--store and --no-store contradict each other: give one of them"));
    if (!given.has("no-store"))
        options.store = given.has("store") ? QFile::decodeName(given.value("store")) : defaultStore();
    options.storeIsDefault = !given.has("no-store") && !given.has("store") && qEnvironmentVariableIsEmpty("PROCESSION_STORE");
    if (given.has("keep-output"))
        options.keepOutput = given.parsed("keep-output", OutputRule::parse, OutputRule());
    if (options.resume != RunOptions::Resume::No && options.jobLog.isEmpty() && given.has("no-store"))
        throw UsageError(RunWords::tr("--resume needs a record of what was done: leave out --no-store, or give --joblog FILE"));
}

/// LIB:NAME, or LIB alone. \throws TaskLibraryError
void readFunction(const GivenOptions &given, RunOptions &options)
{
    const QByteArray text = given.value("function");
    const qsizetype colon = text.lastIndexOf(':');
    const bool isNamed = colon > text.lastIndexOf('/');
    const QByteArray library = isNamed ? text.first(colon) : text;
    const QByteArray function = isNamed ? text.sliced(colon + 1) : QByteArray();
    if (library.isEmpty() || (isNamed && function.isEmpty()))
        given.refuse("function", text, RunWords::tr("give LIBRARY:FUNCTION, or LIBRARY alone to see what it has"));
    if (!given.rest().isEmpty())
        throw UsageError(RunWords::tr("--function runs in place of a command: leave out \"%1\", or give it as an input after :::")
                             .arg(given.rest().join(QLatin1Char(' '))));
    for (const char *meaningless : {"quote", "shell", "keep-grandchildren"}) {
        if (given.has(meaningless))
            given.refuse(meaningless, RunWords::tr("this means nothing with --function, which starts no command: leave it out"));
    }
    options.library = TaskLibrary::find(library);
    options.function = QString::fromUtf8(function);
    options.shell = BatchDefinition().shell; // the person's own is no part of such a job
    if (!isNamed && options.action == RunOptions::Action::Run)
        options.action = RunOptions::Action::ListFunctions;
}

} // namespace

RunOptions parseRunOptions(const QStringList &words)
{
    QStringList left = words;
    RunOptions options;
    std::vector<InputOrigin> origins = takeOrigins(left);
    const GivenOptions given(left);
    if (given.has("help"))
        options.action = RunOptions::Action::Help;
    else if (given.has("version"))
        options.action = RunOptions::Action::Version;
    else if (given.has("dry-run"))
        options.action = RunOptions::Action::DryRun;
    options.command = given.has("quote") ? quoted(given.rest()) : toBytes(given.rest().join(QLatin1Char(' ')));
    readInputOptions(given, options);
    options.origins.insert(
        options.origins.end(), std::make_move_iterator(origins.begin()), std::make_move_iterator(origins.end()));
    readJobOptions(given, options);
    readProcessOptions(given, options);
    readOutputOptions(given, options);
    readRecordOptions(given, options);
    if (given.has("function"))
        readFunction(given, options);
    return options;
}

QString defaultStore()
{
    const QByteArray own = qgetenv("PROCESSION_STORE");
    if (!own.isEmpty())
        return QFile::decodeName(own);
    const QString folder = dataHome();
    return folder.isEmpty() ? QString() : folder + QStringLiteral("/procession/jobs.sqlite");
}

QString noHomeText()
{
    return qEnvironmentVariableIsEmpty("HOME")
        ? RunWords::tr("There is no home folder, since HOME is not set.")
        : RunWords::tr("HOME is %1, which is no home folder.").arg(QFile::decodeName(qgetenv("HOME")));
}

} // namespace procession
