// SPDX-License-Identifier: MIT
#include <procession/platform/base/poller.h>
#include <procession/platform/child/childlauncher.h>
#include <procession/platform/child/orphanguard.h>
#include <procession/platform/processes/taskmark.h>

#include <QtTest/QtTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

// The program that is killed: it starts a task with a grandchild that ignores everything it can, and waits for its end.
[[noreturn]] void victim(int report)
{
    OrphanGuard guard;
    ChildLauncher launcher({}, &guard);
    ChildProcess child
        = launcher.launch({"sh", "-c", "trap '' TERM INT HUP; (trap '' TERM INT HUP; sleep 1000) & echo ready; wait"}, report,
            report, guard.reserve());
    child.reap();
    ::_exit(0);
}

// The same with grandchildren that are out of the group's reach: with a mark, in the session, and by links from these.
[[noreturn]] void widespreadVictim(int report)
{
    const TaskMark mark;
    OrphanGuard guard(mark.ofRun());
    ChildLauncher launcher({}, &guard);
    constexpr char Script[]
        = "exec 2>/dev/null; setsid -f sleep 1000; (setsid sh -c 'env -i setsid -w sleep 1000 & sleep 1000' &); "
          "set -m; env -i sleep 1000 & sleep 0.2; echo ready; wait";
    ChildProcess child = launcher.launch({"bash", "-c", Script}, report, report, guard.reserve(), mark.variable(1));
    child.reap();
    ::_exit(0);
}

} // namespace

class tst_OrphanGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingOutlivesAKilledProgram_data()
    {
        QTest::addColumn<bool>("isWidespread");
        QTest::newRow("in its group") << false;
        QTest::newRow("everywhere") << true;
    }
    void nothingOutlivesAKilledProgram()
    {
        QFETCH(const bool, isWidespread);
        auto [readEnd, writeEnd] = Descriptor::pipe();
        const pid_t program = ::fork();
        QVERIFY(program >= 0);
        if (program == 0)
            isWidespread ? widespreadVictim(writeEnd.get()) : victim(writeEnd.get());
        writeEnd.reset();

        Poller poller;
        std::vector<quint64> ready;
        std::array<char, 64> buffer;
        poller.add(readEnd.get(), 1);
        poller.wait(QDeadlineTimer(10s), ready);
        QCOMPARE(QByteArray(buffer.data(), qsizetype(readEnd.read(buffer).value_or(0))), "ready\n");

        QElapsedTimer since;
        since.start();
        ::kill(program, SIGKILL);
        ::waitpid(program, nullptr, 0);
        // The pipe's other end is held by the task and its grandchild: it closes when the last of them has gone.
        poller.wait(QDeadlineTimer(10s), ready);
        QVERIFY2(!ready.empty(), "a descendant lives on");
        QCOMPARE(readEnd.read(buffer), std::optional<std::size_t>(0));
        QVERIFY2(since.elapsed() < 2000, "too slow");
    }

    void goesWithItsOwner()
    {
        int pid = 0;
        {
            const OrphanGuard guard;
            pid = guard.pid();
            QCOMPARE(::kill(pid, 0), 0);
        }
        QCOMPARE(::kill(pid, 0), -1);
        QCOMPARE(errno, ESRCH);
    }

    void holdsNoDescriptorOfTheProgram()
    {
        const OrphanGuard guard;
        const QString folder = QStringLiteral("/proc/%1/fd").arg(guard.pid());
        QTRY_COMPARE(QDir(folder).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size(), 1);
    }

    void entriesAreReused()
    {
        OrphanGuard guard;
        const auto first = guard.reserve();
        const auto second = guard.reserve();
        QVERIFY(first != second);
        guard.slot(first)->store(12345);
        guard.release(first);
        QCOMPARE(guard.slot(first)->load(), 0);
        QCOMPARE(guard.reserve(), first);
        guard.release(first);
        guard.release(second);
    }
};

QTEST_GUILESS_MAIN(tst_OrphanGuard)
#include "tst_orphanguard.moc"
