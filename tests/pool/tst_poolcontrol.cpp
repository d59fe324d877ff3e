// SPDX-License-Identifier: MIT
#include "pooltest.h"

#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

void tell(const Queue<int> &told, int x) { told.put(x); }

std::set<quint32> numbersOf(const Pool &pool)
{
    std::set<quint32> numbers;
    for (const PoolWorkerInfo &worker : pool.workers())
        numbers.insert(worker.number);
    return numbers;
}

} // namespace

class TestPoolControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelOfAQueuedTask_data() { addStartMethods(); }
    void cancelOfAQueuedTask();
    void cancelOfARunningTask_data() { addStartMethods(); }
    void cancelOfARunningTask();
    void cancelOfAMap_data() { addStartMethods(); }
    void cancelOfAMap();
    void cancelOfWhatHasEnded();
    void anIteratorThatGoesEndsItsTasks_data() { addStartMethods(); }
    void anIteratorThatGoesEndsItsTasks();
    void resize_data() { addStartMethods(); }
    void resize();
    void resizeWhileTasksRun_data() { addStartMethods(); }
    void resizeWhileTasksRun();
    void restartWorker_data() { addStartMethods(); }
    void restartWorker();
    void pause_data() { addStartMethods(); }
    void pause();
    void closeAndTerminateWhilePaused_data() { addStartMethods(); }
    void closeAndTerminateWhilePaused();
    void priorities_data() { addStartMethods(); }
    void priorities();
    void maxTasksPerChild_data() { addStartMethods(false); }
    void maxTasksPerChild();
    void severalThreads_data() { addStartMethods(); }
    void severalThreads();
    void whatMakesNoSense();
};

void TestPoolControl::cancelOfAQueuedTask()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    const Queue<int> begun;
    const Event gate;
    const auto running = pool.applyAsync(&tellAndWait, begun, gate, 1);
    QCOMPARE(begun.get(), 1);
    std::vector<AsyncResult<int>> queued;
    for (int i = 0; i < 10; ++i)
        queued.push_back(pool.applyAsync(&tellAndWait, begun, gate, 10 + i));
    for (std::size_t i = 0; i < 9; ++i) {
        queued[i].cancel();
        QVERIFY(queued[i].isReady());
        QVERIFY_THROWS_EXCEPTION(TaskCancelled, queued[i].get());
    }
    gate.set();
    QCOMPARE(running.get(Patience), 1);
    QCOMPARE(queued[9].get(Patience), 19);
    QCOMPARE(begun.get(), 19); // no other has begun
}

void TestPoolControl::cancelOfARunningTask()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    for (int i = 0; i < 3; ++i) {
        const Queue<int> begun;
        const Event gate;
        const auto running = pool.applyAsync(&tellAndWait, begun, gate, 1);
        begun.get();
        running.cancel();
        QVERIFY_THROWS_EXCEPTION(TaskCancelled, running.get(Patience));
        QCOMPARE(pool.applyAsync(&squared, 3).get(Patience), 9); // by another worker
        gate.set(); // for a thread, which cannot be killed
    }
}

void TestPoolControl::cancelOfAMap()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Queue<int> begun;
    const Event gate;
    const auto map = pool.mapAsync(bind(&tellAndWait, begun, gate), std::views::iota(0, 1000));
    begun.get();
    begun.get();
    map.cancel();
    QVERIFY(map.isReady());
    QVERIFY_THROWS_EXCEPTION(TaskCancelled, map.get());
    QCOMPARE(pool.map(&squared, std::views::iota(0, 3)), (std::vector<int>{0, 1, 4}));
    QVERIFY(begun.isEmpty());
    gate.set();
}

void TestPoolControl::cancelOfWhatHasEnded()
{
    Pool pool(options(StartMethod::Fork));
    const auto result = pool.applyAsync(&squared, 3);
    QCOMPARE(result.get(), 9);
    result.cancel();
    QCOMPARE(result.get(), 9);
}

void TestPoolControl::anIteratorThatGoesEndsItsTasks()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Queue<int> begun;
    const Event gate;
    {
        auto results = pool.imap(bind(&tellAndWait, begun, gate), std::views::iota(0));
        begun.get();
        begun.get();
    }
    QCOMPARE(pool.map(&squared, std::views::iota(0, 3)), (std::vector<int>{0, 1, 4}));
    QVERIFY(begun.isEmpty());
    gate.set();
}

void TestPoolControl::resize()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 2));
    for (const int size : {4, 1, 3, 2}) {
        pool.resize(size);
        QTRY_COMPARE(pool.workers().size(), static_cast<std::size_t>(size));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(pool.applyAsync(&squared, 7).get(Patience), 49);
    }
}

void TestPoolControl::resizeWhileTasksRun()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 3));
    const Queue<int> begun;
    const Event gate;
    std::vector<AsyncResult<int>> results;
    for (int i = 0; i < 12; ++i)
        results.push_back(pool.applyAsync(&tellAndWait, begun, gate, i));
    for (int i = 0; i < 3; ++i)
        begun.get();
    pool.resize(1);
    pool.resize(5);
    for (int i = 0; i < 4; ++i) // one of the first three stays, and four have come
        begun.get();
    pool.resize(1);
    gate.set();
    for (int i = 0; i < 12; ++i)
        QCOMPARE(results[static_cast<std::size_t>(i)].get(Patience), i); // nothing was lost
    QTRY_COMPARE(pool.workers().size(), 1U);
}

