// SPDX-License-Identifier: MIT
#include "arenaprobe.h"
#include "pooltest.h"

#include <procession/memory/arena/objects.h>

#include <csignal>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr TaskOptions Twice{.retry = RetryPolicy{.retries = 1}};

int addTo(const Queue<int> &queue, int x)
{
    queue.put(x);
    return x;
}

int die(const Queue<int> &attempts)
{
    attempts.put(1);
    ::raise(SIGKILL);
    return 0;
}

int throwAtFirst(const Queue<int> &attempts)
{
    attempts.put(1);
    if (attempts.size() < 2)
        throw std::runtime_error("the first attempt");
    return 1;
}

/// Makes a queue that nobody else has, and gives it away.
Queue<int> queueWith(int x)
{
    Queue<int> queue;
    queue.put(x);
    return queue;
}

Queue<int> queueAfter(const Queue<int> &begun, const Event &gate, int x)
{
    tellAndWait(begun, gate, x);
    return queueWith(x);
}

std::vector<Connection> connectionsWith(const Queue<int> &queue)
{
    queue.put(1);
    auto [one, other] = pipe();
    return {one, other};
}

/// Kills who reads it.
struct Deadly
{
    Queue<int> readers;
};

int readersOf(const Deadly &deadly) { return deadly.readers.size(); }

/// Objects that are to go, though their pool and its results stay.
class Objects
{
public:
    void add(const SharedObject &object) { m_ids.push_back(object.id()); }
    int count() const
    {
        return static_cast<int>(std::count_if(m_ids.begin(), m_ids.end(), [](ObjectId id) { return recordOf(id) != nullptr; }));
    }

private:
    std::vector<ObjectId> m_ids;
};

/// Other workers take the place of those there are: a copy of this process has its handles too, as long as it lasts.
void renewWorkers(Pool &pool)
{
    pool.apply(&squared, 1); // all tasks that came before are out of the queue
    for (const PoolWorkerInfo &worker : pool.workers())
        pool.restartWorker(worker.number);
    pool.apply(&squared, 1);
}

} // namespace

template <>
struct procession::Codec<Deadly>
{
    static void encode(Encoder &encoder, const Deadly &deadly) { encoder << deadly.readers; }
    static Deadly decode(Decoder &decoder)
    {
        const Deadly deadly{decoder.read<Queue<int>>()};
        deadly.readers.put(1);
        ::raise(SIGKILL);
        return deadly;
    }
};

/// Whatever becomes of a task, the shared objects that its arguments and its result have handles of are given back.
class TestPoolHandles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofTasks_data() { addStartMethods(); }
    void ofTasks();
    void ofLostTasks_data() { addStartMethods(false); }
    void ofLostTasks();
    void ofTasksThatCannotBeRead_data() { addStartMethods(false); }
    void ofTasksThatCannotBeRead();
    void ofTasksTriedAgain_data() { addStartMethods(); }
    void ofTasksTriedAgain();
    void ofTimedOutTasks_data() { addStartMethods(); }
    void ofTimedOutTasks();
    void ofCancelledTasks_data() { addStartMethods(); }
    void ofCancelledTasks();
    void ofTasksThatWaitForTheirRetry_data() { addStartMethods(); }
    void ofTasksThatWaitForTheirRetry();
    void ofTerminatedTasks_data() { addStartMethods(); }
    void ofTerminatedTasks();
    void ofTasksOfABrokenPool_data() { addStartMethods(); }
    void ofTasksOfABrokenPool();
    void ofResultsThatNobodyTakes_data() { addStartMethods(); }
    void ofResultsThatNobodyTakes();
    void ofResultsThatComeTooLate_data() { addStartMethods(); }
    void ofResultsThatComeTooLate();
    void ofReportsThatNobodyReads_data() { addStartMethods(); }
    void ofReportsThatNobodyReads();
};

void TestPoolHandles::ofTasks()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.apply(&squared, 1);
    const ArenaProbe probe;
    {
        const Queue<int> queue;
        pool.map(bind(&addTo, queue), std::views::iota(0, 50), 1); // the function is sent again and again
        QCOMPARE(queue.size(), 50);
        pool.apply(&addTo, queue, 3);
    }
    pool.apply(&squared, 1); // the worker forgets the function before
    QTRY_COMPARE(probe.growth(), QByteArray());
}

