// SPDX-License-Identifier: GPL-3.0-or-later
// procession run on a real terminal: its keys, its end, and tasks that want to read it.
#include "programrun.h"
#include "terminalprogram.h"

#include <QtTest/QtTest>

namespace {

constexpr char CtrlC = '\x03';
constexpr char CtrlZ = '\x1a';

} // namespace

class TestRunTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void ctrlCEndsTheRun();
    void ctrlCTwiceKills();
    void ctrlZStopsTasks();
    void ctrlZStopsTheClocks();
    void hangUpEndsTheRun();
    void readingTheTerminalFails_data();
    void readingTheTerminalFails();

private:
    QByteArrayList command(const QByteArray &script) const { return m_runner->command("exec \"$PROCESSION\" run " + script); }
    bool exists(const char *name) const { return QFile::exists(m_runner->path(QString::fromLatin1(name))); }
    QByteArray lastJob() const { return m_runner->shell("\"$PROCESSION\" jobs show 1").out; }
    /// The state of the process whose number a task has written, as /proc has it.
    QByteArray state(const char *name) const
    {
        const QByteArray pid = m_runner->read(QString::fromLatin1(name)).trimmed();
        QFile file(QStringLiteral("/proc/%1/stat").arg(QString::fromLatin1(pid)));
        const QByteArray stat = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        return stat.mid(stat.lastIndexOf(')') + 2, 1);
    }

    std::unique_ptr<ProgramRunner> m_runner;
};

void TestRunTerminal::init() { m_runner = std::make_unique<ProgramRunner>(); }

void TestRunTerminal::ctrlCEndsTheRun()
{
    TerminalProgram program(command("-j2 --bar 'touch started; exec sleep 61; : {}' ::: 1 2 3"));
    QTRY_VERIFY(exists("started"));
    program.press(CtrlC);
    const int status = program.nextStatus();
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGINT);
    QVERIFY2(program.screen().contains("Ctrl-C again kills"), program.screen().constData());
    QTRY_COMPARE(m_runner->living(), QByteArrayList());
    QVERIFY2(lastJob().contains("3: 3 cancelled"), lastJob().constData());
}

void TestRunTerminal::ctrlCTwiceKills()
{
    TerminalProgram program(
        command("--kill-grace 100 'trap \"touch asked\" TERM; touch started; while :; do sleep 61 & wait; done; : {}' ::: 1"));
    QTRY_VERIFY(exists("started"));
    program.press(CtrlC);
    QTRY_VERIFY(exists("asked"));
    program.press(CtrlC);
    const int status = program.nextStatus();
    QVERIFY(WIFSIGNALED(status));
    QTRY_COMPARE(m_runner->living(), QByteArrayList());
}

void TestRunTerminal::ctrlZStopsTasks()
{
    // The task waits by itself: a shell that waits for its vfork() is not shown as stopped.
    TerminalProgram program(m_runner->command("mkfifo gate; exec \"$PROCESSION\" run "
                                              "'echo $$ >pid.tmp; mv pid.tmp pid; read x <gate; echo end {}' ::: 1"));
    QTRY_VERIFY(exists("pid"));
    for (int times = 0; times < 2; ++times) {
        program.press(CtrlZ);
        const int status = program.nextStatus();
        QVERIFY(WIFSTOPPED(status));
        QCOMPARE(WSTOPSIG(status), SIGTSTP);
        QTRY_COMPARE(state("pid"), QByteArray("T"));
        program.goOn();
        QTRY_VERIFY(state("pid") != "T");
    }
    QVERIFY2(program.screen().contains("fg (SIGCONT) lets them go on"), program.screen().constData());
    m_runner->write(QStringLiteral("gate"), {});
    QCOMPARE(program.nextStatus(), 0);
    QVERIFY2(program.screen().contains("end 1"), program.screen().constData());
}

void TestRunTerminal::ctrlZStopsTheClocks()
{
    TerminalProgram program(
        command("--timeout 1.5 'touch started; while ! test -e gate; do sleep 0.01; done; echo end {}' ::: 1"));
    QTRY_VERIFY(exists("started"));
    program.press(CtrlZ);
    QVERIFY(WIFSTOPPED(program.nextStatus()));
    QTest::qWait(1'600); // the time that must not count
    program.goOn();
    QTest::qWait(100);
    m_runner->write(QStringLiteral("gate"), {});
    QCOMPARE(program.nextStatus(), 0);
    QVERIFY2(program.screen().contains("end 1"), program.screen().constData());
}

/// As when ssh drops. Nobody writes to that terminal any more.
void TestRunTerminal::hangUpEndsTheRun()
{
    TerminalProgram program(
        command("-j2 --bar --kill-grace 0.3 'touch started{}; test {} = 1 && trap \"\" TERM HUP; sleep 61; sleep 61' ::: 1 2 3"));
    QTRY_VERIFY(exists("started1") && exists("started2"));
    program.hangUp();
    QTRY_COMPARE_WITH_TIMEOUT(m_runner->living(), QByteArrayList(), 10'000);
    const QByteArray job = lastJob();
    QVERIFY2(job.contains("Stopped") && job.contains("3: 3 cancelled"), job.constData());
}

void TestRunTerminal::readingTheTerminalFails_data()
{
    QTest::addColumn<QByteArray>("task");
    QTest::newRow("read") << QByteArray("read x </dev/tty");
    QTest::newRow("write") << QByteArray("echo x >/dev/tty");
    QTest::newRow("settings") << QByteArray("stty -echo </dev/tty");
    QTest::newRow("in a pipeline") << QByteArray("cat /dev/tty | cat; ! true");
    QTest::newRow("by a program without a shell") << QByteArray("cat /dev/tty");
}

void TestRunTerminal::readingTheTerminalFails()
{
    QFETCH(const QByteArray, task);
    TerminalProgram program(command("-N0 '" + task + "' ::: 1"));
    const int status = program.nextStatus();
    QVERIFY2(WIFEXITED(status), program.screen().constData());
    QCOMPARE(WEXITSTATUS(status), 1);
}

QTEST_GUILESS_MAIN(TestRunTerminal)
#include "tst_runterminal.moc"
