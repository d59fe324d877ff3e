// SPDX-License-Identifier: MIT
#include "arenaprobe.h"
#include "leakprobe.h"
#include "pooltest.h"
#include "sanitizers.h"

#include <csignal>
#include <thread>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

int dieAt7(int signal, int x)
{
    if (x == 7)
        ::raise(signal);
    return x;
}

void leave(int code) { ::_exit(code); }

void dieAndTell(const Queue<int> &attempts)
{
    attempts.put(1);
    ::raise(SIGKILL);
}

/// Does its work only when it has been killed twice before.
int workAtLast(const Queue<int> &attempts)
{
    attempts.put(1);
    if (attempts.size() < 3)
        ::raise(SIGKILL);
    return attempts.size();
}

int throwTwice(const Queue<int> &attempts)
{
    attempts.put(1);
    if (attempts.size() < 3)
        throw std::runtime_error("attempt " + std::to_string(attempts.size()));
    return attempts.size();
}

void failToInitialize(const Queue<int> &attempts)
{
    attempts.put(1);
    throw std::runtime_error("no licence");
}

void throwNumber() { throw 7; }

void dieInitializing(const Queue<int> &attempts)
{
    attempts.put(1);
    ::raise(SIGSEGV);
}

void waitForEver(const Queue<int> &begun)
{
    begun.put(1);
    for (;;)
        ::pause();
}

} // namespace

class TestPoolDeath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWorkerDiesInATask_data() { addStartMethods(false); }
    void aWorkerDiesInATask();
    void aWorkerLeavesInATask_data() { addStartMethods(false); }
    void aWorkerLeavesInATask();
    void idleWorkersAreReplaced_data() { addStartMethods(false); }
    void idleWorkersAreReplaced();
    void poisonIsGivenUp_data() { addStartMethods(false); }
    void poisonIsGivenUp();
    void lostTasksAreTriedAgain_data() { addStartMethods(false); }
    void lostTasksAreTriedAgain();
    void exceptionsAreTriedAgain_data() { addStartMethods(); }
    void exceptionsAreTriedAgain();
    void anInitializerThatThrows_data() { addStartMethods(); }
    void anInitializerThatThrows();
    void anInitializerThatThrowsNoException();
    void anInitializerThatDies_data() { addStartMethods(false); }
    void anInitializerThatDies();
    void terminateInTheMiddle_data() { addStartMethods(false); }
    void terminateInTheMiddle();
    void aPoolThatCannotBegin();
    void aCopyOfAPool();
    void nothingIsLeft_data() { addStartMethods(); }
    void nothingIsLeft();
};

void TestPoolDeath::aWorkerDiesInATask()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    for (const int signal : {SIGKILL, SIGSEGV}) {
        std::vector<AsyncResult<int>> results;
        for (int i = 0; i < 20; ++i)
            results.push_back(pool.applyAsync(&dieAt7, signal, i));
        for (int i = 0; i < 20; ++i) {
            const AsyncResult<int> &result = results[static_cast<std::size_t>(i)];
            if (i != 7) {
                QCOMPARE(result.get(Patience), i);
                continue;
            }
            try {
                result.get(Patience);
                QFAIL("nothing was thrown");
            } catch (const WorkerLost &lost) {
                QVERIFY2(lost.task().contains(u"dieAt7"), qPrintable(lost.task()));
                QCOMPARE(lost.status().kind, ExitStatus::Kind::Signaled);
                QCOMPARE(lost.status().exitCode(), -signal);
                QVERIFY(lost.pid() > 0);
                VERIFY_CONTAINS(std::string(lost.what()), "dieAt7");
            }
        }
    }
    QCOMPARE(pool.map(&squared, std::views::iota(0, 4)), (std::vector<int>{0, 1, 4, 9}));
    QCOMPARE(pool.workers().size(), 2U);
}

void TestPoolDeath::aWorkerLeavesInATask()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    for (const int code : {0, 3}) {
        try {
            pool.apply(&leave, code);
            QFAIL("nothing was thrown");
        } catch (const WorkerLost &lost) {
            QCOMPARE(lost.status().exitCode(), code);
        }
        QCOMPARE(pool.apply(&squared, 3), 9);
    }
}

void TestPoolDeath::idleWorkersAreReplaced()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    for (int i = 0; i < 5; ++i) {
        const qint64 pid = pool.apply(&workerPid);
        QCOMPARE(::kill(static_cast<pid_t>(pid), SIGKILL), 0);
        const auto next = pool.applyAsync(&workerPid); // it may be claimed by the one that is dying, then it is lost
        next.wait(Patience);
        QVERIFY(next.isReady());
        if (next.isSuccessful())
            QVERIFY(next.get() != pid);
    }
}

void TestPoolDeath::poisonIsGivenUp()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Queue<int> attempts;
    const TaskOptions twice{.retry = RetryPolicy{.retries = 2}};
    const auto poison = pool.applyAsync(twice, &dieAndTell, attempts);
    QVERIFY(poison.wait(Patience));
    QVERIFY_THROWS_EXCEPTION(WorkerLost, poison.get());
    QCOMPARE(attempts.size(), 3);
    QVERIFY_THROWS_EXCEPTION(WorkerLost, pool.apply(&dieAndTell, attempts));
    QCOMPARE(attempts.size(), 4);
    QCOMPARE(pool.apply(&squared, 3), 9);
}

void TestPoolDeath::lostTasksAreTriedAgain()
{
    QFETCH(StartMethod, method);
    PoolOptions often = options(method);
    often.retry = {.retries = 5, .delay = 40ms};
    Pool pool(often);
    const Queue<int> attempts;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(pool.applyAsync(&workAtLast, attempts).get(Patience), 3);
    QVERIFY2(timer.elapsed() >= 40 + 80, qPrintable(QString::number(timer.elapsed())));
}

