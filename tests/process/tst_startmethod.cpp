// SPDX-License-Identifier: MIT
// The choice of start method that a program leaves to the environment variable PROCESSION_START_METHOD.
#include "processtest.h"

#include <procession/ipc/pipe.h>

#include <QtCore/QProcess>

#include <cstdio>
#include <cstring>

using namespace procession;

namespace {

constexpr int LongTime = 20'000;
constexpr char Variable[] = "PROCESSION_START_METHOD";

// Ways to choose, for the program that is run: the first word of its command line.
constexpr char NoChoice[] = "--no-choice";
constexpr char OwnChoice[] = "--own-choice"; // spawn
constexpr char OwnContext[] = "--own-context"; // fork, for its child

void sendMethod(const Connection &connection)
{
    connection.send(nameOf(startMethod()) + QLatin1Char(' ') + QString::number(currentProcess().pid()));
}

/// Prints by what it starts processes, by what its child does, and whether that is a process of its own.
int runProgram(const char *way)
{
    try {
        if (std::strcmp(way, OwnChoice) == 0)
            setStartMethod(StartMethod::Spawn);
        const Context used = std::strcmp(way, OwnContext) == 0 ? context(StartMethod::Fork) : context();
        const auto [receiver, sender] = pipe(Duplex::No);
        Process process = used.process(&sendMethod, sender);
        process.start();
        const QStringList words = receiver.recv<QString>().split(QLatin1Char(' '));
        process.join();
        const bool isThread = words.at(1).toLongLong() == currentProcess().pid();
        std::printf("%s %s %s", qPrintable(nameOf(startMethod())), qPrintable(words.at(0)), isThread ? "thread" : "process");
        return 0;
    } catch (const ContextError &error) {
        std::fputs(error.what(), stderr);
        return 1;
    }
}

/// Runs this program with the variable; without, when it is null.
void run(QProcess &program, const char *way, const QString &value)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QLatin1StringView(Variable));
    if (!value.isNull())
        environment.insert(QLatin1StringView(Variable), value);
    program.setProcessEnvironment(environment);
    program.start(QCoreApplication::applicationFilePath(), {QLatin1StringView(way)});
    QVERIFY(program.waitForFinished(LongTime));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
}

} // namespace

class TestStartMethod : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choice_data();
    void choice();
    void aWrongNameIsRefused();
    void whoAsksNothingIsNotToldOfAWrongName();
};

void TestStartMethod::choice_data()
{
    QTest::addColumn<QByteArray>("way");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *way, const QString &value, const char *expected) {
        QTest::newRow(name) << QByteArray(way) << value << QByteArray(expected);
    };
    row("no variable", NoChoice, {}, "forkserver forkserver process");
    row("an empty variable", NoChoice, QStringLiteral(""), "forkserver forkserver process");
    row("forkserver", NoChoice, QStringLiteral("forkserver"), "forkserver forkserver process");
    row("spawn", NoChoice, QStringLiteral("spawn"), "spawn spawn process");
    row("fork", NoChoice, QStringLiteral("fork"), "fork fork process");
    row("thread", NoChoice, QStringLiteral("thread"), "thread thread thread");
    row("the program's own choice", OwnChoice, QStringLiteral("thread"), "spawn spawn process");
    row("the choice for a child", OwnContext, QStringLiteral("thread"), "thread fork process");
}

void TestStartMethod::choice()
{
    QFETCH(const QByteArray, way);
    QFETCH(const QString, value);
    QProcess program;
    run(program, way.constData(), value);
    QCOMPARE(program.readAllStandardError(), QByteArray());
    QTEST(program.readAllStandardOutput(), "expected");
    QCOMPARE(program.exitCode(), 0);
}

void TestStartMethod::aWrongNameIsRefused()
{
    QProcess program;
    run(program, NoChoice, QStringLiteral("teleport"));
    const std::string error = program.readAllStandardError().toStdString();
    for (const char *part : {Variable, "\"teleport\"", "forkserver, spawn, fork, thread"})
        VERIFY_CONTAINS(error, part);
    QCOMPARE(program.exitCode(), 1);
}

void TestStartMethod::whoAsksNothingIsNotToldOfAWrongName()
{
    QProcess program;
    run(program, OwnChoice, QStringLiteral("teleport"));
    QCOMPARE(program.readAllStandardOutput(), QByteArray("spawn spawn process"));
    QCOMPARE(program.exitCode(), 0);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    if (argc == 2 && std::strncmp(argv[1], "--", 2) == 0)
        return runProgram(argv[1]);
    const QCoreApplication application(argc, argv);
    TestStartMethod test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_startmethod.moc"
