// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "waiting.h"

#include <procession/ipc/pipe.h>
#include <procession/sync/boundedsemaphore.h>

#include <csignal>
#include <mutex>

using namespace procession;

namespace {

constexpr int LongTime = 20'000;

void acquireAndTell(const Semaphore &semaphore, int units, const Connection &connection)
{
    for (int i = 0; i < units; ++i)
        semaphore.acquire();
    connection.send(true);
    connection.recv<bool>(); // which never comes
}

void acquireAndEnd(const Semaphore &semaphore) { semaphore.acquire(); }

void dieWith(const BoundedSemaphore &semaphore)
{
    semaphore.acquire();
    ::raise(SIGKILL);
}

void releaseIt(const Semaphore &semaphore, int times)
{
    for (int i = 0; i < times; ++i)
        semaphore.release();
}

/// `inside` counts those who have a unit.
void checkNumber(const Semaphore &semaphore, const Semaphore &inside, int most, int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        const std::scoped_lock unit(semaphore);
        inside.release();
        if (inside.value() > most)
            std::_Exit(2);
        if (!inside.acquire(false))
            std::_Exit(3);
    }
}

void useForEver(const Semaphore &semaphore, const Semaphore &rounds)
{
    for (;;) {
        const std::scoped_lock unit(semaphore);
        rounds.release();
    }
}

} // namespace

class TestSemaphore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheReferenceSays();
    void aBoundedOne();
    void releasesSeveral();
    void refusesNonsense();
    void unitsPassFromHandToHand_data() { addStartMethods(); }
    void unitsPassFromHandToHand();
    void neverMoreThanThereAre_data() { addStartMethods(); }
    void neverMoreThanThereAre();
    void aHolderIsKilled_data() { addStartMethods(false); }
    void aHolderIsKilled();
    void aHolderIsKilledWhileOthersWait_data() { addStartMethods(false); }
    void aHolderIsKilledWhileOthersWait();
    void aHolderOfABoundedOneIsKilled();
    void aHolderEnds_data() { addStartMethods(); }
    void aHolderEnds();
    void whatItCountedDoesNotComeBack();
    void aWaiterIsKilled();
    void usersAreKilledAtAnyMoment_data() { addStartMethods(false); }
    void usersAreKilledAtAnyMoment();
};

void TestSemaphore::whatTheReferenceSays()
{
    const Semaphore semaphore(2);
    QCOMPARE(semaphore.value(), 2);
    QVERIFY(semaphore.acquire());
    QVERIFY(semaphore.acquire());
    QCOMPARE(semaphore.value(), 0);
    QVERIFY(!semaphore.acquire(false));
    QVERIFY(!semaphore.acquire(true, QDeadlineTimer(10)));
    const auto holders = semaphore.holders();
    QCOMPARE(holders.size(), std::size_t(1));
    QCOMPARE(holders[0].pid, QCoreApplication::applicationPid());
    QCOMPARE(holders[0].units, 2);
    for (int i = 1; i <= 4; ++i) {
        semaphore.release();
        QCOMPARE(semaphore.value(), i);
    }
    QVERIFY(semaphore.holders().empty());
    QCOMPARE(Semaphore().value(), 1);
}

void TestSemaphore::aBoundedOne()
{
    const BoundedSemaphore semaphore(2);
    QVERIFY(semaphore.acquire());
    QVERIFY_THROWS_EXCEPTION(ReleaseError, semaphore.release(2));
    QCOMPARE(semaphore.value(), 1);
    semaphore.release();
    VERIFY_CONTAINS(errorOf([&] { semaphore.release(); }), "2 are the most");
    QCOMPARE(semaphore.value(), 2);
    QCOMPARE(semaphore.returnedUnits(), 0);
}

void TestSemaphore::releasesSeveral()
{
    const Semaphore semaphore(0);
    std::atomic<int> acquired = 0;
    std::vector<std::thread> waiting;
    for (int i = 0; i < 5; ++i) {
        waiting.emplace_back([&] {
            if (semaphore.acquire(true, QDeadlineTimer(LongTime)))
                ++acquired;
        });
    }
    untilWaiting(semaphore, 5);
    semaphore.release(3);
    semaphore.release(2);
    for (auto &thread : waiting)
        thread.join();
    QCOMPARE(acquired.load(), 5);
    QCOMPARE(semaphore.value(), 0);
}

void TestSemaphore::refusesNonsense()
{
    VERIFY_CONTAINS(errorOf([] { Semaphore(-1); }), "-1");
    const Semaphore semaphore(std::numeric_limits<int>::max());
    QVERIFY_THROWS_EXCEPTION(ReleaseError, semaphore.release(0));
    QVERIFY_THROWS_EXCEPTION(ReleaseError, semaphore.release());
    QVERIFY(semaphore.acquire());
    semaphore.release();
}

void TestSemaphore::unitsPassFromHandToHand()
{
    QFETCH(StartMethod, method);
    const Semaphore semaphore(0);
    Process process = context(method).process(&releaseIt, semaphore, 100);
    process.start();
    for (int i = 0; i < 100; ++i)
        QVERIFY(semaphore.acquire(true, QDeadlineTimer(LongTime)));
    QVERIFY(process.join());
    QCOMPARE(semaphore.value(), 0);
    semaphore.release();
    QCOMPARE(semaphore.value(), 1);
}

