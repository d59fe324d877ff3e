// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "waiting.h"

#include <procession/ipc/pipe.h>
#include <procession/sync/condition.h>
#include <procession/sync/semaphore.h>

#include <csignal>
#include <mutex>

using namespace procession;

namespace {

constexpr int LongTime = 20'000;

/// With the lock held, whoever gets it afterwards knows that the thread waits.
void waitAndTell(const Condition &condition, const Semaphore &waiting, const Connection &connection)
{
    const std::scoped_lock guard(condition);
    waiting.release();
    connection.send(condition.wait(QDeadlineTimer(LongTime)));
}

void notifyAndDie(const Condition &condition)
{
    condition.acquire();
    condition.notify();
    ::raise(SIGKILL);
}

/// `turns` counts; whose turn it is follows from it.
void takeTurns(const Condition &condition, const Semaphore &turns, int index, int count, int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        const std::scoped_lock guard(condition);
        if (!condition.waitFor([&] { return turns.value() % count == index; }, QDeadlineTimer(LongTime)))
            std::_Exit(2);
        turns.release();
        condition.notifyAll();
    }
}

void handBack(const Connection &connection)
{
    const auto condition = connection.recv<Condition>();
    const std::scoped_lock guard(condition);
    connection.send(condition);
    condition.wait(QDeadlineTimer(LongTime));
}

/// A thread of this process that waits.
class WaitingThread
{
public:
    explicit WaitingThread(const Condition &condition)
    {
        const int before = condition.waiters();
        m_thread = std::thread([this, condition] {
            const std::scoped_lock guard(condition);
            m_isNotified = condition.wait(QDeadlineTimer(LongTime));
        });
        spinUntil([&] { return condition.waiters() > before; });
    }
    bool join()
    {
        m_thread.join();
        return m_isNotified;
    }

private:
    bool m_isNotified = false;
    std::thread m_thread;
};

} // namespace

class TestCondition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheReferenceSays();
    void needsItsLock();
    void releasesARecursiveLockWholly();
    void ofALockThatIsNotRecursive();
    void theLongestWaitingFirst_data() { addStartMethods(); }
    void theLongestWaitingFirst();
    void travelsWithItsLock_data() { addStartMethods(); }
    void travelsWithItsLock();
    void manyTakeTurns_data() { addStartMethods(); }
    void manyTakeTurns();
    void aDeadWaiterTakesNothing_data() { addStartMethods(false); }
    void aDeadWaiterTakesNothing();
    void aNotifiedOneIsKilled_data() { addStartMethods(false); }
    void aNotifiedOneIsKilled();
    void whoNotifiedIsKilledWithTheLock_data() { addStartMethods(false); }
    void whoNotifiedIsKilledWithTheLock();
    void timeoutsAndNotifications();
};

void TestCondition::whatTheReferenceSays()
{
    const Condition condition;
    const std::scoped_lock guard(condition);
    QVERIFY(!condition.wait(QDeadlineTimer(0)));
    QVERIFY(!condition.wait(QDeadlineTimer(10)));
    condition.notify(); // nobody: nothing is kept
    condition.notifyAll();
    QVERIFY(!condition.wait(QDeadlineTimer(0)));
    QVERIFY(condition.waitFor([] { return true; }));
    QVERIFY(!condition.waitFor([] { return false; }, QDeadlineTimer(10)));
    int asked = 0;
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, condition.waitFor([]() -> bool { throw std::runtime_error("predicate"); }));
    QVERIFY(condition.waitFor([&] { return ++asked == 1; }, QDeadlineTimer(0)));
}

void TestCondition::needsItsLock()
{
    const Condition condition;
    QVERIFY_THROWS_EXCEPTION(LockNotHeld, condition.wait());
    QVERIFY_THROWS_EXCEPTION(LockNotHeld, condition.notify());
    QVERIFY_THROWS_EXCEPTION(LockNotHeld, condition.notifyAll());
    QVERIFY_THROWS_EXCEPTION(ReleaseError, condition.release());
    condition.acquire();
    std::thread([&] {
        VERIFY_CONTAINS(errorOf([&] { condition.notify(); }), "does not have its lock");
        QVERIFY(!condition.try_lock());
    }).join();
    condition.release();
}

void TestCondition::releasesARecursiveLockWholly()
{
    const RLock lock;
    const Condition condition(lock);
    for (int i = 0; i < 3; ++i)
        condition.acquire();
    QCOMPARE(lock.depth(), 3);
    std::thread other([&] {
        untilWaiting(condition, 1);
        const std::scoped_lock guard(condition);
        condition.notify();
    });
    QVERIFY(condition.wait(QDeadlineTimer(LongTime)));
    QCOMPARE(lock.depth(), 3);
    other.join();
    for (int i = 0; i < 3; ++i)
        condition.release();
    QVERIFY(!lock.owner());
}

void TestCondition::ofALockThatIsNotRecursive()
{
    const Lock lock;
    const Condition first(lock);
    const Condition second(lock);
    WaitingThread waitingForFirst(first);
    WaitingThread waitingForSecond(second);
    const std::unique_lock guard(lock);
    QVERIFY(!first.acquire(false));
    second.notifyAll();
    QCOMPARE(first.waiters(), 1);
    QCOMPARE(second.waiters(), 0);
    first.notify();
    first.release();
    QVERIFY(waitingForFirst.join());
    QVERIFY(waitingForSecond.join());
    lock.acquire(); // for the guard
}

