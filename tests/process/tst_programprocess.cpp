// SPDX-License-Identifier: MIT
#include "markedprocesses.h"
#include "paths.h"
#include "processtest.h"
#include "programrole.h"

#include <procession/process/programprocess.h>

#include <csignal>

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// Processes that have left in all directions.
constexpr char Tree[]
    = "setsid -f sleep 300; setsid sleep 300 & nohup sleep 300 >/dev/null 2>&1 & (setsid sh -c 'sleep 300 & sleep 300' &); "
      "echo ready; ";

/// A program with a tree, until somebody ends it.
int holder(const char *)
{
    int argc = 0;
    QCoreApplication application(argc, nullptr);
    ProgramProcess program(QStringLiteral("sh"), {QStringLiteral("-c"), QLatin1StringView(Tree) + QStringLiteral("sleep 300")});
    QObject::connect(&program, &ProgramProcess::standardOutput, [](const QByteArray &) { ::raise(SIGKILL); });
    program.start();
    return application.exec();
}

} // namespace

class TestProgramProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsItsOutputAndItsEnd();
    void readsWhatIsWritten();
    void signals_data();
    void signals();
    void tellsThatThereIsNoProgram();
    void joinKeepsItsDeadline();
    void treeEndsWithIt_data();
    void treeEndsWithIt();
    void treeEndsWithItsParent();
    void treeStopsWithIt();
    void hasTheEnvironmentGiven();
    void startsAgain();
};

void TestProgramProcess::tellsItsOutputAndItsEnd()
{
    ProgramProcess program(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("echo out; echo err >&2; exit 3")});
    QByteArray out;
    QByteArray err;
    connect(&program, &ProgramProcess::standardOutput, [&out](const QByteArray &bytes) { out += bytes; });
    connect(&program, &ProgramProcess::standardError, [&err](const QByteArray &bytes) { err += bytes; });
    QSignalSpy started(&program, &ProgramProcess::started);
    QSignalSpy finished(&program, &ProgramProcess::finished);
    QCOMPARE(program.exitCode(), std::nullopt);
    program.start();
    QVERIFY(finished.wait());
    QCOMPARE(started.count(), 1);
    QCOMPARE(out, QByteArray("out\n"));
    QCOMPARE(err, QByteArray("err\n"));
    QCOMPARE(program.exitCode(), 3);
    QVERIFY(!program.isAlive());
}

void TestProgramProcess::readsWhatIsWritten()
{
    ProgramProcess program(QStringLiteral("cat"));
    QByteArray out;
    connect(&program, &ProgramProcess::standardOutput, [&out](const QByteArray &bytes) { out += bytes; });
    program.start();
    const QByteArray much(1'000'000, 'm');
    program.write(much);
    program.closeWriteChannel();
    QVERIFY(program.join(QDeadlineTimer(20s)));
    QVERIFY(out == much);
    QCOMPARE(program.exitCode(), 0);
}

void TestProgramProcess::signals_data()
{
    QTest::addColumn<bool>("kill");
    QTest::newRow("terminate") << false;
    QTest::newRow("kill") << true;
}

void TestProgramProcess::signals()
{
    QFETCH(bool, kill);
    ProgramProcess program(QStringLiteral("sleep"), {QStringLiteral("600")});
    program.terminate(); // does not run yet: nothing happens
    program.start();
    QTRY_VERIFY(program.pid() > 0);
    program.suspend();
    program.resume();
    kill ? program.kill() : program.terminate();
    QVERIFY(program.join(QDeadlineTimer(20s)));
    QCOMPARE(program.exitCode(), kill ? -SIGKILL : -SIGTERM);
}

void TestProgramProcess::tellsThatThereIsNoProgram()
{
    const QString path = QFile::decodeName(absentPath("no such program"));
    ProgramProcess program(path);
    QSignalSpy errors(&program, &ProgramProcess::errorOccurred);
    QSignalSpy finished(&program, &ProgramProcess::finished);
    program.start();
    QTRY_COMPARE(errors.count(), 1);
    QVERIFY(errors.constFirst().constFirst().toString().contains(path));
    QCOMPARE(program.exitStatus(), ExitStatus::failedToStart(ENOENT));
    QCOMPARE(finished.count(), 0);
}

