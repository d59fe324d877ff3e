// SPDX-License-Identifier: MIT
// What CPython's _TestLock and _TestSemaphore check.
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/sync/boundedsemaphore.h>
#include <procession/sync/rlock.h>

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <mutex>

using namespace mp;

namespace {

/// Who has it when its function runs in another process: nobody, or this one.
void expectFree(const Lock &lock, bool isFree)
{
    if (lock.acquire(false) != isFree)
        throw std::runtime_error("the lock is not as it should be");
    if (isFree)
        lock.release();
}

void checkElsewhere(const Lock &lock, bool isFree)
{
    Process process(&expectFree, lock, isFree);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

template <typename AnySemaphore>
void acquireAndReleaseTwo(const AnySemaphore &semaphore)
{
    QCOMPARE(semaphore.value(), 2);
    QVERIFY(semaphore.acquire());
    QCOMPARE(semaphore.value(), 1);
    QVERIFY(semaphore.acquire());
    QCOMPARE(semaphore.value(), 0);
    QVERIFY(!semaphore.acquire(false));
    QCOMPARE(semaphore.value(), 0);
    semaphore.release();
    QCOMPARE(semaphore.value(), 1);
    semaphore.release();
    QCOMPARE(semaphore.value(), 2);
}

/// As the function of a process.
template <typename AnySemaphore>
void acquireTwoAndEndWithNone(const AnySemaphore &semaphore)
{
    if (!semaphore.acquire() || !semaphore.acquire() || semaphore.acquire(false))
        throw std::runtime_error("the semaphore does not have two units");
    semaphore.release(2);
}

template <typename AnySemaphore>
void useElsewhere(const AnySemaphore &semaphore)
{
    Process process(&acquireTwoAndEndWithNone<AnySemaphore>, semaphore);
    process.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
    acquireAndReleaseTwo(semaphore);
}

} // namespace

class LockConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void lock();
    void rlock();
    void lockContext();
    void semaphore();
    void boundedSemaphore();
    void semaphoreTimeout();
};

void LockConformance::lock()
{
    const Lock lock = context().lock();
    QVERIFY(lock.acquire());
    QVERIFY(!lock.acquire(false));
    checkElsewhere(lock, false);
    lock.release();
    checkElsewhere(lock, true);
    QVERIFY_THROWS_EXCEPTION(ReleaseError, lock.release());
}

void LockConformance::rlock()
{
    const RLock lock = context().rlock();
    for (int i = 0; i < 3; ++i)
        QVERIFY(lock.acquire());
    for (int i = 0; i < 3; ++i)
        lock.release();
    QVERIFY_THROWS_EXCEPTION(ReleaseError, lock.release());
}

void LockConformance::lockContext()
{
    const Lock lock = context().lock();
    {
        const std::scoped_lock guard(lock);
        checkElsewhere(lock, false);
    }
    checkElsewhere(lock, true);
}

void LockConformance::semaphore()
{
    const Semaphore semaphore = context().semaphore(2);
    acquireAndReleaseTwo(semaphore);
    useElsewhere(semaphore);
    semaphore.release();
    QCOMPARE(semaphore.value(), 3);
    semaphore.release();
    QCOMPARE(semaphore.value(), 4);
}

void LockConformance::boundedSemaphore()
{
    const BoundedSemaphore semaphore = context().boundedSemaphore(2);
    acquireAndReleaseTwo(semaphore);
    useElsewhere(semaphore);
    QVERIFY_THROWS_EXCEPTION(ReleaseError, semaphore.release());
    QCOMPARE(semaphore.value(), 2);
}

void LockConformance::semaphoreTimeout()
{
    const Semaphore semaphore(0);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!semaphore.acquire(false));
    QVERIFY(!semaphore.acquire(false, QDeadlineTimer(LongTime)));
    QVERIFY(!timer.hasExpired(std::chrono::milliseconds(LongTime).count()));
    timer.start();
    QVERIFY(!semaphore.acquire(true, QDeadlineTimer(30)));
    QVERIFY(timer.elapsed() >= 30);
    QVERIFY(!semaphore.acquire(true, QDeadlineTimer(60)));
    QVERIFY(timer.elapsed() >= 90);
}

PROCESSION_TEST_MAIN(LockConformance)
#include "tst_lockconformance.moc"
