// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/verbs.h>

#include <procession/console.h>
#include <procession/words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QTranslator>

#include <algorithm>
#include <array>

namespace procession {

namespace {

struct NamedVerb
{
    QLatin1StringView name;
    Verb verb;
};

constexpr std::array Verbs{
    NamedVerb{QLatin1StringView("run"), runVerb},
    NamedVerb{QLatin1StringView("jobs"), jobsVerb},
    NamedVerb{QLatin1StringView("help"), helpVerb},
    NamedVerb{QLatin1StringView("--help"), helpVerb},
    NamedVerb{QLatin1StringView("-h"), helpVerb},
    NamedVerb{QLatin1StringView("version"), versionVerb},
    NamedVerb{QLatin1StringView("--version"), versionVerb},
    NamedVerb{QLatin1StringView("-V"), versionVerb},
};

// Qt says that it changed a locale that is not UTF-8: that is no concern of who reads the output of tasks.
void sayNothing(QtMsgType, const QMessageLogContext &, const QString &) { }

} // namespace

Verb findVerb(const QString &name)
{
    const auto found = std::find_if(Verbs.begin(), Verbs.end(), [&name](const NamedVerb &verb) { return verb.name == name; });
    return found == Verbs.end() ? nullptr : found->verb;
}

int carryOut(Verb verb, int argc, char **argv)
{
    const QtMessageHandler before = qInstallMessageHandler(sayNothing);
    int one = 1;
    const QCoreApplication application(one, argv);
    qInstallMessageHandler(before);
    QTranslator translator;
    if (translator.load(QLocale(), QStringLiteral("procession"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&translator);
    try {
        return verb(wordsOf(argc - 2, argv + 2));
    } catch (const std::exception &error) {
        printError(error);
        return ExitOtherError;
    }
}

int versionVerb(const QStringList &)
{
    print(QCoreApplication::translate("Verbs", "Procession %1\n").arg(QStringLiteral(PROCESSION_VERSION)));
    return 0;
}

} // namespace procession
