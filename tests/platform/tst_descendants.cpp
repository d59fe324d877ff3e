// SPDX-License-Identifier: MIT
// Finding what descends from a child, and telling it from what has only the number of one.
#include <procession/platform/child/childlauncher.h>
#include <procession/platform/processes/descendants.h>
#include <procession/platform/processes/orphans.h>
#include <procession/platform/processes/processalive.h>
#include <procession/platform/processes/processtable.h>
#include <procession/platform/processes/taskmark.h>
#include <procession/platform/system/processstatus.h>

#include <QtTest/QtTest>

#include <csignal>
#include <sys/wait.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// A shell as a task, which writes a line for each number that the test wants to know.
class Shell
{
public:
    Shell(const QByteArray &script, const TaskMark &mark, quint64 task = 1)
        : m_launcher({.environment = {TaskMark::Name}}, &m_guard)
    {
        auto [readEnd, writeEnd] = Descriptor::pipe();
        m_output = std::move(readEnd);
        child = m_launcher.launch({"bash", "-c", script}, writeEnd.get(), writeEnd.get(), m_guard.reserve(), mark.variable(task));
    }
    ~Shell() { child.abandon(); }

    int readNumber()
    {
        QByteArray line;
        for (char c = 0; c != '\n';) {
            const auto count = m_output.read(std::span(&c, 1));
            if (!count)
                continue;
            if (*count == 0)
                return 0;
            line += c;
        }
        return line.trimmed().toInt();
    }

private:
    OrphanGuard m_guard;
    ChildLauncher m_launcher;
    Descriptor m_output;

public:
    ChildProcess child;
};

bool isStopped(qint64 pid)
{
    const auto status = processStatus(pid);
    return status && status->state == ProcessStatus::State::Stopped;
}

std::vector<int> pidsOf(const Descendants &descendants)
{
    std::vector<int> pids;
    for (const Descendants::Found &found : descendants.found())
        pids.push_back(found.pid);
    return pids;
}

bool contains(const std::vector<int> &pids, int pid) { return std::find(pids.begin(), pids.end(), pid) != pids.end(); }

} // namespace

class TestDescendants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linksOfThisProcess();
    void oddNames();
    void markIsFoundAnywhere_data();
    void markIsFoundAnywhere();
    void markIsFoundWhileExecuting_data();
    void markIsFoundWhileExecuting();
    void marksOfOuterRunsStay();
    void followsLinks();
    void findsByTheMark();
    void signalsReachOtherSessions();
    void anotherProcessIsNotSignalled();
    void killsWhatMultiplies();
    void orphansCome();
    void orphansOfOthersAreNobodys();
    void orphansAreReaped();
    void childrenAreNotReaped();
};

void TestDescendants::linksOfThisProcess()
{
    ProcessLinks links;
    QVERIFY(readLinks(::getpid(), links));
    QCOMPARE(links.pid, ::getpid());
    QCOMPARE(links.parent, ::getppid());
    QCOMPARE(links.group, ::getpgrp());
    QCOMPARE(links.session, ::getsid(0));
    QCOMPARE(links.startTime, processStartTime(::getpid()));
    QCOMPARE(links.exitSignal, SIGCHLD);
    QVERIFY(!links.hasEnded());
    QVERIFY(!readLinks(0x3fffffff, links));
}

/// A name may look like what stands behind it.
void TestDescendants::oddNames()
{
    const TaskMark mark;
    Shell shell("printf 'x) Z 1 1 1' >/proc/$$/comm; echo $$; read x; sleep 300", mark);
    const int pid = shell.readNumber();
    ProcessLinks links;
    QVERIFY(readLinks(pid, links));
    QCOMPARE(links.parent, ::getpid());
    QCOMPARE(links.session, pid);
    QVERIFY(!links.hasEnded());
}

void TestDescendants::markIsFoundAnywhere_data()
{
    QTest::addColumn<int>("before");
    QTest::newRow("first") << 0;
    for (int size = 4'000; size < 4'400; size += 13) // where a part that is read ends
        QTest::addRow("behind %d bytes", size) << size;
    QTest::newRow("behind 100 KB") << 100'000;
}

