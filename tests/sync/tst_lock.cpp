// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <procession/ipc/pipe.h>
#include <procession/sync/rlock.h>

#include <csignal>
#include <mutex>
#include <thread>

using namespace procession;

namespace {

void acquireAndTell(const Lock &lock, const Connection &connection)
{
    lock.acquire();
    connection.send(true);
    connection.recv<bool>(); // until the parent lets it go on
    lock.release();
}

void dieWith(const Lock &lock)
{
    lock.acquire();
    ::raise(SIGKILL);
}

void dieWithRecursive(const RLock &lock)
{
    lock.acquire();
    lock.acquire();
    ::raise(SIGKILL);
}

void releaseIt(const Lock &lock) { lock.release(); }

void sendBack(const Connection &connection)
{
    const auto lock = connection.recv<Lock>();
    lock.acquire();
    connection.send(std::vector<Lock>{lock, Lock()});
    connection.recv<bool>();
}

void countUnder(const Lock &lock, const Lock &other, int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        const std::scoped_lock both(lock, other);
    }
}

} // namespace

class TestLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheReferenceSays();
    void aRecursiveOne();
    void keepsOthersOut_data() { addStartMethods(); }
    void keepsOthersOut();
    void anyoneMayReleaseIt_data() { addStartMethods(); }
    void anyoneMayReleaseIt();
    void travelsThroughConnections_data() { addStartMethods(); }
    void travelsThroughConnections();
    void manyAtOnce_data() { addStartMethods(); }
    void manyAtOnce();
    void itsOwnerIsKilled_data() { addStartMethods(false); }
    void itsOwnerIsKilled();
    void itsOwnerIsKilledWhileOthersWait_data() { addStartMethods(false); }
    void itsOwnerIsKilledWhileOthersWait();
    void anAbandonedRecursiveOne();
    void itsOwnersThreadEnds();
};

void TestLock::whatTheReferenceSays()
{
    const Lock lock;
    QVERIFY(lock.acquire());
    QVERIFY(!lock.acquire(false));
    QVERIFY(!lock.acquire(true, QDeadlineTimer(10)));
    lock.release();
    VERIFY_CONTAINS(errorOf([&] { lock.release(); }), "nobody has it");
    QVERIFY_THROWS_EXCEPTION(ReleaseError, lock.release());
    lock.setName(QStringLiteral("datenbank äöü"));
    QCOMPARE(lock.name(), QStringLiteral("datenbank äöü"));
}

void TestLock::aRecursiveOne()
{
    const RLock lock;
    for (int i = 0; i < 3; ++i)
        QVERIFY(lock.acquire());
    QCOMPARE(lock.depth(), 3);
    std::thread([&] {
        QVERIFY(!lock.acquire(false));
        QVERIFY_THROWS_EXCEPTION(ReleaseError, lock.release());
    }).join();
    for (int i = 0; i < 3; ++i)
        lock.release();
    QVERIFY_THROWS_EXCEPTION(ReleaseError, lock.release());
    QVERIFY(!lock.owner());
}

void TestLock::keepsOthersOut()
{
    QFETCH(StartMethod, method);
    const Lock lock;
    auto [ours, childs] = pipe();
    Process process = context(method).process(&acquireAndTell, lock, childs);
    process.start();
    QVERIFY(ours.recv<bool>());
    QVERIFY(!lock.acquire(false));
    const auto owner = lock.owner();
    QVERIFY(owner);
    QCOMPARE(owner->pid, process.pid());
    QCOMPARE(owner->process, process.name());
    ours.send(true);
    QVERIFY(lock.acquire());
    QCOMPARE(lock.owner()->pid, QCoreApplication::applicationPid());
    QVERIFY(!lock.isAbandoned());
    lock.release();
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 0);
}

void TestLock::anyoneMayReleaseIt()
{
    QFETCH(StartMethod, method);
    const Lock lock;
    lock.acquire();
    Process process = context(method).process(&releaseIt, lock);
    process.start();
    QVERIFY(lock.acquire());
    QVERIFY(process.join());
}

void TestLock::travelsThroughConnections()
{
    QFETCH(StartMethod, method);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&sendBack, childs);
    process.start();
    std::vector<Lock> back;
    {
        const Lock lock;
        ours.send(lock);
        back = ours.recv<std::vector<Lock>>();
        QCOMPARE(back.size(), std::size_t(2));
        QVERIFY(back[0] == lock);
    }
    QVERIFY(!back[0].acquire(false)); // the child has it
    QVERIFY(back[1].acquire(false)); // it was made in the child, which has dropped its handle
    ours.send(true);
    QVERIFY(process.join());
}

void TestLock::manyAtOnce()
{
    QFETCH(StartMethod, method);
    constexpr int Rounds = 2000;
    const Lock a;
    const Lock b;
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < 4; ++i) {
        ProcessOptions options;
        options.context = context(method);
        processes.push_back(std::make_unique<Process>(options, &countUnder, i % 2 ? a : b, i % 2 ? b : a, Rounds));
        processes.back()->start();
    }
    for (const auto &process : processes) {
        QVERIFY(process->join());
        QCOMPARE(process->exitCode(), 0);
    }
    QVERIFY(a.acquire(false) && b.acquire(false));
}

void TestLock::itsOwnerIsKilled()
{
    QFETCH(StartMethod, method);
    const Lock lock;
    Process process = context(method).process(&dieWith, lock);
    process.start();
    QVERIFY(process.join());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("was acquired from a thread that ended with it")));
    QVERIFY(lock.acquire(false));
    QVERIFY(lock.isAbandoned());
    QCOMPARE(lock.abandonments(), 1);
    lock.release();
    QVERIFY(lock.acquire(false));
    QVERIFY(!lock.isAbandoned());
}

void TestLock::itsOwnerIsKilledWhileOthersWait()
{
    QFETCH(StartMethod, method);
    const Lock lock;
    auto [ours, childs] = pipe();
    Process process = context(method).process(&acquireAndTell, lock, childs);
    process.start();
    QVERIFY(ours.recv<bool>());
    std::vector<std::thread> waiting;
    std::atomic<int> acquired = 0;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("was acquired from a thread that ended with it")));
    for (int i = 0; i < 3; ++i) {
        waiting.emplace_back([&] {
            if (lock.acquire(true, QDeadlineTimer(20'000))) {
                ++acquired;
                lock.release();
            }
        });
    }
    process.kill(); // nobody reaps it yet
    for (auto &thread : waiting)
        thread.join();
    QCOMPARE(acquired.load(), 3);
    QCOMPARE(lock.abandonments(), 1);
}

void TestLock::anAbandonedRecursiveOne()
{
    const RLock lock;
    Process process(&dieWithRecursive, lock);
    process.start();
    QVERIFY(process.join());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("was acquired from a thread that ended with it")));
    QVERIFY(lock.acquire());
    QCOMPARE(lock.depth(), 1);
    QVERIFY(lock.isAbandoned());
    lock.release();
    QVERIFY(!lock.owner());
}

void TestLock::itsOwnersThreadEnds()
{
    const Lock lock;
    std::thread([&] { lock.acquire(); }).join();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("was acquired from a thread that ended with it")));
    QVERIFY(lock.acquire(false));
    QVERIFY(lock.isAbandoned());
}

PROCESSION_TEST_MAIN(TestLock)
#include "tst_lock.moc"
