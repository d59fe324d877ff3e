// SPDX-License-Identifier: MIT
// What CPython's _TestCondition checks. Semaphores count, as they do there.
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/sync/condition.h>
#include <procession/sync/semaphore.h>

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <mutex>
#include <thread>

using namespace mp;

namespace {

void sleepOnce(const Condition &condition, const Semaphore &sleeping, const Semaphore &woken, std::optional<int> timeout)
{
    const std::scoped_lock guard(condition);
    sleeping.release();
    condition.wait(timeout ? QDeadlineTimer(*timeout) : QDeadlineTimer(QDeadlineTimer::Forever));
    woken.release();
}

/// As many processes as threads, which all sleep when it has been made.
class Sleepers
{
public:
    explicit Sleepers(int pairs, std::optional<int> timeout = {})
    {
        for (int i = 0; i < pairs; ++i) {
            m_processes.push_back(std::make_unique<Process>(&sleepOnce, condition, m_sleeping, woken, timeout));
            m_processes.back()->start();
            m_threads.emplace_back(&sleepOnce, condition, m_sleeping, woken, timeout);
        }
        for (int i = 0; i < 2 * pairs; ++i)
            m_sleeping.acquire();
        const std::scoped_lock guard(condition); // the last one has released it
    }
    Q_DISABLE_COPY_MOVE(Sleepers)
    ~Sleepers()
    {
        for (std::thread &thread : m_threads)
            thread.join();
        for (const auto &process : m_processes)
            process->join();
    }

    void notify(int count) const
    {
        const std::scoped_lock guard(condition);
        condition.notify(count);
    }
    /// Takes so many of them to have woken.
    bool haveWoken(int count) const
    {
        for (int i = 0; i < count; ++i) {
            if (!woken.acquire(true, QDeadlineTimer(LongTime)))
                return false;
        }
        return true;
    }

    const Condition condition;
    const Semaphore woken{0};

private:
    const Semaphore m_sleeping{0};
    std::vector<std::unique_ptr<Process>> m_processes;
    std::vector<std::thread> m_threads;
};

/// `state` is one more than in CPython, where it begins below 0.
void waitForFour(const Condition &condition, const Semaphore &state)
{
    const std::scoped_lock guard(condition);
    state.release();
    condition.notify();
    if (!condition.waitFor([&] { return state.value() == 5; }, QDeadlineTimer(LongTime)))
        throw std::runtime_error("the state was never reached");
}

void waitForFourInVain(const Condition &condition, const Semaphore &state, const Semaphore &ready)
{
    constexpr int Timeout = 100;
    ready.release();
    const std::scoped_lock guard(condition);
    QElapsedTimer timer;
    timer.start();
    const bool isReached = condition.waitFor([&] { return state.value() == 4; }, QDeadlineTimer(Timeout));
    if (isReached || timer.elapsed() < Timeout)
        throw std::runtime_error("the wait did not last as long as it should");
}

void notifyOnce(const Condition &condition)
{
    const std::scoped_lock guard(condition);
    condition.notify();
}

} // namespace

class ConditionConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void notify();
    void notifyAll();
    void notifyN();
    void timeout();
    void waitFor();
    void waitForTimeout();
    void waitResult();
};

void ConditionConformance::notify()
{
    const Sleepers sleepers(1);
    QCOMPARE(sleepers.condition.waiters(), 2);
    QCOMPARE(sleepers.woken.value(), 0);
    sleepers.notify(1);
    QVERIFY(sleepers.haveWoken(1));
    QCOMPARE(sleepers.condition.waiters(), 1);
    QCOMPARE(sleepers.woken.value(), 0);
    sleepers.notify(1);
    QVERIFY(sleepers.haveWoken(1));
    QCOMPARE(sleepers.condition.waiters(), 0);
}

void ConditionConformance::notifyAll()
{
    {
        const Sleepers timingOut(3, 50);
        QVERIFY(timingOut.haveWoken(6));
        QCOMPARE(timingOut.woken.value(), 0);
        QCOMPARE(timingOut.condition.waiters(), 0);
    }
    const Sleepers sleepers(3);
    QCOMPARE(sleepers.condition.waiters(), 6);
    QCOMPARE(sleepers.woken.value(), 0);
    {
        const std::scoped_lock guard(sleepers.condition);
        sleepers.condition.notifyAll();
    }
    QVERIFY(sleepers.haveWoken(6));
    QCOMPARE(sleepers.condition.waiters(), 0);
}

void ConditionConformance::notifyN()
{
    const Sleepers sleepers(3);
    QCOMPARE(sleepers.woken.value(), 0);
    sleepers.notify(2);
    QVERIFY(sleepers.haveWoken(2));
    QCOMPARE(sleepers.condition.waiters(), 4);
    QCOMPARE(sleepers.woken.value(), 0);
    sleepers.notify(4);
    QVERIFY(sleepers.haveWoken(4));
    sleepers.notify(3);
    QCOMPARE(sleepers.woken.value(), 0);
    QCOMPARE(sleepers.condition.waiters(), 0);
}

void ConditionConformance::timeout()
{
    const Condition condition = context().condition();
    const std::scoped_lock guard(condition);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!condition.wait(QDeadlineTimer(50)));
    QVERIFY(timer.elapsed() >= 50);
}

void ConditionConformance::waitFor()
{
    const Condition condition = context().condition();
    const Semaphore state(0);
    Process process(&waitForFour, condition, state);
    process.start();
    {
        const std::scoped_lock guard(condition);
        QVERIFY(condition.waitFor([&] { return state.value() == 1; }, QDeadlineTimer(LongTime)));
    }
    for (int i = 0; i < 4; ++i) {
        const std::scoped_lock guard(condition);
        state.release();
        condition.notify();
    }
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

void ConditionConformance::waitForTimeout()
{
    const Condition condition = context().condition();
    const Semaphore state(0);
    const Semaphore ready(0);
    Process process(&waitForFourInVain, condition, state, ready);
    process.start();
    QVERIFY(ready.acquire(true, QDeadlineTimer(LongTime)));
    for (int i = 0; i < 3; ++i) {
        const std::scoped_lock guard(condition);
        state.release();
        condition.notify();
    }
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

void ConditionConformance::waitResult()
{
    const Condition condition = context().condition();
    const std::scoped_lock guard(condition);
    QVERIFY(!condition.wait(QDeadlineTimer(0)));
    QVERIFY(!condition.wait(QDeadlineTimer(10)));
    Process process(&notifyOnce, condition);
    process.start();
    QVERIFY(condition.wait(QDeadlineTimer(LongTime)));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
}

PROCESSION_TEST_MAIN(ConditionConformance)
#include "tst_conditionconformance.moc"
