// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/verbs.h>

#include <app/commandline/attach/attachhelp.h>
#include <app/commandline/attach/attachreport.h>
#include <app/commandline/common/cellwidth.h>
#include <app/commandline/common/console.h>
#include <app/commandline/options/verboptions.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/io/terminal.h>
#include <procession/platform/system/signalwatcher.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>

#include <chrono>
#include <thread>

namespace procession {

namespace {

struct Attach
{
    Q_DECLARE_TR_FUNCTIONS(Attach)
};

using Interval = std::chrono::duration<double>;

struct AttachOptions
{
    bool help = false;
    bool json = false;
    std::optional<Interval> interval; ///< nothing to look once
    std::optional<qint64> pid; ///< nothing to list
};

qint64 processNumber(const QString &word)
{
    bool isNumber = false;
    const qint64 number = word.toLongLong(&isNumber);
    if (!isNumber || number < 1)
        throw UsageError(
            Attach::tr("attach: \"%1\" is no number of a process; \"procession attach\" lists what can be attached to")
                .arg(shownWord(word)));
    return number;
}

Interval intervalOf(const QString &word)
{
    constexpr double Longest = 86'400;
    bool isNumber = false;
    const double seconds = word.toDouble(&isNumber);
    if (!isNumber || !(seconds > 0 && seconds <= Longest))
        throw UsageError(
            Attach::tr("attach: --interval \"%1\" is no number of seconds above 0 and up to a day, as in --interval 0.5")
                .arg(shownWord(word)));
    return Interval(seconds);
}

AttachOptions parse(const QStringList &words)
{
    const QStringList names{QStringLiteral("help"), QStringLiteral("json"), QStringLiteral("once"), QStringLiteral("interval")};
    QCommandLineParser parser;
    parser.addOption(QCommandLineOption(QStringList{QStringLiteral("h"), names[0]}));
    parser.addOption(QCommandLineOption(names[1]));
    parser.addOption(QCommandLineOption(names[2]));
    parser.addOption(QCommandLineOption(names[3], {}, QStringLiteral("SECONDS")));
    parseOptions(parser, QStringLiteral("attach"), words, names);
    AttachOptions options;
    options.help = parser.isSet(names[0]);
    options.json = parser.isSet(names[1]);
    const bool isOnce = parser.isSet(names[2]);
    if (isOnce && parser.isSet(names[3]))
        throw UsageError(Attach::tr("attach: --once and --interval contradict each other: give one of them"));
    if (parser.isSet(names[3]))
        options.interval = intervalOf(parser.value(names[3]));
    else if (!isOnce && !options.json && isTerminal(StandardOutput))
        options.interval = Interval(1);
    const QStringList pids = parser.positionalArguments();
    if (pids.size() > 1)
        throw UsageError(Attach::tr("attach: give one process, not %1").arg(pids.size()));
    if (!pids.isEmpty())
        options.pid = processNumber(pids.first());
    return options;
}

QString refusalText(const AttachError &error)
{
    switch (error.reason()) {
    case AttachError::Reason::NoProcess:
        return Attach::tr("there is no process %1; \"procession attach\" lists what can be attached to").arg(error.pid());
    case AttachError::Reason::NotPermitted:
        return Attach::tr("process %1 is another user's, or may not be looked into: attach as the user that runs it")
            .arg(error.pid());
    case AttachError::Reason::NothingShared:
        return Attach::tr(
            "process %1 has nothing to show: its program does not use Procession's library, or has started no process "
            "and shared nothing yet; \"procession attach\" lists what can be attached to")
            .arg(error.pid());
    case AttachError::Reason::OtherVersion:
        return Attach::tr("process %1 was built with another version of Procession: attach with the procession of that version")
            .arg(error.pid());
    case AttachError::Reason::Ended:
        return Attach::tr("process %1 has just ended").arg(error.pid());
    }
    return {};
}

void list(const AttachOptions &options)
{
    const std::vector<MonitoredProgram> programs = Monitor::programs();
    if (options.json)
        printBytes(QJsonDocument(programsJson(programs)).toJson());
    else
        print(programsText(programs));
}

/// In place of what the terminal showed before, as much as fits.
void printOverScreen(const QString &text)
{
    const int width = terminalWidth(StandardOutput);
    const int height = terminalHeight(StandardOutput);
    QStringList lines = text.split(QLatin1Char('\n'));
    if (lines.size() >= height) {
        const qsizetype left = lines.size() - height + 2;
        lines.resize(height - 2);
        lines.append(Attach::tr("… and more lines: %1; see --once").arg(left));
    }
    QString screen = QStringLiteral("\x1b[H");
    for (const QString &line : lines)
        screen += cutToCells(line, width) + QStringLiteral("\x1b[K\r\n");
    print(screen + QStringLiteral("\x1b[J"));
}

void show(const AttachOptions &options, const Snapshot &snapshot)
{
    if (options.json)
        printBytes(options.interval ? QJsonDocument(snapshotJson(snapshot)).toJson(QJsonDocument::Compact) + '\n'
                                    : QJsonDocument(snapshotJson(snapshot)).toJson());
    else if (options.interval && isTerminal(StandardOutput))
        printOverScreen(snapshotText(snapshot));
    else
        print(snapshotText(snapshot));
}

void watch(const AttachOptions &options)
{
    Monitor monitor = Monitor::attach(*options.pid);
    if (options.interval && !options.json && isTerminal(StandardOutput))
        print(QStringLiteral("\x1b[2J"));
    for (bool isFirst = true;; isFirst = false) {
        const Snapshot snapshot = monitor.snapshot();
        if (!isFirst && !options.json && !isTerminal(StandardOutput))
            print(QStringLiteral("\n"));
        show(options, snapshot);
        if (!options.interval)
            return;
        if (snapshot.hasEnded()) {
            if (!options.json)
                print(Attach::tr("The program has ended.\n"));
            return;
        }
        std::this_thread::sleep_for(*options.interval);
    }
}

} // namespace

int attachVerb(const QStringList &words)
{
    ignoreBrokenPipes();
    try {
        const AttachOptions options = parse(words);
        if (options.help)
            print(attachHelp());
        else if (options.pid)
            watch(options);
        else
            list(options);
    } catch (const AttachError &error) {
        throw UsageError(Attach::tr("attach: %1").arg(refusalText(error)));
    } catch (const SystemError &error) {
        if (error.number() == EPIPE)
            return ExitBrokenPipe;
        throw;
    }
    return 0;
}

} // namespace procession
