// SPDX-License-Identifier: GPL-3.0-or-later
// What signals do to procession run, with tasks that heed them and tasks that do not.
#include "programrun.h"

#include <QtTest/QtTest>

namespace {

/// Runs `procession run` with these words in the background, where a shell without job control ignores SIGINT for it, and waits until a
/// task has made the file `started`. `$p` is its process.
QByteArray startedRun(const QByteArray &words)
{
    return "rm -f started asked; env --default-signal=INT \"$PROCESSION\" run " + words
        + " & p=$!\nwhile ! test -e started; do sleep 0.01; done\n";
}

constexpr char HeedingTask[] = "'touch started; exec sleep 61; : {}' ::: 1 2 3";
/// SIGTERM makes it note that, and nothing else.
constexpr char StubbornTask[] = "'trap \"touch asked\" TERM; touch started; while :; do sleep 61 & wait; done; : {}' ::: 1 2 3";
/// SIGTERM makes it clean up for a while and end.
constexpr char CleaningTask[]
    = "'trap \"sleep 0.3; touch clean; exit 0\" TERM; touch started; while :; do sleep 61 & wait; done; : {}' ::: 1";

} // namespace

class TestRunSignals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QFile::remove(m_runner.path(QStringLiteral("clean"))); }
    void ignoredStaysIgnored_data();
    void ignoredStaysIgnored();
    void tasksInheritWhatIsIgnored();
    void underNohup();
    void endsTheRun_data();
    void endsTheRun();
    void whatWasStoppedIsResumed();
    void endedByTheSignal();
    void thoseThatComeTogetherAreOne();
    void theSecondKills();
    void finishesRunningTasks();
    void finishingMaySucceed();
    void saysWhatItDoesOnce();
    void nobodyTakesItsOutput_data();
    void nobodyTakesItsOutput();
    void goesOnBeforeItHasStopped();
    void underTimeout_data();
    void underTimeout();
    void stoppedByOthers();
    void stoppedTasksAreTold();

private:
    ProgramRunner m_runner;
};

void TestRunSignals::ignoredStaysIgnored_data()
{
    QTest::addColumn<QByteArray>("signal");
    for (const char *name : {"HUP", "INT", "TERM", "USR1", "TSTP"})
        QTest::newRow(name) << QByteArray(name);
}

void TestRunSignals::ignoredStaysIgnored()
{
    QFETCH(const QByteArray, signal);
    const ProgramResult result = m_runner.shell("trap '' " + signal + "\nrm -f gate started\n"
        + "\"$PROCESSION\" run -j1 'touch started; while ! test -e gate; do sleep 0.01; done; echo {}' ::: 1 2 3 & p=$!\n"
          "while ! test -e started; do sleep 0.01; done\n"
          "kill -"
        + signal + " $p; kill -" + signal + " $p\ntouch gate; wait $p; echo $?");
    QCOMPARE(result.out, QByteArray("1\n2\n3\n0\n"));
    QCOMPARE(result.err, QByteArray());
}

void TestRunSignals::tasksInheritWhatIsIgnored()
{
    // SIGHUP, SIGINT, SIGUSR1 and SIGTERM are ignored, SIGPIPE is not: a pipeline would not end.
    const ProgramResult result
        = m_runner.shell("trap '' HUP INT USR1 PIPE TERM CHLD\n"
                         "exec \"$PROCESSION\" run -N0 \"grep -E '^Sig(Blk|Ign)' /proc/self/status\" ::: 1");
    QCOMPARE(result.out, QByteArray("SigBlk:\t0000000000000000\nSigIgn:\t0000000000004203\n"));
}

void TestRunSignals::underNohup()
{
    const ProgramResult result
        = m_runner.shell("rm -f gate started\n"
                         "nohup \"$PROCESSION\" run -j1 'touch started; while ! test -e gate; do sleep 0.01; done; kill -HUP $$; "
                         "echo {}' ::: 1 2 3 >nohup.out 2>&1 </dev/null & p=$!\n"
                         "while ! test -e started; do sleep 0.01; done\n"
                         "kill -HUP $p; touch gate; wait $p; echo $?; cat nohup.out");
    QCOMPARE(result.out, QByteArray("0\n1\n2\n3\n"));
}

void TestRunSignals::endsTheRun_data()
{
    QTest::addColumn<QByteArray>("task");
    QTest::addColumn<QByteArray>("signal");
    QTest::addColumn<int>("status");
    for (const auto &[name, status] : {std::pair("TERM", 143), std::pair("INT", 130), std::pair("HUP", 129)}) {
        QTest::addRow("%s, heeding", name) << QByteArray(HeedingTask) << QByteArray(name) << status;
        QTest::addRow("%s, stubborn", name) << QByteArray(StubbornTask) << QByteArray(name) << status;
    }
}

