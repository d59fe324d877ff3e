// SPDX-License-Identifier: MIT
#include "pooltest.h"
#include "waiting.h"

#include <csignal>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

int waitAt(const Event &gate, int which, int x)
{
    if (x == which)
        gate.wait();
    return x;
}

int workAtLast(const Queue<int> &attempts, const Event &gate)
{
    attempts.put(1);
    if (attempts.size() < 3)
        gate.wait();
    return attempts.size();
}

int untilCancelled(const Event &begun, const Event &seen)
{
    begun.set();
    while (!isTaskCancelled())
        std::this_thread::yield();
    seen.set();
    return 1;
}

/// Stopped as soon as anybody reads it: its reader has the lock of the queue then, since it is large.
struct Stopping
{
    QByteArray filling;
    Queue<int> readers;
};

int sizeOf(const Stopping &stopping) { return static_cast<int>(stopping.filling.size()); }

qint64 stopInTask(const Queue<qint64> &stopped)
{
    stopped.put(workerPid());
    ::raise(SIGSTOP);
    return workerPid();
}

void stopSelf() { ::raise(SIGSTOP); }

PoolOptions options(StartMethod method, int processes, std::chrono::milliseconds timeout)
{
    PoolOptions all = ::options(method, processes);
    all.taskTimeout = timeout;
    return all;
}

int tellWorkerAndWait(const Queue<qint64> &workers, const Event &gate)
{
    workers.put(workerPid());
    gate.wait();
    return 1;
}

/// A program with a pool, which tells when its pool has looked at the times again, and then what became of a task.
void runProgram(
    StartMethod method, const Connection &outcome, const Queue<qint64> &workers, const Event &gate, const Event &goesOn)
{
    Pool pool(options(method, 2, 1s));
    const auto result = pool.applyAsync(&tellWorkerAndWait, workers, gate);
    goesOn.wait();
    outcome.send(
        pool.apply(TaskOptions{.timeout = 0ms}, &squared, 3)); // by the other worker, whose report the pool has looked at
    try {
        outcome.send(result.get());
    } catch (const TaskTimeout &) {
        outcome.send(-1);
    }
}

} // namespace

template <>
struct procession::Codec<Stopping>
{
    static void encode(Encoder &encoder, const Stopping &stopping) { encoder << stopping.filling << stopping.readers; }
    static Stopping decode(Decoder &decoder)
    {
        Stopping stopping{decoder.read<QByteArray>(), decoder.read<Queue<int>>()};
        stopping.readers.put(1);
        if (stopping.readers.putTotal() == 1)
            ::raise(SIGSTOP);
        return stopping;
    }
};

class TestPoolTimeout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofThePool_data() { addStartMethods(); }
    void ofThePool();
    void ofATask_data() { addStartMethods(); }
    void ofATask();
    void othersGoOn_data() { addStartMethods(); }
    void othersGoOn();
    void itIsTriedAgain_data() { addStartMethods(false); }
    void itIsTriedAgain();
    void afterNothingWasToDo_data() { addStartMethods(); }
    void afterNothingWasToDo();
    void aNewWorkerHasItsTime_data() { addStartMethods(); }
    void aNewWorkerHasItsTime();
    void threadsAreNotTriedAgain();
    void aThreadCanAsk();
    void aStoppedTask_data() { addStartMethods(false); }
    void aStoppedTask();
    void aStoppedReader_data() { addStartMethods(false); }
    void aStoppedReader();
    void aStoppedIdleWorker_data() { addStartMethods(false); }
    void aStoppedIdleWorker();
    void aStoppedProgram_data() { addStartMethods(false); }
    void aStoppedProgram();
    void withoutTimeouts_data() { addStartMethods(false); }
    void withoutTimeouts();
};