void TestPoolDeath::exceptionsAreTriedAgain()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    Queue<int> attempts;
    QVERIFY_THROWS_EXCEPTION(
        std::runtime_error, pool.apply(TaskOptions{.retry = RetryPolicy{.retries = 5}}, &throwTwice, attempts));
    QCOMPARE(attempts.size(), 1); // it was not lost
    const TaskOptions again{.retry = RetryPolicy{.retries = 1, .afterExceptions = true}};
    QCOMPARE(pool.applyAsync(again, &throwTwice, attempts).get(Patience), 3);
    const Queue<int> more;
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, pool.apply(again, &throwTwice, more));
    QCOMPARE(more.size(), 2);
}

void TestPoolDeath::anInitializerThatThrows()
{
    QFETCH(StartMethod, method);
    const Queue<int> attempts;
    PoolOptions failing = options(method);
    failing.initializer = {&failToInitialize, attempts};
    Pool pool(failing);
    const std::string error = errorOf([&] { pool.applyAsync(&squared, 1).get(Patience); });
    VERIFY_CONTAINS(error, "no licence");
    VERIFY_CONTAINS(error, "given up");
    QVERIFY2(attempts.size() < 20, qPrintable(QString::number(attempts.size())));
    VERIFY_CONTAINS(errorOf([&] { pool.apply(&squared, 1); }), "no licence");
    QVERIFY(pool.join(Patience));
}

void TestPoolDeath::anInitializerThatThrowsNoException()
{
    PoolOptions failing = options(StartMethod::Fork);
    failing.initializer = {&throwNumber};
    Pool pool(failing);
    VERIFY_CONTAINS(errorOf([&] { pool.applyAsync(&squared, 1).get(Patience); }), "initializer");
}

void TestPoolDeath::anInitializerThatDies()
{
    QFETCH(StartMethod, method);
    const Queue<int> attempts;
    PoolOptions failing = options(method);
    failing.initializer = {&dieInitializing, attempts};
    Pool pool(failing);
    VERIFY_CONTAINS(errorOf([&] { pool.applyAsync(&squared, 1).get(Patience); }), "do not come to life");
    QVERIFY2(attempts.size() < 20, qPrintable(QString::number(attempts.size())));
}

void TestPoolDeath::terminateInTheMiddle()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    const Queue<int> begun;
    std::vector<AsyncResult<void>> results;
    for (int i = 0; i < 5; ++i)
        results.push_back(pool.applyAsync(&waitForEver, begun));
    begun.get();
    begun.get();
    pool.terminate();
    for (const auto &result : results)
        VERIFY_CONTAINS(errorOf([&] { result.get(Patience); }), "terminated");
    VERIFY_CONTAINS(errorOf([&] { pool.apply(&squared, 1); }), "terminated");
    QVERIFY(pool.join(Patience));
    QVERIFY(pool.workers().empty());
    pool.terminate();
    QVERIFY(begun.isEmpty()); // none of the others was begun
}

void TestPoolDeath::aPoolThatCannotBegin()
{
    Pool(options(StartMethod::Spawn)).apply(&squared, 1);
    const LeakProbe probe;
    PoolOptions failing = options(StartMethod::Spawn, 3);
    int made = 0;
    const auto maker = [&made](int) { ++made; }; // with a capture that cannot travel
    failing.initializer = {maker, 1};
    QVERIFY_THROWS_EXCEPTION(NotTransferable, Pool{failing});
    QCOMPARE(probe.leaks(), QByteArray());
    QTRY_COMPARE(made, 0);
}

void TestPoolDeath::aCopyOfAPool()
{
    const Queue<QString> told;
    auto pool = std::make_unique<Pool>(options(StartMethod::Fork));
    std::optional<AsyncResult<int>> result = pool->applyAsync(&squared, 3);
    QCOMPARE(result->get(), 9);
    for (int i = 0; i < 20; ++i) { // the pool's thread is somewhere else each time
        Process copy = context(StartMethod::Fork).process([&pool, &result, told] {
            told.put(QString::fromStdString(errorOf([&] { pool->apply(&squared, 1); })));
            told.put(QString::fromStdString(errorOf([&] { pool->workers(); })));
            told.put(QString::fromStdString(errorOf([&] { static_cast<void>(result->isReady()); })));
            told.put(QString::fromStdString(errorOf([&] { pool->terminate(); })));
            result.reset();
            pool.reset();
        });
        copy.start();
        QVERIFY(copy.join(Patience));
        QCOMPARE(copy.exitCode(), 0);
        for (int k = 0; k < 4; ++k)
            QVERIFY(told.get().contains(u"belongs to another process"));
    }
    QCOMPARE(pool->apply(&squared, 4), 16);
    QCOMPARE(pool->workers().size(), 2U);
}

void TestPoolDeath::nothingIsLeft()
{
    QFETCH(StartMethod, method);
    Pool(options(method)).apply(&squared, 1); // what is made once is there from here on
    const LeakProbe probe;
    const ArenaProbe arena;
    for (int i = 0; i < 3; ++i) {
        Pool pool(options(method));
        pool.map(&squared, std::views::iota(0, 100));
        if (method != StartMethod::Thread) {
            QVERIFY_THROWS_EXCEPTION(WorkerLost, pool.apply(&leave, 1));
            if (i == 1)
                pool.terminate();
        }
        if (i == 2) {
            pool.close();
            QVERIFY(pool.join(Patience));
        }
    }
    QCOMPARE(probe.leaks(), QByteArray());
    QCOMPARE(arena.growth(), QByteArray());
}

PROCESSION_TEST_MAIN(TestPoolDeath)
#include "tst_pooldeath.moc"