void TestPoolHandles::ofLostTasks()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.apply(&squared, 1);
    Objects objects;
    std::vector<AsyncResult<int>> results;
    {
        const Queue<int> attempts;
        objects.add(attempts);
        results.push_back(pool.applyAsync(&die, attempts));
        results.push_back(pool.applyAsync(Twice, &die, attempts));
        for (const auto &result : results)
            QVERIFY_THROWS_EXCEPTION(WorkerLost, result.get(Patience));
        auto ofEach = pool.imap(&die, std::vector<Queue<int>>(3, attempts));
        for (int i = 0; i < 3; ++i)
            QVERIFY_THROWS_EXCEPTION(WorkerLost, ofEach.next(Patience));
        QCOMPARE(attempts.size(), 6);
    }
    renewWorkers(pool);
    QTRY_COMPARE(objects.count(), 0);
}

void TestPoolHandles::ofTasksThatCannotBeRead()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.apply(&squared, 1);
    Objects objects;
    {
        const Queue<int> readers;
        objects.add(readers);
        QVERIFY_THROWS_EXCEPTION(WorkerLost, pool.applyAsync(&readersOf, Deadly{readers}).get(Patience));
        QVERIFY_THROWS_EXCEPTION(WorkerLost, pool.applyAsync(Twice, &readersOf, Deadly{readers}).get(Patience));
    }
    renewWorkers(pool);
    QTRY_COMPARE(objects.count(), 0);
}

void TestPoolHandles::ofTasksTriedAgain()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.apply(&squared, 1);
    Objects objects;
    {
        const Queue<int> attempts;
        objects.add(attempts);
        const TaskOptions again{.retry = RetryPolicy{.retries = 3, .afterExceptions = true}};
        QCOMPARE(pool.applyAsync(again, &throwAtFirst, attempts).get(Patience), 1);
        QCOMPARE(attempts.size(), 2);
    }
    renewWorkers(pool);
    QTRY_COMPARE(objects.count(), 0);
}

void TestPoolHandles::ofTimedOutTasks()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.apply(&squared, 1);
    Objects objects;
    {
        const Event gate;
        const Queue<int> begun;
        objects.add(gate);
        objects.add(begun);
        const TaskOptions soon{.timeout = 50ms};
        QVERIFY_THROWS_EXCEPTION(TaskTimeout, pool.applyAsync(soon, &tellAndWait, begun, gate, 1).get(Patience));
        gate.set(); // for a thread
    }
    renewWorkers(pool);
    QTRY_COMPARE(objects.count(), 0);
}

void TestPoolHandles::ofCancelledTasks()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.apply(&squared, 1);
    Objects objects;
    std::vector<AsyncResult<int>> results;
    {
        const Event gate;
        const Queue<int> begun;
        objects.add(gate);
        objects.add(begun);
        for (int i = 0; i < 5; ++i)
            results.push_back(pool.applyAsync(i % 2 == 0 ? TaskOptions() : Twice, &tellAndWait, begun, gate, i));
        auto ofEach = pool.imap(bind(&tellAndWait, begun, gate), std::views::iota(0));
        begun.get();
        for (const auto &result : results)
            result.cancel();
        gate.set(); // for a thread
    }
    renewWorkers(pool);
    QTRY_COMPARE(objects.count(), 0);
}

void TestPoolHandles::ofTasksThatWaitForTheirRetry()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.apply(&squared, 1);
    Objects objects;
    {
        const Queue<int> attempts;
        objects.add(attempts);
        const TaskOptions later{.retry = RetryPolicy{.retries = 3, .delay = 1h, .afterExceptions = true}};
        const auto result = pool.applyAsync(later, &throwAtFirst, attempts);
        attempts.get(); // so that it throws for ever
        pool.apply(&squared, 1);
        QVERIFY(!result.isReady());
        result.cancel();
        QVERIFY_THROWS_EXCEPTION(TaskCancelled, result.get(Patience));
    }
    renewWorkers(pool);
    QTRY_COMPARE(objects.count(), 0);
}

