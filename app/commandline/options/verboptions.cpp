// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/options/verboptions.h>

#include <app/commandline/options/parallelnames.h>

#include <QtCore/QCoreApplication>

namespace procession {

namespace {

struct VerbOptions
{
    Q_DECLARE_TR_FUNCTIONS(VerbOptions)
};

} // namespace

void parseOptions(QCommandLineParser &parser, const QString &verb, const QStringList &words, const QStringList &names)
{
    if (parser.parse(QStringList(QStringLiteral("procession")) + words)) // it takes its first word for the program
        return;
    const QStringList unknown = parser.unknownOptionNames();
    if (unknown.isEmpty())
        throw UsageError(VerbOptions::tr("%1: %2 See procession %1 --help.").arg(verb, shownWord(parser.errorText())));
    const QString nearest = nearestName(unknown.first(), names);
    const QString name = dashed(unknown.first());
    throw UsageError(nearest.isEmpty()
            ? VerbOptions::tr("%1: %2 is no option; see procession %1 --help").arg(verb, name)
            : VerbOptions::tr("%1: %2 is no option; did you mean %3?").arg(verb, name, dashed(nearest)));
}

} // namespace procession
