// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/run/runhelp.h>

#include <app/commandline/common/cellwidth.h>
#include <app/commandline/options/optiontable.h>

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <optional>

namespace procession {

namespace {

struct RunHelp
{
    Q_DECLARE_TR_FUNCTIONS(RunHelp)
};

constexpr int DescriptionColumn = 30;
constexpr int LineWidth = 100;

/// "  -j, --jobs N"
QString left(const OptionEntry &entry)
{
    const auto isShort = [](const QString &name) { return name.size() == 1; };
    const auto shortName = std::find_if(entry.names.begin(), entry.names.end(), isShort);
    const auto longName = std::find_if_not(entry.names.begin(), entry.names.end(), isShort);
    QStringList shown;
    if (shortName != entry.names.end())
        shown += QLatin1Char('-') + *shortName;
    if (longName != entry.names.end())
        shown += QStringLiteral("--") + *longName;
    QString text = QString(shortName == entry.names.end() ? 6 : 2, QLatin1Char(' ')) + shown.join(QStringLiteral(", "));
    if (!entry.value.isEmpty())
        text += QLatin1Char(' ') + entry.value;
    return text;
}

QString wrapped(const QString &text)
{
    QString lines;
    int column = DescriptionColumn;
    for (const QString &word : text.split(QLatin1Char(' '))) {
        if (column + cellWidth(word) > LineWidth) {
            lines += QLatin1Char('\n') + QString(DescriptionColumn, QLatin1Char(' '));
            column = DescriptionColumn;
        } else if (column > DescriptionColumn) {
            lines += QLatin1Char(' ');
            ++column;
        }
        lines += word;
        column += cellWidth(word);
    }
    return lines;
}

QString optionLines()
{
    QString text;
    std::optional<OptionEntry::Group> group;
    for (const OptionEntry &entry : optionTable()) {
        if (entry.group == OptionEntry::Group::Silent)
            continue;
        if (group != entry.group) {
            group = entry.group;
            text += QLatin1Char('\n') + groupTitle(entry.group) + QStringLiteral(":\n");
        }
        QString start = leftPadded(left(entry), DescriptionColumn);
        if (cellWidth(start) > DescriptionColumn)
            start += QLatin1Char('\n') + QString(DescriptionColumn, QLatin1Char(' '));
        text += start + wrapped(entry.description) + QLatin1Char('\n');
    }
    return text;
}

} // namespace

QString runHelp()
{
    return RunHelp::tr("Usage: procession run [OPTIONS] [COMMAND] [::: INPUTS…] [:::: FILES…]\n"
                       "Runs COMMAND for each input, several at a time. It reads like GNU parallel.\n"
                       "\n"
                       "Inputs follow :::, are the lines of files that follow ::::, or are read from stdin. Of several sources\n"
                       "each combination is run; a source after :::+ or ::::+ goes line by line with the one before it.\n"
                       "Without COMMAND the inputs are the commands.\n"
                       "\n"
                       "In COMMAND these are replaced, and quoted so that any file name stays what it is:\n"
                       "  {}  the input          {.}  without extension     {/}   without folder\n"
                       "  {//} its folder        {/.} only the name         {1} {2} {name}  a column\n"
                       "  {#} the task's number  {%}  the worker's number\n")
        + optionLines()
        + RunHelp::tr(
            "\n"
            "TIME is in seconds or with units: 30, 1.5, 500ms, 2m, 1h30m. SIZE is like 512M or 4G.\n"
            "\n"
            "Exit status: 0 when all tasks succeeded, the number of tasks that failed, 101 for more than 100; 255 for\n"
            "other errors; 130, 143 or 129 when Ctrl-C, SIGTERM or SIGHUP ended the job. With --halt fail=1 it is that\n"
            "of the task that failed, with a percentage the part of the tasks that failed; 0 when success=N was reached.\n"
            "\n"
            "Ctrl-C, SIGTERM and SIGHUP ask the tasks to end, and kill them after --kill-grace; a second one kills them\n"
            "at once. SIGUSR1 lets running tasks finish and starts no more. Ctrl-Z stops the tasks too, fg lets them go\n"
            "on. What was stopped goes on with --resume. Tasks have no terminal: /dev/tty cannot be opened.\n"
            "\n"
            "Examples:\n"
            "  procession run gzip -9k ::: *.log              compress every log file\n"
            "  procession run 'convert {} {.}.png' ::: *.jpg  replace the extension\n"
            "  find . -name '*.c' -print0 | procession run -0 wc -l\n"
            "  procession run -C, --header : 'curl -o {name} {url}' :::: list.csv\n"
            "  procession run -k --tag ping -c1 {1}.{2} ::: 10.0.0 10.0.1 ::: 1 2 3\n"
            "  procession run --timeout 1h --retries 3 --bar ./simulate {} :::: seeds\n"
            "  procession run --function imagetasks:thumbnail ::: *.png ::: small ::: 128\n"
            "  procession run --resume ./simulate :::: seeds  go on where it stopped\n"
            "  procession jobs                                what ran, and how it ended\n");
}

} // namespace procession
