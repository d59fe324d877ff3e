// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/verbs.h>

#include <app/commandline/common/console.h>
#include <app/commandline/common/words.h>

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
    int (*verb)(const QStringList &words);
};

constexpr std::array Verbs{
    NamedVerb{QLatin1StringView("run"), runVerb},
    NamedVerb{QLatin1StringView("jobs"), jobsVerb},
    NamedVerb{QLatin1StringView("attach"), attachVerb},
    NamedVerb{QLatin1StringView("help"), helpVerb},
    NamedVerb{QLatin1StringView("--help"), helpVerb},
    NamedVerb{QLatin1StringView("-h"), helpVerb},
    NamedVerb{QLatin1StringView("version"), versionVerb},
    NamedVerb{QLatin1StringView("--version"), versionVerb},
    NamedVerb{QLatin1StringView("-V"), versionVerb},
};

struct VerbText
{
    Q_DECLARE_TR_FUNCTIONS(VerbText)
};

// Without one, Qt would end the program with a core dump.
bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

// Qt reports that it changed a locale that is not UTF-8, which does not concern readers of the tasks' output.
void sayNothing(QtMsgType, const QMessageLogContext &, const QString &) { }

} // namespace

Verb findVerb(int argc, char **argv)
{
    const QString name = argc > 1 ? QString::fromLatin1(argv[1]) : QString();
    const auto found = std::find_if(Verbs.begin(), Verbs.end(), [&name](const NamedVerb &verb) { return verb.name == name; });
    if (found != Verbs.end())
        return found->verb;
    if (!name.isEmpty() && !name.startsWith(QLatin1Char('-')))
        return [name](const QStringList &) -> int {
            throw UsageError(
                VerbText::tr("\"%1\" is no verb; the verbs are run, jobs, attach, help and version").arg(shownWord(name)));
        };
    if (!hasDisplay())
        return [](const QStringList &) -> int {
            throw UsageError(VerbText::tr("there is no display for the window to open on; \"procession run\" needs none"));
        };
    return {};
}

int carryOut(const Verb &verb, int argc, char **argv)
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