void TestPoolTimeout::ofThePool()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1, 100ms));
    for (int i = 0; i < 2; ++i) {
        const Event gate;
        const auto late = pool.applyAsync(&waitAt, gate, 1, 1);
        const auto next = pool.applyAsync(&waitAt, gate, 1, 2); // by the worker that comes in its place
        VERIFY_CONTAINS(errorOf([&] { late.get(Patience); }), "100 ms");
        QVERIFY_THROWS_EXCEPTION(TaskTimeout, late.get());
        QCOMPARE(next.get(Patience), 2);
        gate.set(); // for a thread
    }
}

void TestPoolTimeout::ofATask()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 2, 100ms));
    const Event gate;
    const auto forEver = pool.applyAsync(TaskOptions{.timeout = 0ms}, &waitAt, gate, 1, 1);
    QVERIFY_THROWS_EXCEPTION(TaskTimeout, pool.apply(TaskOptions{.timeout = 20ms}, &waitAt, gate, 1, 1));
    QVERIFY_THROWS_EXCEPTION(TaskTimeout, pool.apply(&waitAt, gate, 1, 1));
    QVERIFY(!forEver.isReady());
    gate.set();
    QCOMPARE(forEver.get(Patience), 1);
}

void TestPoolTimeout::othersGoOn()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 2, 300ms));
    const Event gate;
    auto results = pool.imap(bind(&waitAt, gate, 5), std::views::iota(0, 200));
    for (int i = 0; i < 200; ++i) {
        if (i == 5)
            QVERIFY_THROWS_EXCEPTION(TaskTimeout, results.next(Patience));
        else
            QCOMPARE(results.next(Patience), i);
    }
    gate.set();
}

void TestPoolTimeout::itIsTriedAgain()
{
    QFETCH(StartMethod, method);
    PoolOptions often = options(method, 2, 300ms);
    often.retry = {.retries = 2};
    Pool pool(often);
    const Event gate;
    const Queue<int> attempts;
    QCOMPARE(pool.applyAsync(&workAtLast, attempts, gate).get(Patience), 3);
    QVERIFY_THROWS_EXCEPTION(TaskTimeout, pool.apply(&waitAt, gate, 1, 1));
}

void TestPoolTimeout::afterNothingWasToDo()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1, 50ms));
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(pool.apply(&squared, 3), 9);
        QTRY_VERIFY(isWaitedForEver(pool.name() + QStringLiteral(" reports"))); // nobody looks at times any more
        const Event gate;
        const auto late = pool.applyAsync(&waitAt, gate, 1, 1);
        QVERIFY(late.wait(Patience));
        gate.set();
        QVERIFY_THROWS_EXCEPTION(TaskTimeout, late.get());
    }
}

void TestPoolTimeout::aNewWorkerHasItsTime()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1, 80ms));
    const Event gate;
    QElapsedTimer timer;
    timer.start();
    std::vector<AsyncResult<int>> late;
    for (int i = 0; i < 3; ++i)
        late.push_back(pool.applyAsync(&waitAt, gate, 1, 1));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(late[static_cast<std::size_t>(i)].wait(Patience));
        QVERIFY2(timer.elapsed() >= (i + 1) * 80, qPrintable(QString::number(timer.elapsed())));
    }
    gate.set();
}

void TestPoolTimeout::threadsAreNotTriedAgain()
{
    Pool pool(options(StartMethod::Thread, 1, 50ms));
    const Event gate;
    const Queue<int> begun;
    const TaskOptions often{.retry = RetryPolicy{.retries = 5}};
    const auto late = pool.applyAsync(often, &tellAndWait, begun, gate, 1);
    QVERIFY(late.wait(Patience));
    QVERIFY_THROWS_EXCEPTION(TaskTimeout, late.get());
    QCOMPARE(pool.apply(&squared, 3), 9); // by the thread that has come in its place
    QCOMPARE(begun.size(), 1);
    gate.set();
}

