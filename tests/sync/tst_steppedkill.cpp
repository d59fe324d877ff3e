// SPDX-License-Identifier: MIT
// Kills a process after more and more instructions of an operation, and looks whether others can go on. With PROCESSION_KILL_EVERYWHERE
// in the environment after each one, which takes minutes.
#include "processtest.h"
#include "waiting.h"

#include <sanitizers.h>

#include <procession/barrier.h>
#include <procession/condition.h>
#include <procession/event.h>
#include <procession/semaphore.h>
#include <procession/sweep.h>

#include <csignal>
#include <mutex>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace procession;

namespace {

constexpr int LongTime = 20'000;

/// A copy of this process that is stopped before `action`.
pid_t startStopped(const std::function<void()> &action)
{
    const pid_t child = ::fork();
    if (child != 0) {
        int status = 0;
        return ::waitpid(child, &status, 0) == child && WIFSTOPPED(status) ? child : -1;
    }
    currentThread(); // has its place from now on
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0)
        ::_exit(1);
    ::raise(SIGSTOP);
    action();
    ::_exit(0);
}

/// \returns whether it was killed before it had ended by itself
bool killAfter(int instructions, const std::function<void()> &action)
{
    const pid_t child = startStopped(action);
    if (child < 0)
        throw std::runtime_error("no child that can be traced");
    int status = 0;
    bool hasEnded = false;
    for (int i = 0; i < instructions && !hasEnded; ++i) {
        if (::ptrace(PTRACE_SINGLESTEP, child, nullptr, nullptr) != 0 || ::waitpid(child, &status, 0) != child)
            throw std::runtime_error("the child cannot be traced");
        hasEnded = !WIFSTOPPED(status);
    }
    if (!hasEnded) {
        ::kill(child, SIGKILL);
        ::waitpid(child, &status, 0);
    }
    sweepEndedProcesses(); // as the parent of a Process does
    return !hasEnded;
}

bool canTrace()
{
    try {
        return killAfter(1, [] {});
    } catch (const std::runtime_error &) {
        return false;
    }
}

