// SPDX-License-Identifier: MIT
// Kills a process before every single instruction of an operation on a lock, and looks each time whether others can go on and
// what they find. At every 23rd, beginning with the seed; with `--rounds=1` at every one.
#include "instructionkiller.h"
#include "killexperiment.h"
#include "sanitizers.h"
#include "sharedmemory.h"

#include <procession/process/launch/freezesupport.h>
#include <procession/sync/rlock.h>

#include <QtTest/QtTest>

#include <atomic>
#include <mutex>

using namespace procession;
using namespace std::chrono_literals;

namespace {

FaultOptions options{23}; // rounds: the distance of instructions

constexpr auto Deadline = 20s; // after which others are said not to go on

KillReport outcomeOf(const KillExperiment &experiment) { return killEverywhere(experiment, options); }

// What must be caught: the same with one mistake in it.

/// A lock that does not know who has it.
class ForgetfulLock
{
public:
    bool acquire(bool = true, QDeadlineTimer deadline = QDeadlineTimer(200ms))
    {
        while (m_isTaken.exchange(true)) {
            if (deadline.hasExpired() || waited.elapsed() > 200)
                return false;
        }
        return true;
    }
    void release() { m_isTaken = false; }
    void begin() { waited.start(); }

private:
    std::atomic<bool> m_isTaken = false;
    QElapsedTimer waited;
};

} // namespace

class TestLockKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void lock();
    void recursiveLock();
    void releaseOfALock();
    void aForgetfulLockIsCaught();
};

void TestLockKill::initTestCase()
{
    SKIP_WHERE_NOTHING_CAN_BE_STEPPED();
    QLoggingCategory::setFilterRules(QStringLiteral("procession.*=false"));
}

void TestLockKill::lock()
{
    const Lock lock;
    verifyUnharmed(outcomeOf({
        .operation = [&] { const std::scoped_lock guard(lock); },
        .check = [&]() -> QByteArray {
            if (!lock.acquire(true, QDeadlineTimer(Deadline)))
                return "others cannot acquire the lock";
            lock.release();
            return {};
        },
    }));
    QVERIFY(lock.abandonments() > 0);
}

void TestLockKill::recursiveLock()
{
    const RLock lock;
    verifyUnharmed(outcomeOf({
        .operation =
            [&] {
                const std::scoped_lock guard(lock);
                lock.acquire();
                lock.release();
            },
        .check = [&]() -> QByteArray {
            if (!lock.acquire(true, QDeadlineTimer(Deadline)))
                return "others cannot acquire the lock";
            const int depth = lock.depth();
            lock.release();
            return depth == 1 ? "" : "the next owner is in it " + QByteArray::number(depth) + " times";
        },
    }));
    QVERIFY(lock.abandonments() > 0);
}

void TestLockKill::releaseOfALock()
{
    const Lock lock;
    verifyUnharmed(outcomeOf({
        .prepare = [&] { lock.acquire(); },
        .operation = [&] { lock.release(); },
        .check = [&]() -> QByteArray {
            const bool hasIt = lock.acquire(true, QDeadlineTimer(Deadline));
            if (hasIt)
                lock.release();
            return hasIt ? "" : "others cannot acquire the lock";
        },
    }));
}

void TestLockKill::aForgetfulLockIsCaught()
{
    const Shared<ForgetfulLock> lock;
    const KillExperiment experiment{
        .before = [&] { lock->begin(); },
        .prepare = [] {},
        .operation =
            [&] {
                lock->acquire();
                lock->release();
            },
        .check = [&]() -> QByteArray {
            lock->begin();
            if (!lock->acquire())
                return "others cannot acquire the lock";
            lock->release();
            return {};
        },
    };
    const KillReport report = killEverywhere(experiment, FaultOptions{1}); // wrong at a few instructions alone
    QVERIFY2(report.wrong.contains("others cannot acquire the lock"), report.wrong.constData());
    qInfo("caught: %s", report.wrong.constData());
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    options.take(argc, argv);
    const QCoreApplication application(argc, argv);
    TestLockKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_lockkill.moc"
