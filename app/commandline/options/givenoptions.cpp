// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/options/givenoptions.h>

#include <app/commandline/options/optiontable.h>
#include <app/commandline/options/parallelnames.h>

#include <QtCore/QCoreApplication>

namespace procession {

namespace {

struct RunWords
{
    Q_DECLARE_TR_FUNCTIONS(RunWords)
};

} // namespace

GivenOptions::GivenOptions(const QStringList &words)
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

QByteArrayList GivenOptions::values(const char *name) const
{
    QByteArrayList all;
    for (const QString &value : m_parser.values(QString::fromLatin1(name)))
        all.append(toBytes(value));
    return all;
}

int GivenOptions::wholeNumber(const char *name, int least, int most, int otherwise) const
{
    if (!has(name))
        return otherwise;
    bool isNumber = false;
    const int number = value(name).toInt(&isNumber);
    if (!isNumber || number < least || number > most)
        refuse(name, value(name), RunWords::tr("give a whole number from %1 to %2").arg(least).arg(most));
    return number;
}

void GivenOptions::refuse(const char *name, const QString &reason)
{
    throw UsageError(RunWords::tr("--%1: %2").arg(QString::fromLatin1(name), reason));
}

void GivenOptions::refuse(const char *name, const QByteArray &value, const QString &remedy)
{
    throw UsageError(RunWords::tr("--%1 %2: %3").arg(QString::fromLatin1(name), QString::fromUtf8(value), remedy));
}

} // namespace procession