void TestDescendants::markIsFoundAnywhere()
{
    QFETCH(const int, before);
    const TaskMark mark;
    const TaskMark other;
    // env puts its variables behind those that it has got.
    Shell shell(
        "exec env -i A=" + QByteArray(before, 'a') + " '" + mark.variable(123'456) + "' sh -c 'echo $$; exec sleep 300'", other);
    const int pid = shell.readNumber();
    QCOMPARE(mark.taskOf(pid), std::optional<quint64>(123'456));
    QCOMPARE(other.taskOf(pid), std::nullopt);
    const auto has = [pid](const QByteArray &text) {
        return findInEnvironment(pid, text.constData(), static_cast<std::size_t>(text.size()));
    };
    QVERIFY(has(mark.ofRun()));
    QVERIFY(has(mark.ofTask(123'456)));
    QVERIFY(!has(mark.ofTask(12'345)));
    QVERIFY(!has({}));
}

void TestDescendants::markIsFoundWhileExecuting_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("read at once") << QByteArray();
    QTest::newRow("read in parts") << QByteArray("export A=" + QByteArray(20'000, 'a') + "; ");
}

void TestDescendants::markIsFoundWhileExecuting()
{
    QFETCH(const QByteArray, before);
    const TaskMark mark;
    Shell shell(before + "export F='exec bash -c \"$F\"'; echo $$; eval \"$F\"", mark, 8);
    const int pid = shell.readNumber();
    for (int i = 0; i < 2'000; ++i)
        QCOMPARE(mark.taskOf(pid), std::optional<quint64>(8));
    Shell cleared("exec env -i sh -c 'echo $$; exec sleep 300'", mark);
    const int other = cleared.readNumber();
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(mark.taskOf(other), std::nullopt);
    QCOMPARE(mark.taskOf(other), std::nullopt);
    QVERIFY(clock.elapsed() < 1'000);
}

void TestDescendants::marksOfOuterRunsStay()
{
    const TaskMark outer;
    const QByteArray variable = outer.variable(7);
    qputenv(TaskMark::Name, variable.mid(variable.indexOf('=') + 1));
    const TaskMark inner;
    qunsetenv(TaskMark::Name);
    Shell shell("exec sh -c 'echo $$; exec sleep 300'", inner, 9);
    const int pid = shell.readNumber();
    QCOMPARE(outer.taskOf(pid), std::optional<quint64>(7));
    QCOMPARE(inner.taskOf(pid), std::optional<quint64>(9));
}

void TestDescendants::followsLinks()
{
    const TaskMark mark;
    Shell shell("env -i setsid -w bash -c '(echo $BASHPID; sleep 300; :) & sleep 300 & echo $!; echo $$; wait' & wait", mark);
    std::vector<int> pids;
    for (int i = 0; i < 3; ++i)
        pids.push_back(shell.readNumber());
    Descendants descendants(shell.child.pid());
    QTRY_VERIFY(descendants.look() || true);
    for (const int pid : pids)
        QVERIFY(contains(pidsOf(descendants), pid));
    QVERIFY(!contains(pidsOf(descendants), static_cast<int>(shell.child.pid())));
    descendants.signalAll(SIGKILL);
    for (const int pid : pids)
        QTRY_VERIFY(!isProcessAlive(pid));
}

void TestDescendants::findsByTheMark()
{
    const TaskMark mark;
    Shell shell("setsid -f sh -c 'echo $$; exec sleep 300'; sleep 300", mark, 5);
    Shell sibling("setsid -f sh -c 'echo $$; exec sleep 300'; sleep 300", mark, 6);
    const int pid = shell.readNumber();
    const int other = sibling.readNumber();
    QTRY_VERIFY(!contains(pidsOf([&] {
        Descendants d(shell.child.pid());
        d.look();
        return d;
    }()),
        pid)); // its parent has ended
    Descendants descendants(shell.child.pid(), mark.ofTask(5));
    QVERIFY(descendants.signalAll(SIGKILL));
    QVERIFY(contains(pidsOf(descendants), pid));
    QTRY_VERIFY(!isProcessAlive(pid));
    QVERIFY(isProcessAlive(other));
    Descendants(sibling.child.pid(), mark.ofRun()).signalAll(SIGKILL);
    QTRY_VERIFY(!isProcessAlive(other));
}

void TestDescendants::signalsReachOtherSessions()
{
    const TaskMark mark;
    Shell shell("setsid -w sh -c 'echo $$; while :; do :; done' & wait", mark);
    const int pid = shell.readNumber();
    Descendants(shell.child.pid()).signalAll(SIGSTOP);
    QTRY_VERIFY(isStopped(pid));
    Descendants again(shell.child.pid());
    again.look();
    again.signal(SIGCONT);
    QTRY_VERIFY(!isStopped(pid));
    again.signal(SIGSTOP); // each was signalled once
    QVERIFY(!isStopped(pid));
    Descendants(shell.child.pid()).signalAll(SIGKILL);
    QTRY_VERIFY(!isProcessAlive(pid));
}

void TestDescendants::anotherProcessIsNotSignalled()
{
    const TaskMark mark;
    Shell shell("sleep 300", mark);
    const int pid = static_cast<int>(shell.child.pid());
    QVERIFY(!signalProcess(pid, processStartTime(pid) - 1, SIGKILL)); // an earlier one had its number
    QVERIFY(!signalProcess(0x3fffffff, 1, SIGKILL));
    QVERIFY(isProcessAlive(pid));
    QVERIFY(signalProcess(pid, processStartTime(pid), SIGKILL));
    QTRY_VERIFY(!isProcessAlive(pid));
}

/// Each starts the next in a session of its own, and ends.
void TestDescendants::killsWhatMultiplies()
{
    const TaskMark mark;
    const QByteArray chain
        = "export N=0; f() { setsid -f bash -c \"$F\"; }; F='exec 2>/dev/null; setsid -f bash -c \"$F\"'; export F; ";
    Shell shell(chain + "f; f; f; echo 1; sleep 300", mark, 3);
    QCOMPARE(shell.readNumber(), 1);
    QTRY_VERIFY2(([&] {
        Descendants(shell.child.pid(), mark.ofTask(3)).signalAll(SIGKILL);
        Descendants left(shell.child.pid(), mark.ofTask(3));
        left.look();
        const auto pids = pidsOf(left);
        return std::none_of(pids.begin(), pids.end(), [&](int pid) { return pid != shell.child.pid() && isProcessAlive(pid); });
    }()),
        "they live on");
}

void TestDescendants::orphansCome()
{
    const TaskMark mark;
    Shell *running = nullptr;
    Orphans orphans(
        mark, [&](qint64 pid) { return running && pid == running->child.pid() ? std::optional<quint64>(4) : std::nullopt; });
    Shell shell("setsid -f sh -c 'echo $$; exec sleep 300'; setsid -f env -i sleep 300; (env -i sleep 300 & echo $!) ; sleep 300",
        mark, 4);
    running = &shell;
    const int marked = shell.readNumber();
    const int inSession = shell.readNumber();
    const auto has = [&](int pid) {
        orphans.look();
        const auto all = orphans.of(4);
        return std::find(all.begin(), all.end(), pid) != all.end();
    };
    QTRY_VERIFY(has(marked));
    QTRY_VERIFY(has(inSession));
    QVERIFY(!has(static_cast<int>(shell.child.pid())));
    QVERIFY(orphans.of(5).empty());
    Descendants descendants(shell.child.pid());
    for (const qint64 pid : orphans.of(4))
        descendants.addRoot(pid);
    shell.child.signalGroup(SIGKILL);
    QVERIFY(descendants.signalAll(SIGKILL));
    QVERIFY(orphans.waitForEnd(QDeadlineTimer(10s)));
    QVERIFY(orphans.of(4).empty());
    QVERIFY(!processStatus(marked)); // reaped
    QVERIFY(!processStatus(inSession));
}

void TestDescendants::orphansOfOthersAreNobodys()
{
    const TaskMark mark;
    const TaskMark othersMark;
    Orphans orphans(mark, [](qint64) { return std::nullopt; });
    Shell shell("setsid -f sh -c 'echo $$; exec sleep 300'; sleep 300", othersMark, 4);
    const int pid = shell.readNumber();
    QTRY_COMPARE(
        [&] {
            ProcessLinks links;
            readLinks(pid, links);
            return links.parent;
        }(),
        ::getpid());
    orphans.look();
    QVERIFY(orphans.of(4).empty());
    QVERIFY(orphans.waitForEnd(QDeadlineTimer(0))); // for those of tasks alone
    QVERIFY(isProcessAlive(pid));
    ::kill(pid, SIGKILL);
}

void TestDescendants::orphansAreReaped()
{
    const TaskMark mark;
    Shell *running = nullptr;
    Orphans orphans(
        mark, [&](qint64 pid) { return running && pid == running->child.pid() ? std::optional<quint64>(4) : std::nullopt; });
    Shell shell("for i in 1 2 3; do setsid -f sh -c 'echo $$; exec true'; done; (true & echo $!); sleep 300", mark, 4);
    running = &shell;
    for (int i = 0; i < 4; ++i) {
        const int pid = shell.readNumber();
        QTRY_VERIFY(([&] {
            orphans.look();
            return !processStatus(pid);
        }()));
    }
}

/// Those of other code, and a guard.
void TestDescendants::childrenAreNotReaped()
{
    const TaskMark mark;
    Orphans orphans(mark, [](qint64) { return std::nullopt; });
    const OrphanGuard guard;
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(7);
    ::kill(guard.pid(), SIGKILL);
    QTRY_VERIFY(!isProcessAlive(child) && !isProcessAlive(guard.pid()));
    orphans.look();
    QVERIFY(processStatus(guard.pid()));
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(WEXITSTATUS(status), 7);
}

QTEST_GUILESS_MAIN(TestDescendants)
#include "tst_descendants.moc"