void TestPoolControl::restartWorker()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 2));
    QCOMPARE(numbersOf(pool), (std::set<quint32>{1, 2}));
    pool.restartWorker(1);
    QTRY_COMPARE(numbersOf(pool), (std::set<quint32>{2, 3}));
    VERIFY_CONTAINS(errorOf([&] { pool.restartWorker(1); }), "no worker 1");
    const Queue<int> begun;
    const Event gate;
    const auto first = pool.applyAsync(&tellAndWait, begun, gate, 1);
    const auto second = pool.applyAsync(&tellAndWait, begun, gate, 2);
    begun.get();
    begun.get();
    pool.restartWorker(2);
    const auto third = pool.applyAsync(&squared, 3);
    QCOMPARE(third.get(Patience), 9); // in the new one
    gate.set();
    QCOMPARE(first.get(Patience), 1);
    QCOMPARE(second.get(Patience), 2);
    QTRY_COMPARE(numbersOf(pool), (std::set<quint32>{3, 4}));
}

void TestPoolControl::pause()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    const Queue<int> begun;
    const Event gate;
    const auto running = pool.applyAsync(&tellAndWait, begun, gate, 0);
    begun.get();
    std::vector<AsyncResult<int>> queued;
    for (int i = 1; i <= 5; ++i)
        queued.push_back(pool.applyAsync(&tellAndWait, begun, gate, i));
    pool.pause();
    gate.set();
    QCOMPARE(running.get(Patience), 0); // what has begun goes on
    QTRY_VERIFY(isWaitedForEver(pool.name())); // by the worker
    QVERIFY(begun.isEmpty()); // nothing else has begun
    QVERIFY(!queued.front().isReady());
    queued[1].cancel();
    pool.resume();
    for (const int i : {1, 3, 4, 5}) {
        QCOMPARE(queued[static_cast<std::size_t>(i - 1)].get(Patience), i);
        QCOMPARE(begun.get(), i);
    }
}

void TestPoolControl::closeAndTerminateWhilePaused()
{
    QFETCH(StartMethod, method);
    {
        Pool pool(options(method));
        pool.pause();
        const auto result = pool.mapAsync(&squared, std::views::iota(0, 100));
        pool.close(); // what there is is done
        QVERIFY(pool.join(Patience));
        QCOMPARE(result.get().size(), 100U);
    }
    Pool pool(options(method));
    QCOMPARE(pool.apply(&squared, 2), 4);
    pool.pause();
    const auto result = pool.mapAsync(&squared, std::views::iota(0, 100));
    pool.terminate();
    QVERIFY(pool.join(Patience));
    QVERIFY_THROWS_EXCEPTION(PoolError, result.get());
}

void TestPoolControl::priorities()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.pause();
    const Queue<int> told;
    std::vector<AsyncResult<void>> results;
    for (const int priority : {0, 1, -1, 1, 5, 0})
        results.push_back(pool.applyAsync(TaskOptions{.priority = priority}, &tell, told, priority));
    pool.resume();
    for (const auto &result : results)
        QVERIFY(result.wait(Patience));
    for (const int priority : {5, 1, 1, 0, 0, -1})
        QCOMPARE(told.get(), priority);
}

void TestPoolControl::maxTasksPerChild()
{
    QFETCH(StartMethod, method);
    PoolOptions three = options(method, 2);
    three.maxTasksPerChild = 3;
    Pool pool(three);
    std::map<qint64, int> tasks;
    for (const qint64 pid : pool.map([](int) { return workerPid(); }, std::views::iota(0, 20), 1))
        ++tasks[pid];
    QVERIFY(tasks.size() >= 7);
    for (const auto &[pid, count] : tasks)
        QVERIFY(count <= 3);
}

void TestPoolControl::severalThreads()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 2));
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&pool, &wrong, t] {
            for (int i = 0; i < 100; ++i) {
                if (pool.apply(&squared, i) != i * i)
                    ++wrong;
                if (i % 20 == t && pool.map(&squared, std::views::iota(0, 50)).size() != 50)
                    ++wrong;
                if (i % 20 == t + 4) {
                    int sum = 0;
                    for (const int each : pool.imap(&squared, std::views::iota(0, 10)))
                        sum += each;
                    wrong += sum != 285 ? 1 : 0;
                }
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong, 0);
}

void TestPoolControl::whatMakesNoSense()
{
    VERIFY_CONTAINS(errorOf([] { Pool pool(-1); }), "at least 1");
    Pool pool(options(StartMethod::Fork));
    VERIFY_CONTAINS(errorOf([&] { pool.resize(0); }), "at least 1");
    VERIFY_CONTAINS(errorOf([&] { pool.restartWorker(17); }), "no worker 17");
}

PROCESSION_TEST_MAIN(TestPoolControl)
#include "tst_poolcontrol.moc"
