// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/runoptions.h>

#include <procession/bytefile.h>
#include <procession/errortext.h>
#include <procession/inputorigins.h>
#include <procession/optiontable.h>
#include <procession/parallelnames.h>
#include <procession/processerror.h>
#include <procession/quantity.h>
#include <procession/systemload.h>
#include <procession/words.h>

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>

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

/// The options of a command line, and their values as bytes.
class GivenOptions
{
public:
    explicit GivenOptions(const QStringList &words)
    {
        m_parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsCompactedShortOptions);
        m_parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
        QStringList known;
        for (const OptionEntry &entry : optionTable()) {
            QCommandLineOption option(entry.names);
            option.setValueName(entry.value);
            m_parser.addOption(option);
            known += entry.names;
        }
        // The parser takes its first word for the program.
        if (m_parser.parse(QStringList(QStringLiteral("procession")) + words))
            return;
        const QStringList unknown = m_parser.unknownOptionNames();
        throw UsageError(unknown.isEmpty() ? m_parser.errorText() : adviceOn(unknown.first(), known));
    }

    bool has(const char *name) const { return m_parser.isSet(QString::fromLatin1(name)); }
    QByteArray value(const char *name) const { return toBytes(m_parser.value(QString::fromLatin1(name))); }
    QByteArrayList values(const char *name) const
    {
        QByteArrayList all;
        for (const QString &value : m_parser.values(QString::fromLatin1(name)))
            all.append(toBytes(value));
        return all;
    }
    QStringList rest() const { return m_parser.positionalArguments(); }

    /// The value made into something by `parse`, or `otherwise`. Errors name the option.
    template <typename Parse, typename Value>
    Value parsed(const char *name, Parse &&parse, Value otherwise) const
    {
        if (!has(name))
            return otherwise;
        try {
            return parse(value(name));
        } catch (const ProcessError &error) {
            throw UsageError(RunWords::tr("--%1: %2").arg(QString::fromLatin1(name), errorText(error)));
        }
    }

private:
    QCommandLineParser m_parser;
};

[[noreturn]] void refuse(const char *name, const QByteArray &value, const QString &remedy)
{
    throw UsageError(RunWords::tr("--%1 %2: %3").arg(QString::fromLatin1(name), QString::fromUtf8(value), remedy));
}

int wholeNumber(const GivenOptions &given, const char *name, int least, int most, int otherwise)
{
    if (!given.has(name))
        return otherwise;
    bool isNumber = false;
    const int number = given.value(name).toInt(&isNumber);
    if (!isNumber || number < least || number > most)
        refuse(name, given.value(name), RunWords::tr("give a whole number from %1 to %2").arg(least).arg(most));
    return number;
}

QByteArray quoted(const QStringList &words)
{
    QByteArrayList all;
    for (const QString &word : words)
        all.append(shellQuoted(toBytes(word)));
    return all.join(' ');
}

QByteArray delimiter(const GivenOptions &given)
{
    QByteArray text = given.value("delimiter");
    if (text == "\\0")
        return QByteArray(1, '\0');
    if (text == "\\n")
        return "\n";
    if (text == "\\t")
        return "\t";
    if (text.size() != 1)
        refuse("delimiter", text, RunWords::tr("give one character, or \\0, \\n or \\t"));
    return text;
}

void readInputOptions(const GivenOptions &given, RunOptions &options)
{
    for (const QByteArray &file : given.values("arg-file"))
        options.origins.push_back({InputOrigin::Kind::File, {}, file, false});
    if (given.has("delimiter"))
        options.format.separator = delimiter(given).front();
    if (given.has("null"))
        options.format.separator = '\0';
    options.format.csv = given.has("csv");
    options.format.columnSeparator = given.value("colsep");
    const QByteArray header = given.value("header");
    if (given.has("header") && header != ":" && header != ".*\\n")
        refuse("header", header, RunWords::tr("give \":\", which takes the first input of each source for the names"));
    options.format.header = given.has("header");
    if (options.format.header && !given.has("colsep") && !options.format.csv)
        options.format.columnSeparator = "\t";
    options.skipEmptyInputs = given.has("no-run-if-empty");
    options.shuffle = given.has("shuf");
}

double loadLimit(const QByteArray &text)
{
    const bool percent = text.endsWith('%');
    bool isNumber = false;
    const double number = (percent ? text.chopped(1) : text).toDouble(&isNumber);
    if (!isNumber || number <= 0)
        refuse("load", text, RunWords::tr("give a load average like 4, or a part of the CPUs like 80%"));
    return percent ? number / 100 * usableCpuCount() : number;
}

