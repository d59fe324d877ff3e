// SPDX-License-Identifier: MIT
// Kills a process before every single instruction of what wakes others or waits with them, and looks each time whether those who wait
// come to their end.
// At every 47th, beginning with the seed; with `--rounds=1` at every one, which takes minutes.
#include "instructionkiller.h"
#include "killexperiment.h"
#include "sanitizers.h"
#include "waiting.h"

#include <procession/process/launch/freezesupport.h>
#include <procession/sync/barrier.h>
#include <procession/sync/condition.h>
#include <procession/sync/event.h>

#include <QtTest/QtTest>

#include <mutex>
#include <thread>

using namespace procession;

namespace {

FaultOptions options{47}; // rounds: the distance of instructions

KillReport outcomeOf(const KillExperiment &experiment) { return killEverywhere(experiment, options); }

constexpr int LongTime = 20'000;

/// A thread of this process in the middle of something that must come to its end.
class Waiter
{
public:
    template <typename Action>
    Waiter(const SharedObject &object, Action action)
    {
        m_thread = std::jthread([this, action] { m_result = action(); });
        untilWaiting(object, 1);
    }
    int join()
    {
        m_thread.join();
        return m_result;
    }

private:
    int m_result = -1;
    std::jthread m_thread; // is waited for when a check has failed
};

int waitFor(const Condition &condition)
{
    const std::scoped_lock guard(condition);
    return condition.wait(QDeadlineTimer(LongTime)) ? 1 : 0;
}

int waitFor(const Barrier &barrier)
{
    try {
        return barrier.wait(QDeadlineTimer(LongTime));
    } catch (const BrokenBarrier &) {
        return -1;
    }
}

void passBoth(const Barrier &barrier)
{
    barrier.reset();
    Waiter first(barrier, [&] { return waitFor(barrier); });
    QCOMPARE(waitFor(barrier) + first.join(), 1);
}

} // namespace

class TestWaiterKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anEventIsSet();
    void aConditionIsNotified();
    void aConditionIsWaitedFor();
    void aBarrierIsPassed();
    void aBarrierIsWaitedFor();
    void aBarrierIsReset();
};

void TestWaiterKill::initTestCase()
{
    SKIP_WHERE_NOTHING_CAN_BE_STEPPED();
    QLoggingCategory::setFilterRules(QStringLiteral("procession.sync.warning=false"));
    currentThread();
}

void TestWaiterKill::anEventIsSet()
{
    const Event event;
    std::optional<Waiter> waiter;
    verifyUnharmed(outcomeOf({
        .before =
            [&] {
                event.clear();
                waiter.emplace(event, [&] { return event.wait(QDeadlineTimer(LongTime)) ? 1 : 0; });
            },
        .operation = [&] { event.set(); },
        .check = verified([&] {
            event.set();
            QCOMPARE(waiter->join(), 1);
        }),
    }));
}

void TestWaiterKill::aConditionIsNotified()
{
    const Condition condition;
    std::optional<Waiter> waiter;
    verifyUnharmed(outcomeOf({
        .before = [&] { waiter.emplace(condition, [&] { return waitFor(condition); }); },
        .operation =
            [&] {
                const std::scoped_lock guard(condition);
                condition.notify();
            },
        .check = verified([&] {
            condition.acquire();
            condition.notify();
            condition.release();
            QCOMPARE(waiter->join(), 1);
        }),
    }));
}

void TestWaiterKill::aConditionIsWaitedFor()
{
    const Condition condition;
    verifyUnharmed(outcomeOf({
        .operation =
            [&] {
                const std::scoped_lock guard(condition);
                condition.wait(QDeadlineTimer(0));
            },
        .check = verified([&] {
            QVERIFY(condition.acquire(true, QDeadlineTimer(LongTime)));
            QCOMPARE(condition.waiters(), 0);
            condition.release();
            Waiter waiter(condition, [&] { return waitFor(condition); });
            condition.acquire();
            condition.notify();
            condition.release();
            QCOMPARE(waiter.join(), 1);
        }),
    }));
}

void TestWaiterKill::aBarrierIsPassed()
{
    const Barrier barrier(2);
    std::optional<Waiter> waiter;
    verifyUnharmed(outcomeOf({
        .before = [&] { waiter.emplace(barrier, [&] { return waitFor(barrier); }); },
        .operation = [&] { barrier.wait(); },
        .check = verified([&] {
            if (!barrier.isBroken() && barrier.waiting() == 1)
                QCOMPARE(waitFor(barrier), 1);
            const int outcome = waiter->join();
            QVERIFY(outcome == 0 || (outcome == -1 && barrier.isBroken()));
            passBoth(barrier);
        }),
    }));
}

void TestWaiterKill::aBarrierIsWaitedFor()
{
    const Barrier barrier(2);
    verifyUnharmed(outcomeOf({
        .operation = [&] { barrier.wait(QDeadlineTimer(0)); },
        .check = verified([&] { passBoth(barrier); }),
        .most = 6000, // after that it throws what nobody catches
    }));
}

void TestWaiterKill::aBarrierIsReset()
{
    const Barrier barrier(2);
    std::optional<Waiter> waiter;
    verifyUnharmed(outcomeOf({
        .before = [&] { waiter.emplace(barrier, [&] { return waitFor(barrier); }); },
        .operation = [&] { barrier.reset(); },
        .check = verified([&] {
            barrier.reset();
            QCOMPARE(waiter->join(), -1);
            passBoth(barrier);
        }),
    }));
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    options.take(argc, argv);
    const QCoreApplication application(argc, argv);
    TestWaiterKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_waiterkill.moc"
