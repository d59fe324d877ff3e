// SPDX-License-Identifier: MIT
#include "stage.h"

#include <procession/process/context.h>

#include <QtCore/QProcess>

#include <algorithm>
#include <iostream>

using namespace procession;

namespace {

constexpr int UsualChildren = 100;
constexpr char EarlyVariable[] = "PROCESSION_TEST_USES_EARLY";
constexpr char InMainVariable[] = "PROCESSION_TEST_USES_IN_MAIN";

} // namespace

QByteArray outcomeOf(const QString &scene, StartMethod method, const Surroundings &surroundings)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : surroundings.variables)
        environment.insert(name, value);
    if (surroundings.used == Used::BeforeFreezeSupport)
        environment.insert(QLatin1String(EarlyVariable), QStringLiteral("1"));
    if (surroundings.used == Used::InMain)
        environment.insert(QLatin1String(InMainVariable), QStringLiteral("1"));

    QStringList command = surroundings.launcher;
    command << QCoreApplication::applicationFilePath() << QStringLiteral("--act") << scene << nameOf(method);
    QProcess program;
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(command.takeFirst(), command);
    const std::chrono::milliseconds patience = surroundings.patience * std::max(1, childrenToTry() / UsualChildren);
    const bool ended = program.waitForFinished(static_cast<int>(patience.count()));
    if (!ended) {
        program.kill();
        program.waitForFinished();
    }
    const QByteArray said = program.readAll().trimmed();
    if (!ended)
        return "it stood still; " + said;
    if (program.exitStatus() != QProcess::NormalExit)
        return "it crashed; " + said;
    return program.exitCode() == 0 ? QByteArrayLiteral("right")
                                   : "exit code " + QByteArray::number(program.exitCode()) + "; " + said;
}

void addMethodsAndUses()
{
    QTest::addColumn<StartMethod>("method");
    QTest::addColumn<Used>("used");
    for (const StartMethod method : allStartMethods()) {
        const QString name = nameOf(method);
        QTest::addRow("%s, never used before", qPrintable(name)) << method << Used::Never;
        QTest::addRow("%s, used by main()", qPrintable(name)) << method << Used::InMain;
        QTest::addRow("%s, used before freezeSupport()", qPrintable(name)) << method << Used::BeforeFreezeSupport;
    }
}

int childrenToTry()
{
    const int wanted = qEnvironmentVariableIntValue("PROCESSION_TEST_CHILDREN");
    return wanted > 0 ? wanted : UsualChildren;
}

void LibraryTest::check(const QString &scene) const
{
    QFETCH(StartMethod, method);
    QFETCH(Used, used);
    const QString played = fails(method, used) ? QStringLiteral("time-out") : scene;
    QCOMPARE(outcomeOf(played, method, {.used = used}), QByteArray("right"));
}

void failScene(const std::string &words)
{
    std::cerr << words << std::endl;
    std::_Exit(1); // what stands still may not be waited for
}

void demand(bool condition, const std::string &words)
{
    if (!condition)
        failScene(words);
}

int mainOfSurroundings(int argc, char **argv, void (*use)(), void (*act)(const QByteArray &scene), QObject &(*test)())
{
    if (qEnvironmentVariableIsSet(EarlyVariable))
        use();
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    if (argc == 4 && qstrcmp(argv[1], "--act") == 0) {
        if (qEnvironmentVariableIsSet(InMainVariable))
            use();
        setStartMethod(startMethodNamed(QString::fromLatin1(argv[3])).value());
        act(argv[2]);
        return 0;
    }
    return QTest::qExec(&test(), argc, argv);
}