void readJobOptions(const GivenOptions &given, RunOptions &options)
{
    JobOptions &job = options.job;
    options.workers = given.has("jobs") ? given.value("jobs") : QByteArray("100%");
    given.parsed(
        "jobs", [](const QByteArray &text) { return parseWorkerCount(text, 1, 1); }, 1);
    const int attempts = wholeNumber(given, "retries", 0, MostAttempts, 1);
    job.maxAttempts = attempts == 0 ? MostAttempts : attempts;
    job.retryDelay = given.parsed("retry-delay", parseDuration, job.retryDelay);
    job.killGrace = given.parsed("kill-grace", parseDuration, job.killGrace);
    job.delay = given.parsed("delay", parseDuration, job.delay);
    const TimeLimit limit = given.parsed("timeout", parseTimeLimit, TimeLimit());
    if (limit.percent > 0)
        refuse("timeout", given.value("timeout"), RunWords::tr("give a time like 30, 1.5m or 2h; percentages are not there"));
    job.timeout = limit.time;
    job.halt = given.parsed("halt", HaltRule::parse, HaltRule());
    job.minFreeMemory = given.parsed("memfree", parseSize, qint64(0));
    if (given.has("load"))
        job.maxLoad = loadLimit(given.value("load"));
}

/// The person's own shell where it takes what templates are quoted for.
QByteArray defaultShell()
{
    QByteArray own = qgetenv("SHELL");
    const QByteArray name = own.mid(own.lastIndexOf('/') + 1);
    static const QByteArrayList posix{"sh", "dash", "bash", "zsh", "ksh"};
    if (own.startsWith('/') && posix.contains(name) && QFileInfo(QFile::decodeName(own)).isExecutable())
        return own;
    return "/bin/sh";
}

void readProcessOptions(const GivenOptions &given, RunOptions &options)
{
    CommandOptions &process = options.process;
    process.niceness = wholeNumber(given, "nice", 0, MostNiceness, 0);
    process.keepGrandchildren = given.has("keep-grandchildren");
    for (const QByteArray &variable : given.values("env")) {
        const QByteArray name = variable.split('=').first();
        if (name.isEmpty())
            refuse("env", variable, RunWords::tr("give NAME=VALUE, or NAME for its present value"));
        if (variable.contains('='))
            process.environment.append(variable);
        else if (qEnvironmentVariableIsSet(name.constData()))
            process.environment.append(name + '=' + qgetenv(name.constData()));
        else
            refuse("env", variable, RunWords::tr("this variable is not set; give NAME=VALUE"));
    }
    // Written down in full, so that the job can be gone on with from anywhere.
    process.workingDirectory = currentDirectory();
    if (given.has("workdir")) {
        const QByteArray folder = given.value("workdir");
        process.workingDirectory = folder.startsWith('/') ? folder : process.workingDirectory + '/' + folder;
    }
    options.shell = given.has("shell") ? given.value("shell") : defaultShell();
    if (given.has("shell") && !QFileInfo(QFile::decodeName(options.shell)).isExecutable())
        refuse("shell", options.shell, RunWords::tr("there is no such program; give the path of a POSIX shell"));
}

void readOutputOptions(const GivenOptions &given, RunOptions &options)
{
    options.keepOrder = given.has("keep-order") && !given.has("no-keep-order");
    options.tag = given.has("tag") || given.has("tagstring");
    options.tagString = given.has("tagstring") ? given.value("tagstring") : QByteArray("{}");
    options.bar = given.has("bar");
    options.progress = given.has("progress");
    options.eta = given.has("eta");
    options.quiet = given.has("quiet");
    options.results = given.value("results");
    for (const char *ending : {".csv", ".tsv", ".json"}) {
        if (options.results.endsWith(ending))
            refuse("results", options.results,
                RunWords::tr("give a folder; \"procession jobs show --json\" lists results in one text"));
    }
    if (options.results.contains('{'))
        refuse("results", options.results, RunWords::tr("give a folder; replacement strings mean nothing in its name"));
}

void readRecordOptions(const GivenOptions &given, RunOptions &options)
{
    if (given.has("resume-failed"))
        options.resume = RunOptions::Resume::MissingAndFailed;
    else if (given.has("resume"))
        options.resume = RunOptions::Resume::Missing;
    options.jobLog = given.value("joblog");
    options.name = QString::fromUtf8(given.value("name"));
    if (given.has("no-store") && given.has("store"))
        throw UsageError(RunWords::tr("--store and --no-store contradict each other: give one of them"));
    if (!given.has("no-store"))
        options.store = given.has("store") ? QFile::decodeName(given.value("store")) : defaultStore();
    if (options.resume != RunOptions::Resume::No && options.jobLog.isEmpty() && options.store.isEmpty())
        throw UsageError(RunWords::tr("--resume needs a record of what was done: leave out --no-store, or give --joblog FILE"));
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
    return options;
}

QString defaultStore()
{
    const QByteArray own = qgetenv("PROCESSION_STORE");
    if (!own.isEmpty())
        return QFile::decodeName(own);
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/procession/jobs.sqlite");
}

} // namespace procession