void TestCondition::theLongestWaitingFirst()
{
    QFETCH(StartMethod, method);
    constexpr int Count = 3;
    const Condition condition;
    const Semaphore waiting(0);
    std::vector<std::unique_ptr<Process>> processes;
    std::vector<Connection> connections;
    ProcessOptions options;
    options.context = context(method);
    for (int i = 0; i < Count; ++i) {
        auto [ours, childs] = pipe();
        processes.push_back(std::make_unique<Process>(options, &waitAndTell, condition, waiting, childs));
        processes.back()->start();
        connections.push_back(std::move(ours));
        QVERIFY(waiting.acquire(true, QDeadlineTimer(LongTime)));
    }
    for (int i = 0; i < Count; ++i) {
        {
            const std::scoped_lock guard(condition);
            QCOMPARE(condition.waiters(), Count - i);
            condition.notify();
            QCOMPARE(condition.waiters(), Count - i - 1);
        }
        QVERIFY(connections[std::size_t(i)].poll(QDeadlineTimer(LongTime)));
        QVERIFY(connections[std::size_t(i)].recv<bool>());
    }
    for (const auto &process : processes)
        QVERIFY(process->join());
}

void TestCondition::travelsWithItsLock()
{
    QFETCH(StartMethod, method);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&handBack, childs);
    process.start();
    const Lock lock;
    const Condition condition(lock);
    ours.send(condition);
    const auto back = ours.recv<Condition>();
    QVERIFY(back == condition);
    back.acquire(); // as soon as the child waits
    QVERIFY(!lock.acquire(false));
    back.notify();
    back.release();
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 0);
}

void TestCondition::manyTakeTurns()
{
    QFETCH(StartMethod, method);
    constexpr int Count = 3;
    constexpr int Rounds = 100;
    const Condition condition;
    const Semaphore turns(0);
    std::vector<std::unique_ptr<Process>> processes;
    ProcessOptions options;
    options.context = context(method);
    for (int i = 0; i < Count; ++i) {
        processes.push_back(std::make_unique<Process>(options, &takeTurns, condition, turns, i, Count, Rounds));
        processes.back()->start();
    }
    for (const auto &process : processes) {
        QVERIFY(process->join());
        QCOMPARE(process->exitCode(), 0);
    }
    QCOMPARE(turns.value(), Count * Rounds);
    QCOMPARE(condition.waiters(), 0);
}

void TestCondition::aDeadWaiterTakesNothing()
{
    QFETCH(StartMethod, method);
    const Condition condition;
    const Semaphore waiting(0);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&waitAndTell, condition, waiting, childs);
    process.start();
    QVERIFY(waiting.acquire(true, QDeadlineTimer(LongTime)));
    condition.acquire();
    QCOMPARE(condition.waiters(), 1);
    condition.release();
    WaitingThread second(condition);
    process.kill();
    spinUntil([&] { return condition.waiters() == 1; }); // nobody has reaped it
    condition.acquire();
    condition.notify();
    condition.release();
    QVERIFY(second.join());
    QVERIFY(process.join());
}

void TestCondition::aNotifiedOneIsKilled()
{
    QFETCH(StartMethod, method);
    const Condition condition;
    const Semaphore waiting(0);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&waitAndTell, condition, waiting, childs);
    process.start();
    QVERIFY(waiting.acquire(true, QDeadlineTimer(LongTime)));
    condition.acquire();
    condition.release();
    WaitingThread second(condition);
    process.suspend();
    untilStopped(process.pid());
    condition.acquire();
    condition.notify();
    QCOMPARE(condition.waiters(), 1);
    condition.release();
    process.kill();
    QVERIFY(process.join());
    QVERIFY(second.join());
}

void TestCondition::whoNotifiedIsKilledWithTheLock()
{
    QFETCH(StartMethod, method);
    const RLock lock;
    const Condition condition(lock);
    WaitingThread waiting(condition);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("was acquired from a thread that ended with it")));
    Process process = context(method).process(&notifyAndDie, condition);
    process.start();
    QVERIFY(waiting.join());
    QCOMPARE(lock.abandonments(), 1);
    QVERIFY(process.join());
}

// Each notification reaches a waiter or finds none, whatever else happens at the same time.
void TestCondition::timeoutsAndNotifications()
{
    const Condition condition;
    int notified = 0;
    int finished = 0;
    int woken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 100; ++round) {
                const std::scoped_lock guard(condition);
                woken += condition.wait(QDeadlineTimer(1)) ? 1 : 0;
            }
            const std::scoped_lock guard(condition);
            ++finished;
        });
    }
    for (bool isDone = false; !isDone;) {
        const std::scoped_lock guard(condition);
        const int before = condition.waiters();
        condition.notify();
        notified += before - condition.waiters();
        isDone = finished == 3;
    }
    for (auto &thread : threads)
        thread.join();
    QVERIFY(notified >= woken); // a thread may time out between the two counts
    QCOMPARE(condition.waiters(), 0);
}

PROCESSION_TEST_MAIN(TestCondition)
#include "tst_condition.moc"
