// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <procession/ipc/pipe.h>
#include <procession/queue/joinablequeue.h>
#include <procession/queue/simplequeue.h>
#include <procession/sync/lock.h>

#include <numeric>
#include <set>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

struct Numbered
{
    int producer;
    int number;
};

void putNumbers(const Queue<Numbered> &queue, int producer, int count)
{
    for (int i = 0; i < count; ++i)
        queue.put({producer, i});
}

void echo(const Queue<QVariant> &in, const Queue<QVariant> &out)
{
    for (;;) {
        const QVariant value = in.get();
        if (!value.isValid())
            return;
        out.put(value);
    }
}

/// Gets until there is a -1; tells how many, and their sum.
void addUp(const Queue<int> &queue, const Queue<std::pair<int, qint64>> &results)
{
    std::pair<int, qint64> result;
    for (int value = queue.get(); value != -1; value = queue.get()) {
        ++result.first;
        result.second += value;
    }
    results.put(result);
}

void doTasks(const JoinableQueue<int> &tasks, const SimpleQueue<int> &results)
{
    for (;;) {
        const int task = tasks.get();
        if (task >= 0)
            results.put(task * task);
        tasks.taskDone();
        if (task < 0)
            return;
    }
}

/// One whose put end a thread can hold, as a process does that is stopped in the middle of put().
class HeldQueue : public Queue<int>
{
public:
    void hold() const { state().put.lock.acquire(id(), QDeadlineTimer::Forever); }
    void letGo() const { state().put.lock.release(); }
};

void putAndEnd(const Queue<QByteArray> &queue) { queue.put(QByteArray(1'000'000, 'X')); }

void sendQueueBack(const Queue<Queue<QString>> &queues)
{
    const Queue<QString> inner;
    inner.put(QStringLiteral("from a queue in a queue"));
    queues.put(inner);
}

} // namespace

class TestQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheReferenceSays();
    void aBoundedOne();
    void anUnlimitedOneThatAnotherHolds();
    void closing();
    void valuesOfAllKinds();
    void growsAndShrinks();
    void largeMessages();
    void typesAreChecked();
    void betweenProcesses_data() { addStartMethods(); }
    void betweenProcesses();
    void orderOfEachProducerIsKept_data() { addStartMethods(); }
    void orderOfEachProducerIsKept();
    void manyConsumers_data() { addStartMethods(); }
    void manyConsumers();
    void boundedBetweenProcesses_data() { addStartMethods(); }
    void boundedBetweenProcesses();
    void joiningAProducerFirst_data() { addStartMethods(); }
    void joiningAProducerFirst();
    void aQueueInAQueue_data() { addStartMethods(); }
    void aQueueInAQueue();
    void tasksAreDone_data() { addStartMethods(); }
    void tasksAreDone();
    void tooManyTasksDone();
    void deadlines();
};

void TestQueue::whatTheReferenceSays()
{
    const Queue<> queue;
    QVERIFY(queue.isEmpty());
    QVERIFY_THROWS_EXCEPTION(Empty, queue.getNowait());
    QVERIFY_THROWS_EXCEPTION(Empty, queue.get(true, 5ms));
    queue.put(42);
    queue.put(QVariant());
    queue.put(QStringLiteral("hello"));
    QCOMPARE(queue.size(), 3);
    QCOMPARE(queue.get(), QVariant(42));
    QCOMPARE(queue.get(), QVariant());
    QCOMPARE(queue.getNowait(), QVariant(QStringLiteral("hello")));
    QVERIFY(!queue.tryGet());
    QCOMPARE(queue.putTotal(), quint64(3));
    QCOMPARE(queue.getTotal(), quint64(3));
}

void TestQueue::aBoundedOne()
{
    const Queue<int> queue(3);
    for (int i = 0; i < 3; ++i)
        queue.put(i);
    QVERIFY(queue.isFull());
    QVERIFY_THROWS_EXCEPTION(Full, queue.putNowait(3));
    QVERIFY_THROWS_EXCEPTION(Full, queue.put(3, true, 5ms));
    QVERIFY(!queue.tryPut(3));
    QCOMPARE(queue.get(), 0);
    queue.putNowait(3);
    for (int i = 1; i <= 3; ++i)
        QCOMPARE(queue.get(), i);
    QVERIFY(queue.isEmpty());
}

