// SPDX-License-Identifier: GPL-3.0-or-later
// What tasks of procession run start in sessions of their own ends with them.
#include "programrun.h"

#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace {

/// Begins each task: what holds the file `held` descends from it, whatever it has done to its environment, session and parents.
constexpr char Hold[] = "exec 9>held; flock 9; ";

/// Ways to leave a task; they make the file `started` and do not end by themselves.
const std::pair<const char *, const char *> Ways[] = {
    {"waited for", "touch started; exec setsid --wait sleep 300"},
    {"in the background", "setsid sleep 300 & touch started; sleep 61"},
    {"with nohup", "nohup setsid sleep 300 >/dev/null 2>&1 & touch started; sleep 61"},
    {"as a daemon", "(setsid sh -c \"sleep 300 & touch started\" &); sleep 61"},
    {"ever again", "setsid -f setsid -f sh -c \"setsid -f sleep 300; touch started; sleep 300\"; sleep 61"},
    {"deaf", "setsid sh -c \"trap \\\"\\\" TERM HUP INT; touch started; while :; do sleep 300; done\" & sleep 61"},
    {"by job control", "exec bash -c \"set -m; sleep 300 & touch started; wait\""},
};

/// Waits in a script until a task has made the file `started`.
constexpr char UntilStarted[] = "while ! test -e started; do sleep 0.01; done\n";

} // namespace

class TestRunDescendants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void endWithATimeOut_data() { addWays(); }
    void endWithATimeOut();
    void endWithAHalt_data() { addWays(); }
    void endWithAHalt();
    void endWithASignal_data() { addWays(); }
    void endWithASignal();
    void endWithTheProgram_data() { addWays(); }
    void endWithTheProgram();
    void endWithATaskThatIsKilled_data() { addWays(); }
    void endWithATaskThatIsKilled();
    void endWithATaskThatEnds_data();
    void endWithATaskThatEnds();
    void withoutAnEnvironment();
    void withoutParentAndEnvironmentInTheSession();
    void ofANestedRun();
    void areKeptOnRequest();
    void othersAreLeftAlone();
    void areReaped();
    void areStopped();
    void haveTimeToCleanUp();

private:
    static void addWays();
    /// A task quoted for a script.
    static QByteArray task(const QByteArray &way) { return " '" + QByteArray(Hold) + way + "; : {}' "; }
    bool isHeld() const;

    std::unique_ptr<ProgramRunner> m_runner;
};

void TestRunDescendants::init() { m_runner = std::make_unique<ProgramRunner>(); }

void TestRunDescendants::addWays()
{
    QTest::addColumn<QByteArray>("way");
    for (const auto &[name, way] : Ways)
        QTest::newRow(name) << QByteArray(way);
}

