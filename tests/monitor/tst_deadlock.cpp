// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "snapshotlookup.h"
#include "watchedprogram.h"

#include <procession/monitor/monitor.h>
#include <procession/sync/rlock.h>

#include <thread>

using namespace procession;

/// Threads that nothing will wake are found, and no others.
class TestDeadlock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deadlocks_data();
    void deadlocks();
    void aThreadThatWaitsForItself();
    void noDeadlockInABusyProgram();
    void aDeadOwner_data();
    void aDeadOwner();
};

void TestDeadlock::deadlocks_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<bool>("isCertain");
    QTest::newRow("two RLocks") << QStringLiteral("rlockDeadlock") << true;
    QTest::newRow("two RLocks, one wait has a deadline") << QStringLiteral("impatientDeadlock") << false;
    QTest::newRow("two Locks") << QStringLiteral("lockDeadlock") << false;
}

void TestDeadlock::deadlocks()
{
    QFETCH(QString, scene);
    QFETCH(bool, isCertain);
    const WatchedProgram program(scene);
    Monitor monitor = Monitor::attach(program.pid());
    Snapshot snapshot;
    // That a wait has no end is known a moment after the wait itself is.
    QTRY_VERIFY((snapshot = monitor.snapshot()).deadlocks.size() == 1 && snapshot.deadlocks.front().isCertain == isCertain);
    const Deadlock &deadlock = snapshot.deadlocks.front();
    QCOMPARE(deadlock.kind, Deadlock::Kind::Cycle);
    QCOMPARE(deadlock.waits.size(), std::size_t(2));
    for (std::size_t i = 0; i < 2; ++i) {
        const Deadlock::Wait &wait = deadlock.waits[i];
        const MonitoredObject *lock = snapshot.object(wait.object);
        QVERIFY(lock);
        const MonitoredThread *thread = snapshot.thread(wait.thread);
        QVERIFY(thread);
        const bool isMain = thread->process == withPid(snapshot, program.pid())->index;
        QCOMPARE(lock->name, isMain ? QStringLiteral("b") : QStringLiteral("a"));
        QCOMPARE(std::get<LockDetails>(lock->details).owner.thread, deadlock.waits[1 - i].thread);
    }
}

void TestDeadlock::aThreadThatWaitsForItself()
{
    const Lock lock;
    lock.setName(QStringLiteral("own"));
    std::thread waiting([&] {
        lock.acquire();
        lock.acquire();
    });
    Monitor monitor;
    Snapshot snapshot;
    QTRY_VERIFY((snapshot = monitor.snapshot()).deadlocks.size() == 1);
    const Deadlock &deadlock = snapshot.deadlocks.front();
    QCOMPARE(deadlock.waits.size(), std::size_t(1));
    QCOMPARE(snapshot.object(deadlock.waits.front().object)->name, QStringLiteral("own"));
    QVERIFY(!deadlock.isCertain); // as is shown at once
    lock.release();
    waiting.join();
    QVERIFY(monitor.snapshot().deadlocks.empty());
}

void TestDeadlock::noDeadlockInABusyProgram()
{
    const RLock a;
    const RLock b;
    std::atomic<bool> goesOn = true;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            while (goesOn) {
                // One nests them, the other takes one after the other: no deadlock, but what one look sees may seem to be one.
                if (i % 2 == 0) {
                    const std::scoped_lock outer(a);
                    const std::scoped_lock inner(b);
                } else {
                    b.lock();
                    b.unlock();
                    a.lock();
                    a.unlock();
                }
            }
        });
    }
    Monitor monitor;
    std::size_t waits = 0;
    std::size_t deadlocks = 0;
    for (int i = 0; i < 100 || (waits == 0 && i < 100'000); ++i) {
        const Snapshot snapshot = monitor.snapshot();
        deadlocks += snapshot.deadlocks.size();
        for (const MonitoredThread &thread : snapshot.threads)
            waits += thread.isWaiting() ? 1 : 0;
    }
    goesOn = false;
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(deadlocks, std::size_t(0));
    QVERIFY(waits > 0);
}

void TestDeadlock::aDeadOwner_data()
{
    QTest::addColumn<QString>("scene");
    QTest::newRow("nobody has taken notice") << QStringLiteral("lostOwner");
    QTest::newRow("its parent has cleaned up") << QStringLiteral("buriedOwner");
}

void TestDeadlock::aDeadOwner()
{
    QFETCH(QString, scene);
    const WatchedProgram program(scene);
    Monitor monitor = Monitor::attach(program.pid());
    QTRY_VERIFY(lockNamed(monitor.snapshot(), QStringLiteral("precious")).owner.hasDied);
    const Snapshot snapshot = monitor.snapshot();
    const LockOwner owner = lockNamed(snapshot, QStringLiteral("precious")).owner;
    QCOMPARE(owner.pid, program.childPid());
    QCOMPARE(owner.process, QStringLiteral("victim"));
    if (scene == QStringLiteral("lostOwner"))
        QTRY_COMPARE(withPid(monitor.snapshot(), program.childPid())->state, MonitoredProcess::State::Ended); // after its threads
    else
        QVERIFY(!withPid(snapshot, program.childPid()));
}

PROCESSION_TEST_MAIN(TestDeadlock)
#include "tst_deadlock.moc"