void TestPoolHandles::ofTerminatedTasks()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    Objects objects;
    std::vector<AsyncResult<int>> results;
    {
        const Event gate;
        const Queue<int> begun;
        objects.add(gate);
        objects.add(begun);
        for (int i = 0; i < 5; ++i)
            results.push_back(pool.applyAsync(i % 2 == 0 ? TaskOptions() : Twice, &tellAndWait, begun, gate, i));
        results.push_back(pool.applyAsync(TaskOptions{.priority = -1}, &tellAndWait, begun, gate, 5)); // not handed out
        begun.get();
        pool.terminate();
        gate.set(); // for a thread
        QVERIFY(pool.join(Patience));
        for (const auto &result : results)
            QVERIFY_THROWS_EXCEPTION(PoolError, result.get(Patience));
    }
    QCOMPARE(objects.count(), 0); // though the pool and the results are there
}

void TestPoolHandles::ofTasksOfABrokenPool()
{
    QFETCH(StartMethod, method);
    PoolOptions failing = options(method, 1);
    failing.initializer = {[](const Queue<int> &) { throw std::runtime_error("no licence"); }, Queue<int>()};
    Pool pool(failing);
    Objects objects;
    std::vector<AsyncResult<int>> results;
    {
        const Queue<int> queue;
        objects.add(queue);
        for (int i = 0; i < 5; ++i)
            results.push_back(pool.applyAsync(&addTo, queue, i));
        for (const auto &result : results)
            QVERIFY_THROWS_EXCEPTION(PoolError, result.get(Patience));
        QVERIFY(pool.join(Patience));
    }
    QCOMPARE(objects.count(), 0);
}

void TestPoolHandles::ofResultsThatNobodyTakes()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.apply(&squared, 1);
    const ArenaProbe probe;
    {
        pool.applyAsync(&queueWith, 1).wait(Patience);
        pool.applyAsync(&queueWith, 1);
        pool.mapAsync(&queueWith, std::views::iota(0, 5));
        auto results = pool.imap(&queueWith, std::views::iota(0, 50));
        QCOMPARE(results.next()->get(), 0);
        const Queue<int> queue;
        pool.applyAsync(&connectionsWith, queue);
        QVERIFY(queue.tryGet(Patience).has_value());
    }
    pool.apply(&squared, 1);
    QTRY_COMPARE(probe.moreObjects(), 0); // the queues of the pool itself may have grown
}

void TestPoolHandles::ofResultsThatComeTooLate()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.apply(&squared, 1);
    const ArenaProbe probe;
    for (int i = 0; i < 20; ++i) {
        const auto result = pool.applyAsync(&queueWith, 1);
        const auto next = pool.applyAsync(&queueWith, 2);
        if (i % 2 == 0)
            result.wait(Patience);
        result.cancel(); // when it has been reported, perhaps, and nobody has looked
        next.cancel();
    }
    if (method == StartMethod::Thread) {
        const Event gate;
        const Queue<int> begun;
        const auto late = pool.applyAsync(&queueAfter, begun, gate, 1);
        begun.get();
        late.cancel();
        gate.set();
    }
    pool.apply(&squared, 1);
    QTRY_VERIFY2(probe.moreObjects() <= 1,
        probe.growth().constData()); // a copied worker may have been made before the killed one was gone
}

void TestPoolHandles::ofReportsThatNobodyReads()
{
    QFETCH(StartMethod, method);
    const ArenaProbe probe;
    for (int i = 0; i < 5; ++i) {
        const Queue<int> told;
        Pool pool(options(method));
        auto results = pool.mapAsync(&connectionsWith, std::vector<Queue<int>>(100, told), 1);
        QVERIFY(told.tryGet(Patience).has_value());
        pool.terminate();
    }
    QTRY_COMPARE(probe.growth(), QByteArray());
}

PROCESSION_TEST_MAIN(TestPoolHandles)
#include "tst_poolhandles.moc"