void TestSemaphore::neverMoreThanThereAre()
{
    QFETCH(StartMethod, method);
    constexpr int Most = 2;
    const Semaphore semaphore(Most);
    const Semaphore inside(0);
    std::vector<std::unique_ptr<Process>> processes;
    ProcessOptions options;
    options.context = context(method);
    for (int i = 0; i < 4; ++i) {
        processes.push_back(std::make_unique<Process>(options, &checkNumber, semaphore, inside, Most, 500));
        processes.back()->start();
    }
    for (const auto &process : processes) {
        QVERIFY(process->join());
        QCOMPARE(process->exitCode(), 0);
    }
    QCOMPARE(semaphore.value(), Most);
    QCOMPARE(inside.value(), 0);
}

void TestSemaphore::aHolderIsKilled()
{
    QFETCH(StartMethod, method);
    const Semaphore semaphore(3);
    QVERIFY(semaphore.acquire());
    auto [ours, childs] = pipe();
    Process process = context(method).process(&acquireAndTell, semaphore, 2, childs);
    process.start();
    QVERIFY(ours.recv<bool>());
    QCOMPARE(semaphore.value(), 0);
    QCOMPARE(semaphore.holders().size(), std::size_t(2));
    process.kill();
    QVERIFY(process.join());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("got back 2 that process %1 held").arg(process.pid())));
    QCOMPARE(semaphore.value(), 2);
    QCOMPARE(semaphore.returnedUnits(), 2);
    QCOMPARE(semaphore.holders().size(), std::size_t(1));
    semaphore.release();
    QCOMPARE(semaphore.value(), 3);
}

void TestSemaphore::aHolderIsKilledWhileOthersWait()
{
    QFETCH(StartMethod, method);
    const Semaphore semaphore(2);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&acquireAndTell, semaphore, 2, childs);
    process.start();
    QVERIFY(ours.recv<bool>());
    std::vector<std::thread> waiting;
    std::atomic<int> acquired = 0;
    for (int i = 0; i < 4; ++i) {
        waiting.emplace_back([&] {
            if (semaphore.acquire(true, QDeadlineTimer(LongTime))) {
                ++acquired;
                semaphore.release();
            }
        });
    }
    untilWaiting(semaphore, 4);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("got back 2 that process %1 held").arg(process.pid())));
    process.kill(); // nobody reaps it yet
    for (auto &thread : waiting)
        thread.join();
    QCOMPARE(acquired.load(), 4);
    QCOMPARE(semaphore.value(), 2);
    QVERIFY(process.join());
}

void TestSemaphore::aHolderOfABoundedOneIsKilled()
{
    const BoundedSemaphore semaphore;
    Process process(&dieWith, semaphore);
    process.start();
    QVERIFY(process.join());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("got back 1 ")));
    QVERIFY(semaphore.acquire(false));
    QCOMPARE(semaphore.returnedUnits(), 1);
    semaphore.release();
    QVERIFY_THROWS_EXCEPTION(ReleaseError, semaphore.release());
}

void TestSemaphore::aHolderEnds()
{
    QFETCH(StartMethod, method);
    const Semaphore semaphore;
    Process process = context(method).process(&acquireAndEnd, semaphore);
    process.start();
    QVERIFY(process.join());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("got back 1 ")));
    QVERIFY(semaphore.acquire(false));
    QVERIFY(!semaphore.acquire(false));
}

void TestSemaphore::whatItCountedDoesNotComeBack()
{
    const Semaphore semaphore(0);
    semaphore.release(3);
    auto [ours, childs] = pipe();
    Process process(&acquireAndTell, semaphore, 2, childs);
    process.start();
    QVERIFY(ours.recv<bool>());
    process.kill();
    QVERIFY(process.join());
    QCOMPARE(semaphore.value(), 1);
    QVERIFY(semaphore.acquire(false));
    QVERIFY(!semaphore.acquire(false));
    QCOMPARE(semaphore.returnedUnits(), 0);
}

void TestSemaphore::aWaiterIsKilled()
{
    const Semaphore semaphore(0);
    auto [ours, childs] = pipe();
    Process process(&acquireAndTell, semaphore, 1, childs);
    process.start();
    untilWaiting(semaphore, 1);
    std::atomic<bool> isAcquired = false;
    std::thread waiting([&] { isAcquired = semaphore.acquire(true, QDeadlineTimer(LongTime)); });
    untilWaiting(semaphore, 2);
    process.suspend();
    untilStopped(process.pid());
    semaphore.release(); // may wake the one that is stopped, which then never acts on it
    process.kill();
    QVERIFY(process.join());
    waiting.join();
    QVERIFY(isAcquired);
}

void TestSemaphore::usersAreKilledAtAnyMoment()
{
    QFETCH(StartMethod, method);
    constexpr int Units = 2;
    const Semaphore semaphore(Units);
    QLoggingCategory::setFilterRules(QStringLiteral("procession.sync.warning=false"));
    for (int round = 0; round < 10; ++round) {
        const Semaphore rounds(0);
        std::vector<std::unique_ptr<Process>> processes;
        ProcessOptions options;
        options.context = context(method);
        for (int i = 0; i < 3; ++i) {
            processes.push_back(std::make_unique<Process>(options, &useForEver, semaphore, rounds));
            processes.back()->start();
        }
        for (const auto &process : processes) {
            for (int i = 0; i < 20 + 7 * round; ++i)
                QVERIFY(rounds.acquire(true, QDeadlineTimer(LongTime)));
            process->kill();
        }
        for (const auto &process : processes)
            QVERIFY(process->join());
        QCOMPARE(semaphore.value(), Units);
        QVERIFY(semaphore.holders().empty());
    }
    QLoggingCategory::setFilterRules({});
}

PROCESSION_TEST_MAIN(TestSemaphore)
#include "tst_semaphore.moc"