void TestProgramProcess::joinKeepsItsDeadline()
{
    ProgramProcess program(QStringLiteral("sleep"), {QStringLiteral("600")});
    program.start();
    QVERIFY(!program.join(QDeadlineTimer(1)));
    QVERIFY(program.isAlive());
}

void TestProgramProcess::treeEndsWithIt_data()
{
    QTest::addColumn<QString>("end");
    for (const char *end : {"terminate", "kill", "destroy", "itself", "from outside"})
        QTest::newRow(end) << QString::fromLatin1(end);
}

void TestProgramProcess::treeEndsWithIt()
{
    QFETCH(const QString, end);
    const MarkedProcesses marked;
    auto program = std::make_unique<ProgramProcess>(QStringLiteral("sh"),
        QStringList{QStringLiteral("-c"),
            QLatin1StringView(Tree)
                + (end == QLatin1StringView("itself") ? QStringLiteral("read x") : QStringLiteral("sleep 300"))});
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(marked.name(), marked.value());
    program->setProcessEnvironment(environment);
    QSignalSpy ready(program.get(), &ProgramProcess::standardOutput);
    program->start();
    QVERIFY(ready.wait());
    QVERIFY(marked.living().size() >= 5);
    if (end == QLatin1StringView("terminate"))
        program->terminate();
    else if (end == QLatin1StringView("kill"))
        program->kill();
    else if (end == QLatin1StringView("destroy"))
        program.reset();
    else if (end == QLatin1StringView("itself"))
        program->closeWriteChannel();
    else
        ::kill(static_cast<pid_t>(program->pid()), SIGKILL);
    if (program)
        QVERIFY(program->join(QDeadlineTimer(20s)));
    QTRY_COMPARE(marked.living(), QByteArrayList());
}

void TestProgramProcess::treeEndsWithItsParent()
{
    const MarkedProcesses marked;
    const ProgramResult result = runRole("holder", StartMethod::Fork, "export " + marked.variable().toLatin1() + "; exec \"$@\"");
    QCOMPARE(result.status, 128 + SIGKILL);
    QTRY_COMPARE(marked.living(), QByteArrayList());
}

void TestProgramProcess::treeStopsWithIt()
{
    ProgramProcess program(
        QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("setsid -w sh -c 'echo $$; exec sleep 300'")});
    QSignalSpy ready(&program, &ProgramProcess::standardOutput);
    program.start();
    QVERIFY(ready.wait());
    const QString pid = QString::fromLatin1(ready[0][0].toByteArray().trimmed());
    const auto isStopped = [&pid] {
        QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
        return file.open(QIODevice::ReadOnly) && file.readAll().contains(") T ");
    };
    program.suspend();
    QTRY_VERIFY(isStopped());
    program.resume();
    QTRY_VERIFY(!isStopped());
}

void TestProgramProcess::hasTheEnvironmentGiven()
{
    qputenv("PROCESSION_TEST_INHERITED", "yes");
    ProgramProcess program(QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QStringLiteral("echo $PROCESSION_TEST_INHERITED,$PROCESSION_TEST_GIVEN")});
    QByteArray out;
    connect(&program, &ProgramProcess::standardOutput, [&out](const QByteArray &bytes) { out += bytes; });
    program.start();
    QVERIFY(program.join());
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PROCESSION_TEST_GIVEN"), QStringLiteral("too"));
    program.setProcessEnvironment(environment);
    program.start();
    QVERIFY(program.join());
    qunsetenv("PROCESSION_TEST_INHERITED");
    QCOMPARE(out, QByteArray("yes,\n,too\n"));
}

/// Also where it has not been there, and from the answer to its end.
void TestProgramProcess::startsAgain()
{
    ProgramProcess program(QStringLiteral("true"));
    int ends = 0;
    connect(&program, &ProgramProcess::finished, [&] {
        if (++ends < 5)
            program.start();
    });
    program.start();
    QTRY_COMPARE(ends, 5);
    ProgramProcess absent(QFile::decodeName(absentPath("no such program")));
    QSignalSpy errors(&absent, &ProgramProcess::errorOccurred);
    absent.start();
    QTRY_COMPARE(errors.count(), 1);
    absent.start();
    QTRY_COMPARE(errors.count(), 2);
    absent.kill();
}

int main(int argc, char **argv)
{
    const ProgramRole roles[] = {{"holder", &holder}};
    return runRoleOrTest<TestProgramProcess>(argc, argv, roles);
}
#include "tst_programprocess.moc"