/// In a copy of this process, which then ends.
void runInCopy(const std::function<void()> &action)
{
    const pid_t child = ::fork();
    if (child == 0) {
        action();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
}

/// What is done again and again, each time with a kill after some more instructions.
struct Experiment
{
    int step; ///< by how many more
    int most = std::numeric_limits<int>::max();
    std::function<void()> prepare = [] {}; ///< here
    std::function<void()> action; ///< in the process that is killed
    std::function<void()> check; ///< here, afterwards
};

void killEverywhere(const Experiment &experiment)
{
    const int step = qEnvironmentVariableIsSet("PROCESSION_KILL_EVERYWHERE") ? 1 : experiment.step;
    int kills = 0;
    for (bool isKilled = true; isKilled && kills * step < experiment.most; ++kills) {
        experiment.prepare();
        isKilled = killAfter(kills * step, experiment.action);
        experiment.check();
        if (QTest::currentTestFailed()) {
            qWarning("killed after %d instructions", kills * step);
            return;
        }
    }
    qInfo("%d kills", kills);
    QVERIFY(kills > 10);
}

/// A thread of this process in the middle of something that must come to its end.
class Waiter
{
public:
    template <typename Action>
    Waiter(const SharedObject &object, Action action)
    {
        m_thread = std::thread([this, action] { m_result = action(); });
        untilWaiting(object, 1);
    }
    int join()
    {
        m_thread.join();
        return m_result;
    }

private:
    int m_result = -1;
    std::thread m_thread;
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

class TestSteppedKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aLock();
    void aSemaphore();
    void aSemaphoreThatCounts();
    void aUnitOfAnother();
    void unitsTakenBack();
    void whatWasCountedIsForgotten();
    void anEventIsSet();
    void aConditionIsNotified();
    void aConditionIsWaitedFor();
    void aBarrierIsPassed();
    void aBarrierIsWaitedFor();
    void aBarrierIsReset();
};

void TestSteppedKill::initTestCase()
{
    SKIP_UNDER_SANITIZERS("each operation has far too many instructions there");
    QLoggingCategory::setFilterRules(QStringLiteral("procession.sync.warning=false"));
    currentThread();
    if (!canTrace())
        QSKIP("this system lets no process trace another");
}

void TestSteppedKill::aLock()
{
    const RLock lock;
    killEverywhere({
        .step = 17,
        .action =
            [&] {
                const std::scoped_lock guard(lock);
                lock.acquire();
                lock.release();
            },
        .check =
            [&] {
                QVERIFY(lock.acquire(false));
                QCOMPARE(lock.depth(), 1);
                lock.release();
            },
    });
}

void TestSteppedKill::aSemaphore()
{
    const Semaphore semaphore(2);
    killEverywhere({
        .step = 43,
        .action = [&] { const std::scoped_lock unit(semaphore); },
        .check =
            [&] {
                QCOMPARE(semaphore.value(), 2);
                QVERIFY(semaphore.holders().empty());
                QVERIFY(semaphore.acquire(false) && semaphore.acquire(false) && !semaphore.acquire(false));
                semaphore.release(2);
            },
    });
}

void TestSteppedKill::aSemaphoreThatCounts()
{
    const Semaphore semaphore(0);
    killEverywhere({
        .step = 27,
        .prepare =
            [&] {
                semaphore.release();
                runInCopy([&] { semaphore.acquire(); }); // nobody who lives holds any
            },
        .action = [&] { semaphore.release(); },
        .check =
            [&] {
                const int value = semaphore.value();
                QVERIFY(value == 0 || value == 1);
                QCOMPARE(semaphore.acquire(false), value == 1);
                QVERIFY(!semaphore.acquire(false));
                if (value == 1)
                    semaphore.release();
                runInCopy([&] { semaphore.acquire(false); });
            },
    });
}

void TestSteppedKill::aUnitOfAnother()
{
    const Semaphore semaphore(1);
    killEverywhere({
        .step = 27,
        .prepare = [&] { QVERIFY(semaphore.acquire(false)); },
        .action = [&] { semaphore.release(); },
        .check =
            [&] {
                QCOMPARE(semaphore.value() == 1, semaphore.holders().empty());
                if (semaphore.value() == 0)
                    semaphore.release();
                QCOMPARE(semaphore.value(), 1);
                QVERIFY(semaphore.holders().empty());
            },
    });
}

void TestSteppedKill::unitsTakenBack()
{
    const Semaphore semaphore(3);
    killEverywhere({
        .step = 93,
        .prepare =
            [&] {
                runInCopy([&] {
                    semaphore.acquire();
                    semaphore.acquire();
                });
            },
        .action = [&] { semaphore.value(); },
        .check =
            [&] {
                QCOMPARE(semaphore.value(), 3);
                QVERIFY(semaphore.holders().empty());
            },
    });
}

// There is more than at the beginning, so what the dead one held is lost: once, not twice.
void TestSteppedKill::whatWasCountedIsForgotten()
{
    const Semaphore semaphore(0);
    killEverywhere({
        .step = 93,
        .prepare =
            [&] {
                while (semaphore.acquire(false)) { }
                semaphore.release(4);
                runInCopy([&] {
                    semaphore.acquire();
                    semaphore.acquire();
                });
            },
        .action = [&] { semaphore.value(); },
        .check =
            [&] {
                QCOMPARE(semaphore.value(), 2);
                QVERIFY(semaphore.holders().empty());
            },
    });
}

void TestSteppedKill::anEventIsSet()
{
    const Event event;
    std::optional<Waiter> waiter;
    killEverywhere({
        .step = 17,
        .prepare =
            [&] {
                event.clear();
                waiter.emplace(event, [&] { return event.wait(QDeadlineTimer(LongTime)) ? 1 : 0; });
            },
        .action = [&] { event.set(); },
        .check =
            [&] {
                event.set();
                QCOMPARE(waiter->join(), 1);
            },
    });
}

void TestSteppedKill::aConditionIsNotified()
{
    const Condition condition;
    std::optional<Waiter> waiter;
    killEverywhere({
        .step = 47,
        .prepare = [&] { waiter.emplace(condition, [&] { return waitFor(condition); }); },
        .action =
            [&] {
                const std::scoped_lock guard(condition);
                condition.notify();
            },
        .check =
            [&] {
                condition.acquire();
                condition.notify();
                condition.release();
                QCOMPARE(waiter->join(), 1);
            },
    });
}

void TestSteppedKill::aConditionIsWaitedFor()
{
    const Condition condition;
    killEverywhere({
        .step = 73,
        .action =
            [&] {
                const std::scoped_lock guard(condition);
                condition.wait(QDeadlineTimer(0));
            },
        .check =
            [&] {
                QVERIFY(condition.acquire(true, QDeadlineTimer(LongTime)));
                QCOMPARE(condition.waiters(), 0);
                condition.release();
                Waiter waiter(condition, [&] { return waitFor(condition); });
                condition.acquire();
                condition.notify();
                condition.release();
                QCOMPARE(waiter.join(), 1);
            },
    });
}

void TestSteppedKill::aBarrierIsPassed()
{
    const Barrier barrier(2);
    std::optional<Waiter> waiter;
    killEverywhere({
        .step = 93,
        .prepare = [&] { waiter.emplace(barrier, [&] { return waitFor(barrier); }); },
        .action = [&] { barrier.wait(); },
        .check =
            [&] {
                if (!barrier.isBroken() && barrier.waiting() == 1)
                    QCOMPARE(waitFor(barrier), 1);
                const int outcome = waiter->join();
                QVERIFY(outcome == 0 || (outcome == -1 && barrier.isBroken()));
                passBoth(barrier);
            },
    });
}

void TestSteppedKill::aBarrierIsWaitedFor()
{
    const Barrier barrier(2);
    killEverywhere({
        .step = 153,
        .most = 6000, // after that it throws what nobody catches
        .action = [&] { barrier.wait(QDeadlineTimer(0)); },
        .check = [&] { passBoth(barrier); },
    });
}

void TestSteppedKill::aBarrierIsReset()
{
    const Barrier barrier(2);
    std::optional<Waiter> waiter;
    killEverywhere({
        .step = 73,
        .prepare = [&] { waiter.emplace(barrier, [&] { return waitFor(barrier); }); },
        .action = [&] { barrier.reset(); },
        .check =
            [&] {
                barrier.reset();
                QCOMPARE(waiter->join(), -1);
                passBoth(barrier);
            },
    });
}

PROCESSION_TEST_MAIN(TestSteppedKill)
#include "tst_steppedkill.moc"
