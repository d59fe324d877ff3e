// SPDX-License-Identifier: MIT
// The other ways to make a pool: on threads, and of a context.
#include "processtest.h"
#include "sanitizers.h"

#include <procession/dummy.h>
#include <procession/platform/system/scheduling.h>
#include <procession/platform/system/systemload.h>
#include <procession/pool/threadpool.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

qint64 workerPid() { return currentProcess().pid(); }

int sumByThreads(int count)
{
    ThreadPool pool(2);
    int sum = 0;
    for (const int square : pool.map([](int x) { return x * x; }, std::views::iota(0, count)))
        sum += square;
    return sum;
}

} // namespace

class tst_ThreadPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAnyFunctionAndResult();
    void isOnThreadsWhateverTheContext();
    void dummyPool();
    void tellsTasksThatItIsTerminated();
    void noReportIsSleptThrough();
    void inAWorker_data() { addStartMethods(); }
    void inAWorker();
    void poolOfContext_data() { addStartMethods(); }
    void poolOfContext();
};

void tst_ThreadPool::takesAnyFunctionAndResult()
{
    ThreadPool pool(3);
    QCOMPARE(pool.workers().size(), 3U);
    std::atomic<int> sum = 0;
    pool.map([&sum](int x) { sum += x; }, std::views::iota(0, 100));
    QCOMPARE(sum.load(), 4950);
    const std::unique_ptr<int> moved = pool.apply([](int x) { return std::make_unique<int>(x); }, 7);
    QCOMPARE(*moved, 7);
    const QObject *same = pool.apply([](const QObject *object) { return object; }, this);
    QCOMPARE(same, this);
}

void tst_ThreadPool::isOnThreadsWhateverTheContext()
{
    ThreadPool pool({.processes = 2, .context = context(StartMethod::Spawn), .name = QStringLiteral("mine")});
    QCOMPARE(pool.name(), QStringLiteral("mine"));
    QCOMPARE(pool.apply(&workerPid), QCoreApplication::applicationPid());
}

void tst_ThreadPool::dummyPool()
{
    dummy::Pool pool(2);
    QCOMPARE(pool.apply(&workerPid), QCoreApplication::applicationPid());
    dummy::Pool asManyAsSuit;
    QCOMPARE(asManyAsSuit.workers().size(), static_cast<std::size_t>(usableCpuCount()));
}

void tst_ThreadPool::tellsTasksThatItIsTerminated()
{
    ThreadPool pool(1);
    std::atomic<bool> hasBegun = false;
    const auto result = pool.applyAsync([&hasBegun] {
        while (!isTaskCancelled())
            hasBegun = true;
    });
    QTRY_VERIFY(hasBegun);
    pool.terminate();
    QVERIFY(pool.join(std::chrono::seconds(20)));
    QVERIFY_THROWS_EXCEPTION(PoolError, result.get());
}

/// The pool's thread, which is to make way for one that waits for a result, may be woken for that result instead.
void tst_ThreadPool::noReportIsSleptThrough()
{
    constexpr int Rounds = 2000;
    constexpr int Most = 2; // on a machine that has other things to do
    constexpr std::chrono::milliseconds LookAround{950}; // nearly as long as sleepers sleep that nobody wakes
    int slept = 0;
    std::thread caller([&slept, LookAround, Most, Rounds] {
        bindToCpu(usableCpus().first()); // so that who is woken first does not run at once
        for (int i = 0; i < Rounds && slept <= Most; ++i) {
            ThreadPool pool(1);
            const auto begin = std::chrono::steady_clock::now();
            pool.apply([](int x) { return x; }, i);
            slept += std::chrono::steady_clock::now() - begin > LookAround ? 1 : 0;
        }
    });
    caller.join();
    QVERIFY2(slept <= Most, qPrintable(QString::number(slept)));
}

/// Workers are daemons, which may not have child processes; threads of their own they may have.
void tst_ThreadPool::inAWorker()
{
    QFETCH(StartMethod, method);
    if (method == StartMethod::Fork)
        SKIP_THREADS_OF_COPIES();
    Pool pool = context(method).pool(1);
    QCOMPARE(pool.apply(&sumByThreads, 4), 0 + 1 + 4 + 9);
}

void tst_ThreadPool::poolOfContext()
{
    QFETCH(StartMethod, method);
    const Context context(method);
    Pool pool = context.pool(2);
    QCOMPARE(pool.workers().size(), 2U);
    QCOMPARE(pool.apply(&workerPid) == QCoreApplication::applicationPid(), method == StartMethod::Thread);

    const StartMethod other = method == StartMethod::Thread ? StartMethod::Fork : StartMethod::Thread;
    Pool named = context.pool({.processes = 1, .context = Context(other), .name = QStringLiteral("mine")});
    QCOMPARE(named.name(), QStringLiteral("mine"));
    QCOMPARE(named.apply(&workerPid) == QCoreApplication::applicationPid(), method == StartMethod::Thread);
}

PROCESSION_TEST_MAIN(tst_ThreadPool)
#include "tst_threadpool.moc"