/// It is not full, and does not say so.
void TestQueue::anUnlimitedOneThatAnotherHolds()
{
    const HeldQueue queue;
    std::string error;
    queue.hold();
    std::thread([&] { error = errorOf([&] { queue.put(1, true, 5ms); }); }).join();
    queue.letGo();
    VERIFY_CONTAINS(error, "has no limit");
    VERIFY_CONTAINS(error, "another process is stopped");
    queue.put(2);
    QCOMPARE(queue.get(), 2);
}

void TestQueue::closing()
{
    const Queue<int> queue;
    VERIFY_CONTAINS(errorOf([&] { queue.joinThread(); }), "after close()");
    const Queue<int> copy = queue; // of the same process
    queue.close();
    QVERIFY_THROWS_EXCEPTION(QueueError, copy.put(1));
    QVERIFY_THROWS_EXCEPTION(QueueError, copy.get());
    queue.cancelJoinThread();
    queue.joinThread();
}

void TestQueue::valuesOfAllKinds()
{
    const Queue<std::vector<QString>> texts;
    texts.put({QStringLiteral("a"), QString(), QStringLiteral("ü")});
    QCOMPARE(texts.get(), (std::vector<QString>{QStringLiteral("a"), QString(), QStringLiteral("ü")}));
    const Queue<std::vector<double>> rows;
    std::vector<double> row(5000);
    std::iota(row.begin(), row.end(), 0.5);
    rows.put(row);
    rows.put({});
    QCOMPARE(rows.get(), row);
    QCOMPARE(rows.get(), std::vector<double>());
    const Queue<std::string> strings;
    strings.put("text");
    QCOMPARE(strings.get(), std::string("text"));
    const Queue<bool> bools;
    bools.put(true);
    QVERIFY(bools.get());
    const Queue<Lock> locks;
    const Lock lock;
    locks.put(lock);
    QVERIFY(locks.get() == lock);
    const Queue<Connection> connections;
    const auto ends = pipe();
    connections.put(ends.first);
    connections.get().send(5);
    QCOMPARE(ends.second.recv<int>(), 5);
}

void TestQueue::growsAndShrinks()
{
    const Queue<int> queue;
    int next = 0;
    int expected = 0;
    for (const int count : {10, 1000, 100'000, 3, 50'000, 1}) {
        for (int i = 0; i < count; ++i)
            queue.put(next++);
        QCOMPARE(queue.size(), next - expected);
        const int keep = std::min(count / 2, 7);
        while (next - expected > keep)
            QCOMPARE(queue.get(), expected++);
    }
    while (expected < next)
        QCOMPARE(queue.get(), expected++);
    QVERIFY(queue.isEmpty());
}

