// SPDX-License-Identifier: MIT
#include "waiting.h"

#include <procession/memory/arena/threadslot.h>
#include <procession/platform/system/scheduling.h>
#include <procession/pool/shared/poolqueue.h>
#include <procession/queue/queuewatch.h>

#include <QtTest/QtTest>

#include <semaphore>
#include <thread>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

class TestQueueWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesWhatComesInTheMeantime();
    void isKeptByOneAtATime();
    void isNotKeptByAThreadThatHasEnded();
    void looksOnceMoreWhenTheAnswerIsNear_data();
    void looksOnceMoreWhenTheAnswerIsNear();
    void othersAreWokenForTheRest();
};

namespace {

class WatchedQueue : public PoolQueue
{
public:
    using PoolQueue::state;
};

bool never() { return false; }
bool always() { return true; }

/// How often one wait for a message looked for what never comes.
int looksInVain(const QueueWatch &watch)
{
    int looks = 0;
    watch.forMessage(
        [&looks] {
            ++looks;
            return false;
        },
        0ns);
    return looks;
}

/// Whether a thread that sleeps soon has the second of two messages of which one was looked out for.
bool wakesSleeper()
{
    const WatchedQueue queue;
    std::binary_semaphore hasGot(0);
    std::atomic<int> thread = 0;
    std::thread sleeper([&] {
        thread = ::gettid();
        const auto taken = queue.beginGet(QDeadlineTimer(QDeadlineTimer::Forever));
        queue.finishGet(*taken);
        hasGot.release();
    });
    untilWaiting(queue, 1);
    spinUntil([&] {
        QFile file(QStringLiteral("/proc/self/task/%1/stat").arg(thread.load()));
        return file.open(QIODevice::ReadOnly) && file.readAll().contains(") S ");
    });
    queue.state().watcher.store(currentThread());
    queue.put("first", {});
    queue.put("second", {});
    queue.state().watcher.store(0);
    const bool isWoken = queue.lookOut(0ns) && hasGot.try_acquire_for(500ms);
    sleeper.join();
    return isWoken;
}

} // namespace

void TestQueueWatch::seesWhatComesInTheMeantime()
{
    QueueState state{};
    const QueueWatch watch(state);
    int looks = 0;
    QVERIFY(watch.keep([&looks] { return ++looks == 3; }, 10s));
    QVERIFY(!watch.isKept());
    QVERIFY(!watch.keep(never, 1us));
    QVERIFY(!watch.isKept());
}

void TestQueueWatch::isKeptByOneAtATime()
{
    QueueState state{};
    const QueueWatch watch(state);
    bool isKept = false;
    bool canOthers = true;
    QVERIFY(watch.keep(
        [&] {
            isKept = watch.isKept();
            canOthers = watch.keep(always, 10s) || watch.forMessage(always, 0ns);
            return true;
        },
        10s));
    QVERIFY(isKept);
    QVERIFY(!canOthers);
}

void TestQueueWatch::isNotKeptByAThreadThatHasEnded()
{
    QueueState state{};
    const QueueWatch watch(state);
    std::thread([&state] { state.watcher.store(currentThread()); }).join();
    QVERIFY(state.watcher.load() != 0);
    QVERIFY(!watch.isKept());
    QVERIFY(watch.keep(always, 10s));
}

void TestQueueWatch::looksOnceMoreWhenTheAnswerIsNear_data()
{
    QTest::addColumn<bool>("isElsewhere");
    QTest::newRow("the watcher runs on another processor") << true;
    QTest::newRow("it runs on this one") << false;
}

void TestQueueWatch::looksOnceMoreWhenTheAnswerIsNear()
{
    QFETCH(const bool, isElsewhere);
    QueueState state{};
    const QueueWatch watch(state);
    bool isKept = false;
    std::vector<int> looks;
    const ThreadWord other = currentThread();
    std::thread([&] {
        const int cpu = usableCpus().constFirst();
        bindToCpu(cpu);
        looks.push_back(looksInVain(watch)); // from now on the next wait goes to sleep at once
        state.watcherCpu.store(isElsewhere ? cpu + 1 : cpu);
        state.watcher.store(other);
        isKept = watch.isKept();
        state.watcher.store(0);
        looks.push_back(looksInVain(watch));
    }).join();
    QVERIFY(isKept);
    QVERIFY(looks[0] > 0);
    QCOMPARE(looks[1] > 0, isElsewhere);
}

/// Who looks out takes one of the messages that nobody was woken for. (Who sleeps looks around each second in any case; it may take long to
/// come to itself on a busy machine, but not three times.)
void TestQueueWatch::othersAreWokenForTheRest()
{
    bool isWoken = false;
    for (int i = 0; i < 3 && !isWoken; ++i)
        isWoken = wakesSleeper();
    QVERIFY(isWoken);
}

QTEST_APPLESS_MAIN(TestQueueWatch)
#include "tst_queuewatch.moc"