void TestRunSignals::endsTheRun()
{
    QFETCH(const QByteArray, task);
    QFETCH(const QByteArray, signal);
    QFETCH(const int, status);
    const ProgramResult result
        = m_runner.shell(startedRun("-j2 --kill-grace 0.3 " + task) + "kill -" + signal + " $p; wait $p; echo $?");
    QCOMPARE(result.out, QByteArray::number(status) + '\n');
    QTRY_COMPARE(m_runner.living(), QByteArrayList());
    const QByteArray job = m_runner.shell("\"$PROCESSION\" jobs show $(\"$PROCESSION\" jobs | awk 'NR==2 {print $1}')").out;
    QVERIFY2(job.contains("Stopped") && job.contains("3: 3 cancelled"), job.constData());
}

void TestRunSignals::whatWasStoppedIsResumed()
{
    const QByteArray command = "'test -e again || { touch started; exec sleep 61; }; echo {}' ::: 1 2 3";
    const ProgramResult result = m_runner.shell(startedRun("-k -j1 " + command)
        + "kill -TERM $p; wait $p; echo $?; touch again; \"$PROCESSION\" run --resume -k -j1 " + command + "; echo $?");
    QCOMPARE(result.out, QByteArray("143\n1\n2\n3\n0\n"));
}

/// So that bash leaves its loop and systemd sees a stop that is no failure.
void TestRunSignals::endedByTheSignal()
{
    m_runner.write(QStringLiteral("asked.py"),
        "import os, signal, subprocess, sys, time\n"
        "p = subprocess.Popen([os.environ['PROCESSION'], 'run', 'touch begun; exec sleep 61; : {}', ':::', '1'])\n"
        "while not os.path.exists('begun'): time.sleep(0.01)\n"
        "p.send_signal(signal.SIGTERM)\n"
        "print(p.wait())\n");
    QCOMPARE(m_runner.shell("rm -f begun; python3 asked.py").out, QByteArray("-15\n"));
}

void TestRunSignals::thoseThatComeTogetherAreOne()
{
    // Sent while it is stopped, they all come at once, the one with the lowest number first. The task has the time to clean up.
    const ProgramResult result = m_runner.shell(startedRun("-j1 --kill-grace 60 " + QByteArray(CleaningTask))
        + "kill -STOP $p; kill -TERM $p; kill -INT $p; kill -HUP $p; kill -CONT $p; wait $p; echo $?; ls clean");
    QCOMPARE(result.out, QByteArray("129\nclean\n"));
}

void TestRunSignals::theSecondKills()
{
    const ProgramResult result = m_runner.shell(startedRun("-j1 --kill-grace 100 " + QByteArray(StubbornTask))
        + "kill -TERM $p; while ! test -e asked; do sleep 0.01; done; kill -TERM $p; wait $p; echo $?");
    QCOMPARE(result.out, QByteArray("143\n"));
    QTRY_COMPARE(m_runner.living(), QByteArrayList());
}

void TestRunSignals::finishesRunningTasks()
{
    const ProgramResult result = m_runner.shell("rm -f gate told\n"
        + startedRun("-j1 'touch started; while ! test -e gate; do sleep 0.01; done; echo {}' ::: 1 2 3 2>told")
        + "kill -USR1 $p; until grep -q SIGUSR1 told; do sleep 0.01; done; touch gate; wait $p; echo $?; "
          "\"$PROCESSION\" run --resume -j1 'touch started; while ! test -e gate; do sleep 0.01; done; echo {}' ::: 1 2 3");
    QCOMPARE(result.out, QByteArray("1\n138\n2\n3\n"));
    const QByteArray told = m_runner.read(QStringLiteral("told"));
    QVERIFY2(told.contains("SIGUSR1") && told.contains("SIGTERM"), told.constData());
}

void TestRunSignals::finishingMaySucceed()
{
    // Nothing is left out.
    const ProgramResult result = m_runner.shell("rm -f gate told\n"
        + startedRun("-j1 'touch started; while ! test -e gate; do sleep 0.01; done; echo {}' ::: 1 2>told")
        + "kill -USR1 $p; until grep -q SIGUSR1 told; do sleep 0.01; done; touch gate; wait $p; echo $?");
    QCOMPARE(result.out, QByteArray("1\n0\n"));
}

void TestRunSignals::saysWhatItDoesOnce()
{
    const ProgramResult result = m_runner.shell(startedRun("-j1 --kill-grace 100 " + QByteArray(StubbornTask))
        + "kill -INT $p; while ! test -e asked; do sleep 0.01; done; kill -INT $p; wait $p");
    const QByteArrayList lines = result.err.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[0].startsWith("procession: SIGINT: ") && lines[0].contains("Ctrl-C again kills"), lines[0].constData());
    QVERIFY2(lines[1].startsWith("procession: SIGINT: ") && lines[1].contains("killed"), lines[1].constData());
}