void TestPoolTimeout::aThreadCanAsk()
{
    Pool pool(options(StartMethod::Thread, 1, 100ms));
    const Event begun;
    const Event seen;
    QVERIFY_THROWS_EXCEPTION(TaskTimeout, pool.apply(&untilCancelled, begun, seen));
    QVERIFY(seen.wait(Patience));
    begun.clear();
    seen.clear();
    const auto cancelled = pool.applyAsync(TaskOptions{.timeout = 0ms}, &untilCancelled, begun, seen);
    QVERIFY(begun.wait(Patience)); // before that it would be dropped
    cancelled.cancel();
    QVERIFY(seen.wait(Patience));
    QVERIFY(!isTaskCancelled());
}

void TestPoolTimeout::aStoppedTask()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 2, 100ms));
    const auto stopped = pool.applyAsync(&stopSelf);
    QCOMPARE(pool.map(&squared, std::views::iota(0, 4)), (std::vector<int>{0, 1, 4, 9}));
    QVERIFY(stopped.wait(Patience));
    QVERIFY_THROWS_EXCEPTION(TaskTimeout, stopped.get());
}

void TestPoolTimeout::aStoppedReader()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 2, 100ms));
    const Queue<int> readers;
    const Stopping stopping{QByteArray(100'000, 'x'), readers};
    const auto result = pool.applyAsync(TaskOptions{.timeout = 1h}, &sizeOf, stopping);
    readers.get(); // the other worker cannot take anything now
    const auto next = pool.applyAsync(&squared, 3);
    QCOMPARE(next.get(Patience), 9);
    QCOMPARE(result.get(Patience), 100'000); // it was not begun, so it is not lost
}

void TestPoolTimeout::aStoppedIdleWorker()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1, 100ms));
    const qint64 pid = pool.apply(&workerPid);
    QCOMPARE(::kill(static_cast<pid_t>(pid), SIGSTOP), 0);
    untilStopped(pid);
    const auto result = pool.applyAsync(TaskOptions{.retry = RetryPolicy{.retries = 1}}, &workerPid);
    const qint64 next = result.get(Patience);
    QVERIFY(next != pid);
    QCOMPARE(::kill(static_cast<pid_t>(next), SIGSTOP), 0);
    untilStopped(next);
    pool.close();
    QVERIFY(pool.join(Patience));
}

/// A task that ends as soon as the program and its worker may go on again has not timed out, although the pool looks at the times before
/// the worker goes on.
void TestPoolTimeout::aStoppedProgram()
{
    QFETCH(StartMethod, method);
    const Queue<qint64> workers;
    const Event gate;
    const Event goesOn;
    const auto [outcome, outcomeEnd] = pipe(Duplex::No);
    Process program(&runProgram, method, outcomeEnd, workers, gate, goesOn);
    program.start();
    const auto worker = static_cast<pid_t>(workers.get());
    for (const pid_t pid : {static_cast<pid_t>(program.pid()), worker}) {
        QCOMPARE(::kill(pid, SIGSTOP), 0);
        untilStopped(pid);
    }
    QTest::qSleep(1600); // the time-out passes, and more than half a second: the pool is late
    gate.set();
    goesOn.set();
    QCOMPARE(::kill(static_cast<pid_t>(program.pid()), SIGCONT), 0);
    QCOMPARE(outcome.recv<int>(), 9);
    ::kill(worker, SIGCONT); // it is gone where the pool has found that its task took too long
    QCOMPARE(outcome.recv<int>(), 1);
    program.join();
}

/// Who is stopped is waited for, while others go on.
void TestPoolTimeout::withoutTimeouts()
{
    QFETCH(StartMethod, method);
    Pool pool(::options(method, 2));
    const Queue<qint64> stopped;
    const auto result = pool.applyAsync(&stopInTask, stopped);
    const qint64 pid = stopped.get();
    untilStopped(pid);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(pool.apply(&squared, i), i * i);
    QVERIFY(!result.isReady());
    QCOMPARE(::kill(static_cast<pid_t>(pid), SIGCONT), 0);
    QCOMPARE(result.get(Patience), pid);
}

PROCESSION_TEST_MAIN(TestPoolTimeout)
#include "tst_pooltimeout.moc"