void TestQueue::largeMessages()
{
    const Queue<QByteArray> queue;
    for (int round = 0; round < 3; ++round) {
        for (const int size : {0, 1, 7, 8, 9, 1023, 1024, 1025, 4096, 100'000, 40'000'000, 5})
            queue.put(QByteArray(size, static_cast<char>('a' + size % 26)));
        for (const int size : {0, 1, 7, 8, 9, 1023, 1024, 1025, 4096, 100'000, 40'000'000, 5}) {
            const QByteArray bytes = queue.get();
            QCOMPARE(bytes.size(), size);
            QVERIFY(bytes == QByteArray(size, static_cast<char>('a' + size % 26)));
        }
    }
}

void TestQueue::typesAreChecked()
{
    auto [ours, theirs] = pipe();
    ours.send(Queue<int>());
    VERIFY_CONTAINS(errorOf([&] { theirs.recv<Queue<double>>(); }), "Queue<int>");
    const Queue<int> queue;
    const Message message = encodeValue(queue);
    QByteArray bytes = message.bytes;
    Decoder decoder(QByteArrayView(bytes).sliced(detail::ValueHead::Size));
    VERIFY_CONTAINS(errorOf([&] { decoder.read<Queue<double>>(); }), "a handle of a queue of int was received as one of double");
}

void TestQueue::betweenProcesses()
{
    QFETCH(StartMethod, method);
    const Queue<> in;
    const Queue<> out;
    Process process = context(method).process(&echo, in, out);
    process.start();
    for (int i = 0; i < 200; ++i) {
        in.put(i);
        QCOMPARE(out.get(), QVariant(i));
    }
    in.put({});
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 0);
}

void TestQueue::orderOfEachProducerIsKept()
{
    QFETCH(StartMethod, method);
    constexpr int Producers = 3;
    constexpr int Count = 5000;
    const Queue<Numbered> queue;
    std::vector<std::unique_ptr<Process>> processes;
    ProcessOptions options;
    options.context = context(method);
    for (int i = 0; i < Producers; ++i) {
        processes.push_back(std::make_unique<Process>(options, &putNumbers, queue, i, Count));
        processes.back()->start();
    }
    std::vector<int> next(Producers);
    for (int i = 0; i < Producers * Count; ++i) {
        const Numbered value = queue.get();
        QCOMPARE(value.number, next[static_cast<std::size_t>(value.producer)]++);
    }
    QVERIFY(queue.isEmpty());
    for (const auto &process : processes)
        QVERIFY(process->join());
}

void TestQueue::manyConsumers()
{
    QFETCH(StartMethod, method);
    constexpr int Consumers = 4;
    constexpr int Count = 20'000;
    const Queue<int> queue;
    const Queue<std::pair<int, qint64>> results;
    std::vector<std::unique_ptr<Process>> processes;
    ProcessOptions options;
    options.context = context(method);
    for (int i = 0; i < Consumers; ++i) {
        processes.push_back(std::make_unique<Process>(options, &addUp, queue, results));
        processes.back()->start();
    }
    qint64 sum = 0;
    for (int i = 0; i < Count; ++i) {
        queue.put(i);
        sum += i;
    }
    for (int i = 0; i < Consumers; ++i)
        queue.put(-1);
    int count = 0;
    for (int i = 0; i < Consumers; ++i) {
        const auto result = results.get();
        count += result.first;
        sum -= result.second;
    }
    QCOMPARE(count, Count);
    QCOMPARE(sum, 0);
    for (const auto &process : processes)
        QVERIFY(process->join());
}

void TestQueue::boundedBetweenProcesses()
{
    QFETCH(StartMethod, method);
    const Queue<Numbered> queue(2);
    Process process = context(method).process(&putNumbers, queue, 0, 1000);
    process.start();
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(queue.get().number, i);
        QVERIFY(queue.size() <= 2);
    }
    QVERIFY(process.join());
}

void TestQueue::joiningAProducerFirst()
{
    QFETCH(StartMethod, method);
    const Queue<QByteArray> queue;
    Process process = context(method).process(&putAndEnd, queue);
    process.start();
    QVERIFY(process.join()); // in the reference this waits for ever
    QCOMPARE(queue.get().size(), 1'000'000);
}

void TestQueue::aQueueInAQueue()
{
    QFETCH(StartMethod, method);
    const Queue<Queue<QString>> queues;
    Process process = context(method).process(&sendQueueBack, queues);
    process.start();
    QVERIFY(process.join()); // who made the inner one has gone
    QCOMPARE(queues.get().get(), QStringLiteral("from a queue in a queue"));
}

void TestQueue::tasksAreDone()
{
    QFETCH(StartMethod, method);
    const JoinableQueue<int> tasks;
    const SimpleQueue<int> results;
    QVERIFY(tasks.join());
    std::vector<std::unique_ptr<Process>> processes;
    ProcessOptions options;
    options.context = context(method);
    for (int i = 0; i < 2; ++i) {
        processes.push_back(std::make_unique<Process>(options, &doTasks, tasks, results));
        processes.back()->start();
    }
    for (int i = 0; i < 100; ++i)
        tasks.put(i);
    QVERIFY(tasks.join());
    QCOMPARE(tasks.unfinished(), 0);
    QCOMPARE(results.size(), 100);
    std::set<int> squares;
    while (!results.isEmpty())
        squares.insert(results.get());
    QCOMPARE(squares.size(), std::size_t(100));
    QCOMPARE(*squares.rbegin(), 99 * 99);
    tasks.put(-1);
    tasks.put(-1);
    for (const auto &process : processes)
        QVERIFY(process->join());
}

void TestQueue::tooManyTasksDone()
{
    const JoinableQueue<int> tasks;
    VERIFY_CONTAINS(errorOf([&] { tasks.taskDone(); }), "more often than tasks were put");
    tasks.put(1);
    QVERIFY(!tasks.join(QDeadlineTimer(5)));
    QCOMPARE(tasks.get(), 1);
    tasks.taskDone();
    QVERIFY(tasks.join());
    QVERIFY_THROWS_EXCEPTION(QueueError, tasks.taskDone());
}

void TestQueue::deadlines()
{
    const Queue<int> queue;
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!queue.tryGet(QDeadlineTimer(200)));
    QVERIFY(timer.elapsed() >= 200);
}

PROCESSION_TEST_MAIN(TestQueue)
#include "tst_queue.moc"