void TestRunSignals::nobodyTakesItsOutput_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::newRow("recorded") << QByteArray();
    QTest::newRow("unrecorded") << QByteArray("--no-store");
    QTest::newRow("lines") << QByteArray("--lb");
    QTest::newRow("with progress") << QByteArray("--bar");
}

/// More than a pipe and the printer hold, for a reader that does not read.
void TestRunSignals::nobodyTakesItsOutput()
{
    QFETCH(const QByteArray, options);
    const ProgramResult result = m_runner.shell("rm -f started fifo; mkfifo fifo; sleep 300 <fifo & r=$!\n"
                                                "\"$PROCESSION\" run -j2 --kill-grace 0.3 "
        + options
        + " 'head -c 9000000 /dev/zero; test {} = 8 && touch started && exec sleep 61' ::: 1 2 3 4 5 6 7 8 9 >fifo 2>&1 & p=$!\n"
          "for i in $(seq 300); do test -e started && break; sleep 0.01; done\n" // it may never come to that
          "kill -TERM $p; wait $p; echo $?; kill $r");
    QCOMPARE(result.out, QByteArray("143\n"));
    QTRY_COMPARE(m_runner.living(), QByteArrayList());
}

/// SIGCONT as soon as the task has stopped: the program may still be recording those that have ended. It is a job of its shell: where the
/// process group is orphaned, the system stops nothing.
void TestRunSignals::goesOnBeforeItHasStopped()
{
    m_runner.write(QStringLiteral("state"), "sed 's/.*) //; s/ .*//' /proc/$(cat pid)/stat\n");
    const ProgramResult result = m_runner.bash("set -m; rm -f gate pid; mkfifo gate\n"
        + startedRun("-j2 'if test {} = 1; then echo $$ >pid.tmp; mv pid.tmp pid; read x <gate; fi; test {} != 600 || touch "
                     "started' ::: $(seq 600)")
        + "until test -e pid; do sleep 0.01; done\n"
          "kill -TSTP $p; until test $(sh state) = T; do :; done; kill -CONT $p; while test $(sh state) = T; do sleep 0.01; "
          "done\n"
          "echo >gate; wait $p; echo $?");
    QCOMPARE(result.out, QByteArray("0\n"));
}

void TestRunSignals::underTimeout_data()
{
    QTest::addColumn<QByteArray>("task");
    QTest::addColumn<QByteArray>("left");
    QTest::newRow("heeding") << QByteArray(HeedingTask) << QByteArray();
    QTest::newRow("stubborn") << QByteArray(StubbornTask) << QByteArray();
    QTest::newRow("cleaning") << QByteArray(CleaningTask) << QByteArray("clean\n");
}

void TestRunSignals::underTimeout()
{
    QFETCH(const QByteArray, task);
    QFETCH(const QByteArray, left);
    const QByteArray grace = left.isEmpty() ? "0.3" : "60";
    const ProgramResult result
        = m_runner.shell("timeout 1 \"$PROCESSION\" run -j2 --kill-grace " + grace + ' ' + task + "; echo $?; ls clean");
    QCOMPARE(result.out, "124\n" + left);
    QTRY_COMPARE(m_runner.living(), QByteArrayList());
}

/// SIGSTOP from elsewhere, of which only the end can be noticed: the time-out stands meanwhile.
void TestRunSignals::stoppedByOthers()
{
    const ProgramResult result = m_runner.shell("rm -f gate\n"
        + startedRun("--timeout 2 'touch started; while ! test -e gate; do sleep 0.01; done; echo {}' ::: 1")
        + "kill -STOP $p; sleep 2.2; kill -CONT $p; sleep 0.2; touch gate; wait $p; echo $?");
    QCOMPARE(result.out, QByteArray("1\n0\n"));
}

void TestRunSignals::stoppedTasksAreTold()
{
    const ProgramResult result
        = m_runner.shell("\"$PROCESSION\" run --progress 'kill -STOP $$; echo {}' ::: 1 2>told & p=$!\n"
                         "while ! grep -q 'kill -CONT' told; do sleep 0.05; done\n"
                         "while ! grep -q '1 stopped' told; do sleep 0.05; done\n"
                         "kill -CONT $(sed -n 's/.*kill -CONT \\(-[0-9]*\\).*/\\1/p' told); wait $p; echo $?");
    QCOMPARE(result.out, QByteArray("1\n0\n"));
}

QTEST_GUILESS_MAIN(TestRunSignals)
#include "tst_runsignals.moc"
