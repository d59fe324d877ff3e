// SPDX-License-Identifier: MIT
#include "paths.h"
#include "processtest.h"

#include <procession/programprocess.h>

#include <csignal>

using namespace procession;
using namespace std::chrono_literals;

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

QTEST_GUILESS_MAIN(TestProgramProcess)
#include "tst_programprocess.moc"
