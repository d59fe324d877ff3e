// SPDX-License-Identifier: MIT
#include <procession/queuewatch.h>
#include <procession/scheduling.h>
#include <procession/threadslot.h>

#include <QtTest/QtTest>

#include <thread>

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
};

namespace {

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

QTEST_APPLESS_MAIN(TestQueueWatch)
#include "tst_queuewatch.moc"
