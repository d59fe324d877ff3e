// SPDX-License-Identifier: MIT
#include <procession/platform/child/forkprocess.h>
#include <procession/pool/engine/deferredthread.h>

#include "sanitizers.h"
#include "testmain.h"

#include <QtTest/QtTest>

#include <semaphore>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 30s;
constexpr auto Never = 1h;

/// Something that says when it is done, and how often it has been.
struct Body
{
    void operator()()
    {
        ++times;
        done.release();
    }
    bool hasBeenDone() { return done.try_acquire_for(Patience); }

    std::atomic<int> times = 0;
    std::counting_semaphore<> done{0};
};

/// What the process ended with that does `what`, a copy of this one.
template <typename Function>
ExitStatus inCopy(Function what)
{
    auto copy = forkProcess();
    if (!copy)
        ::_exit(what() ? 0 : 1);
    return copy->reap().status;
}

int threadsOfThisProcess()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
}

} // namespace

class TestDeferredThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_threads = threadsOfThisProcess(); }
    void atItsTime();
    void atOnce();
    void inTheOrderOfTheirTimes();
    void withdrawn();
    void withdrawnByOne();
    void inACopy();
    void nothingIsLeft();

private:
    int m_threads = 0; ///< without any of what is tested
};

void TestDeferredThread::atItsTime()
{
    Body body;
    DeferredThread thread([&body] { body(); });
    QElapsedTimer timer;
    timer.start();
    thread.beginAfter(20ms);
    QVERIFY(body.hasBeenDone());
    QVERIFY(timer.elapsed() >= 20);
    thread.join();
    QVERIFY(thread.hasBegun());
    QVERIFY(!thread.withdraw());
}

void TestDeferredThread::atOnce()
{
    Body body;
    DeferredThread thread([&body] { body(); });
    thread.beginAfter(Never);
    QVERIFY(!thread.hasBegun());
    thread.begin();
    QVERIFY(thread.hasBegun());
    thread.begin();
    QVERIFY(body.hasBeenDone());
    thread.join();
    thread.join();
    QCOMPARE(body.times, 1);
}

void TestDeferredThread::inTheOrderOfTheirTimes()
{
    Body late;
    Body soon;
    DeferredThread lateThread([&late] { late(); });
    DeferredThread soonThread([&] {
        soon.times = late.times.load();
        soon.done.release();
    });
    lateThread.beginAfter(Never);
    soonThread.beginAfter(1ms); // whoever waits for the other is told
    QVERIFY(soon.hasBeenDone());
    QCOMPARE(soon.times, 0);
    QVERIFY(lateThread.withdraw());
    soonThread.join();
}

void TestDeferredThread::withdrawn()
{
    Body body;
    DeferredThread withdrawn([&body] { body(); });
    withdrawn.beginAfter(1ms);
    const bool isInTime = withdrawn.withdraw();
    QVERIFY(!withdrawn.withdraw());
    withdrawn.begin();
    withdrawn.join();

    Body next;
    DeferredThread later([&next] { next(); });
    later.beginAfter(5ms);
    QVERIFY(next.hasBeenDone());
    later.join();
    QCOMPARE(body.times, isInTime ? 0 : 1);
}

void TestDeferredThread::withdrawnByOne()
{
    for (int i = 0; i < 200; ++i) {
        Body body;
        DeferredThread thread([&body] { body(); });
        thread.beginAfter(std::chrono::milliseconds(i % 2));
        std::atomic<int> withdrawals = 0;
        const auto withdraw = [&] { withdrawals += thread.withdraw() ? 1 : 0; };
        std::thread first(withdraw);
        std::thread second(withdraw);
        first.join();
        second.join();
        thread.join();
        QCOMPARE(withdrawals + body.times, 1);
    }
}

void TestDeferredThread::inACopy()
{
    SKIP_THREADS_OF_COPIES();
    DeferredThread waiting([] {});
    waiting.beginAfter(Never); // there is a thread for this, but not in the copy
    const auto usesOne = [] {
        Body body;
        DeferredThread thread([&body] { body(); });
        thread.beginAfter(1ms);
        const bool isDone = body.hasBeenDone();
        thread.join();
        return isDone;
    };
    QVERIFY(inCopy(usesOne).isSuccess());
    QVERIFY(waiting.withdraw());
}

void TestDeferredThread::nothingIsLeft()
{
    DeferredThread thread([] {});
    thread.beginAfter(1ms);
    QVERIFY(threadsOfThisProcess() > m_threads);
    thread.begin();
    thread.join();
    QTRY_COMPARE(threadsOfThisProcess(), m_threads);
}

PROCESSION_TEST_MAIN(TestDeferredThread)
#include "tst_deferredthread.moc"