bool TestRunDescendants::isHeld() const
{
    const int file = ::open(QFile::encodeName(m_runner->path(QStringLiteral("held"))).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool held = ::flock(file, LOCK_EX | LOCK_NB) != 0;
    ::close(file);
    return held;
}

void TestRunDescendants::endWithATimeOut()
{
    QFETCH(const QByteArray, way);
    const ProgramResult result = m_runner->shell(
        "\"$PROCESSION\" run --kill-grace 0.2 --timeout 0.5" + task(way) + "::: 1; echo $?; test -e started && echo started");
    QCOMPARE(result.out, QByteArray("1\nstarted\n"));
    QTRY_VERIFY(!isHeld());
    QCOMPARE(m_runner->living(), QByteArrayList());
}

void TestRunDescendants::endWithAHalt()
{
    QFETCH(const QByteArray, way);
    const ProgramResult result
        = m_runner->shell("\"$PROCESSION\" run -j2 --kill-grace 0.2 --halt now,fail=1 'if test {} = 2; then while ! test -e "
                          "started; do sleep 0.01; done; exit 1; fi; "
            + QByteArray(Hold) + way + "' ::: 1 2; echo $?");
    QCOMPARE(result.out, QByteArray("1\n"));
    QTRY_VERIFY(!isHeld());
}

void TestRunDescendants::endWithASignal()
{
    QFETCH(const QByteArray, way);
    for (const QByteArray signal : {"TERM", "INT"}) {
        const ProgramResult result
            = m_runner->shell("rm -f started; env --default-signal=INT \"$PROCESSION\" run --kill-grace 0.2" + task(way)
                + "::: 1 & p=$!\n" + UntilStarted + "kill -" + signal + " $p; wait $p; echo $?");
        QCOMPARE(result.out, QByteArray(signal == "TERM" ? "143\n" : "130\n"));
        QTRY_VERIFY(!isHeld());
    }
}

void TestRunDescendants::endWithTheProgram()
{
    QFETCH(const QByteArray, way);
    m_runner->shell("\"$PROCESSION\" run" + task(way) + "::: 1 & p=$!\n" + UntilStarted + "kill -9 $p; wait $p");
    QTRY_VERIFY(!isHeld());
    QTRY_COMPARE(m_runner->living(), QByteArrayList());
}

void TestRunDescendants::endWithATaskThatIsKilled()
{
    QFETCH(const QByteArray, way);
    // Another task goes on until nothing is left of the first.
    const ProgramResult result
        = m_runner->shell("\"$PROCESSION\" run -j2 'if test {} = 2; then flock -w 20 held echo ended; else echo $$ >pid; "
            + QByteArray(Hold) + way + "; fi' ::: 1 2 & p=$!\n" + UntilStarted + "kill -9 $(cat pid); wait $p; echo $?");
    QCOMPARE(result.out, QByteArray("ended\n1\n"));
    QVERIFY(!isHeld());
}

void TestRunDescendants::endWithATaskThatEnds_data()
{
    QTest::addColumn<QByteArray>("way");
    QTest::newRow("in the background") << QByteArray(
        "setsid sh -c \"touch up; sleep 300\" & while ! test -e up; do sleep 0.01; done");
    QTest::newRow("as a daemon") << QByteArray(
        "(setsid sh -c \"sleep 300 & touch up\" &); while ! test -e up; do sleep 0.01; done");
    QTest::newRow("by setsid -f") << QByteArray("setsid -f sleep 300");
    QTest::newRow("ever again") << QByteArray("setsid -f sh -c \"setsid -f sleep 300; exec setsid --wait sleep 300\"");
    QTest::newRow("by job control") << QByteArray("bash -c \"set -m; sleep 300 &\"");
}

void TestRunDescendants::endWithATaskThatEnds()
{
    QFETCH(const QByteArray, way);
    // The second task runs until nothing is left of the first, which it does not wait for otherwise.
    const ProgramResult result
        = m_runner->shell("\"$PROCESSION\" run -j2 --progress 'if test {} = 2; then while ! test -e started; do sleep 0.01; "
                          "done; flock -w 20 held echo ended; else "
            + QByteArray(Hold) + "{ " + way + "\n}; touch started; fi' ::: 1 2; echo $?");
    QCOMPARE(result.out, QByteArray("ended\n0\n"));
    QVERIFY(!isHeld());
}

void TestRunDescendants::withoutAnEnvironment()
{
    // The mark is gone, but not the parent; the leader dies first, by SIGTERM.
    const QByteArray way
        = "env -i PATH=\"$PATH\" setsid --wait sh -c \"trap \\\"\\\" TERM; touch started; while :; do sleep 300; done\"";
    const ProgramResult result
        = m_runner->shell("\"$PROCESSION\" run --kill-grace 0.2 --timeout 0.5" + task(way) + "::: 1; echo $?");
    QCOMPARE(result.out, QByteArray("1\n"));
    QTRY_VERIFY(!isHeld());
}

void TestRunDescendants::withoutParentAndEnvironmentInTheSession()
{
    const QByteArray way = "env -i PATH=\"$PATH\" bash -c \"set -m; (sleep 300 & touch started) & wait\"; exec sleep 61";
    m_runner->shell("\"$PROCESSION\" run" + task(way) + "::: 1 & p=$!\n" + UntilStarted + "kill -9 $p; wait $p");
    QTRY_VERIFY(!isHeld());
}

void TestRunDescendants::ofANestedRun()
{
    m_runner->write(QStringLiteral("inner"), QByteArray(Hold) + "setsid -f sleep 300; touch started; sleep 61\n");
    for (const QByteArray signal : {"TERM", "KILL"}) {
        m_runner->shell("rm -f started; \"$PROCESSION\" run --no-store --kill-grace 0.2 '\"$PROCESSION\" run --no-store sh ::: "
                        "{}' ::: inner & p=$!\n"
            + QByteArray(UntilStarted) + "kill -" + signal + " $p; wait $p");
        QTRY_VERIFY(!isHeld());
        QTRY_COMPARE(m_runner->living(), QByteArrayList());
    }
}

void TestRunDescendants::areKeptOnRequest()
{
    const ProgramResult result = m_runner->shell("\"$PROCESSION\" run --keep-grandchildren"
        + task("setsid -f sh -c \"echo \\$\\$ >kept.tmp; mv kept.tmp kept; exec sleep 300\"")
        + "::: 1; echo $?\n"
          "while ! test -e kept; do sleep 0.01; done; kill -0 $(cat kept) && echo lives; kill -9 $(cat kept)");
    QCOMPARE(result.out, QByteArray("0\nlives\n"));
}

/// Children that the program has had before, and orphans of these.
void TestRunDescendants::othersAreLeftAlone()
{
    const ProgramResult result
        = m_runner->shell("setsid sh -c 'echo $$ >one; (while ! test -e go; do sleep 0.01; done; exec sleep 300) & echo $! >two; "
                          "touch started; while ! test -e go; do sleep 0.01; done' &\n"
            + QByteArray(UntilStarted)
            + "exec \"$PROCESSION\" run 'touch go; while kill -0 $(cat one) 2>/dev/null && ! grep -q Z /proc/$(cat one)/stat; do "
              "sleep 0.01; done; sleep 0.05' ::: 1");
    QCOMPARE(result.status, 0);
    const ProgramResult after = m_runner->shell("kill -9 $(cat two) && echo lived");
    QCOMPARE(after.out, QByteArray("lived\n"));
}

void TestRunDescendants::areReaped()
{
    // A program that starts many daemons which end soon: none stays behind as a zombie for as long as the task lasts.
    const QByteArray way = "for i in 1 2 3 4 5 6 7 8 9 10; do setsid -f true; done; "
                           "while ps -o stat= --ppid $PPID | grep -q Z; do sleep 0.05; done; echo reaped";
    QCOMPARE(m_runner->shell("\"$PROCESSION\" run" + task(way) + "::: 1").out, QByteArray("reaped\n"));
}

/// The descendant waits by itself: a shell that waits for its vfork() is not shown as stopped. The program is a job of its shell: where the
/// process group is orphaned, as that of this test may be, the system stops nothing.
void TestRunDescendants::areStopped()
{
    m_runner->write(QStringLiteral("state"), "sed 's/.*) //; s/ .*//' /proc/$(cat pid)/stat\n");
    const ProgramResult result = m_runner->bash("set -m; mkfifo gate; \"$PROCESSION\" run"
        + task("setsid --wait sh -c \"echo \\$\\$ >pid.tmp; mv pid.tmp pid; read x <gate\"")
        + "::: 1 & p=$!\n"
          "while ! test -e pid; do sleep 0.01; done\n"
          "kill -TSTP $p; until test $(sh state) = T; do sleep 0.01; done; echo stopped\n"
          "kill -CONT $p; while test $(sh state) = T; do sleep 0.01; done; echo goes on\n"
          "echo >gate; wait $p; echo $?");
    QCOMPARE(result.out, QByteArray("stopped\ngoes on\n0\n"));
}

void TestRunDescendants::haveTimeToCleanUp()
{
    // The task waits for what it has started, so both have the grace.
    const QByteArray way = "setsid sh -c \"trap \\\"sleep 0.2; touch clean; exit\\\" TERM; touch started; while :; do sleep "
                           "0.05; done\" & trap : TERM; "
                           "while kill -0 $! 2>/dev/null; do wait; done";
    const ProgramResult result = m_runner->shell("\"$PROCESSION\" run --kill-grace 20" + task(way) + "::: 1 & p=$!\n"
        + UntilStarted + "kill -TERM $p; wait $p; test -e clean && echo clean");
    QCOMPARE(result.out, QByteArray("clean\n"));
}

QTEST_GUILESS_MAIN(TestRunDescendants)
#include "tst_rundescendants.moc"
