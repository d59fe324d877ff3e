// SPDX-License-Identifier: MIT
// What CPython's _TestPoolWorkerErrors, _TestPoolWorkerLifetime, TestPoolNotLeakOnFailure and TestInitializers check.
#include "poolfunctions.h"
#include "sanitizers.h"
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/ipc/codec/functioncodec.h>
#include <procession/pool/pool.h>
#include <procession/shared/sharedvalue.h>

#include <QtTest/QtTest>

#include <atomic>
#include <mutex>
#include <semaphore>
#include <set>

using namespace mp;

namespace {

void throwOutOfRange() { throw std::out_of_range("key"); }

Stubborn stubborn() { return {true}; }

/// Nothing can write it.
struct Unsendable
{
    std::shared_ptr<int> number;
};

Unsendable unsendable() { return {std::make_shared<int>(42)}; }

void increment(const Value<int> &number)
{
    const std::scoped_lock guard(number.lock());
    number.setValue(number.value() + 1);
}

/// Can be copied so many times, in all.
struct Rare
{
    Rare() = default;
    Rare(const Rare &) { count(); }
    Rare &operator=(const Rare &) = default;

    static void count()
    {
        if (left-- == 0)
            throw std::runtime_error("there are no more of it");
    }
    static inline std::atomic<int> left = 0; ///< the pool's thread copies too
};

void takeRare(const Rare &) { }

std::set<quint32> numbersOf(const Pool &pool)
{
    std::set<quint32> numbers;
    for (const PoolWorkerInfo &worker : pool.workers())
        numbers.insert(worker.number);
    return numbers;
}

bool areReady(const Pool &pool, std::size_t count)
{
    const std::vector<PoolWorkerInfo> workers = pool.workers();
    return workers.size() == count
        && std::all_of(workers.begin(), workers.end(), [](const PoolWorkerInfo &worker) { return worker.isReady; });
}

void usePool()
{
    Pool pool(4);
    if (pool.map(&squared, firstNumbers(8)) != firstSquares(8))
        throw std::runtime_error("these are not the squares");
    pool.close();
    pool.join();
}

void leaveStaticPool()
{
    static Pool pool(1);
    pool.map(&squared, firstNumbers(10));
}

void leavePoolThatIsNeverDestroyed()
{
    auto *pool = new Pool(1);
    pool->map(&squared, firstNumbers(10));
}

} // namespace

template <>
struct procession::Codec<Rare>
{
    static void encode(Encoder &, const Rare &) { Rare::count(); }
    static Rare decode(Decoder &) { return {}; }
};

class PoolWorkerConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void errorCallback();
    void resultThatRefusesToBeSent();
    void resultThatCannotBeSent();
    void lifetime();
    void lifetimeAndEarlyClose();
    void invalidOptions();
    void endsWithItsProcess_data();
    void endsWithItsProcess();
    void leavesNothingWhenItCannotStart();
    void initializer();
    void poolInProcess();
};

void PoolWorkerConformance::errorCallback()
{
    Pool pool(2);
    std::exception_ptr thrown;
    const auto result = pool.applyAsync(&throwOutOfRange);
    result.onError([&](const std::exception_ptr &error) { thrown = error; });
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, result.get(LongTime));
    pool.close();
    QVERIFY(pool.join(LongTime)); // after the last callback
    QVERIFY(thrown != nullptr);
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, std::rethrow_exception(thrown));
}

void PoolWorkerConformance::resultThatRefusesToBeSent()
{
    SKIP_THREAD("nothing is sent by a thread");
    Pool pool(2);
    const std::set<quint32> before = numbersOf(pool);
    for (int i = 0; i < 20; ++i) {
        std::counting_semaphore<> called(0);
        std::exception_ptr thrown;
        const auto result = pool.applyAsync(&stubborn);
        result.onError([&](const std::exception_ptr &error) {
            thrown = error;
            called.release();
        });
        QVERIFY_THROWS_EXCEPTION(EncodeError, result.get(LongTime));
        called.acquire();
        QVERIFY_THROWS_EXCEPTION(EncodeError, std::rethrow_exception(thrown));
    }
    QCOMPARE(numbersOf(pool), before);
}

void PoolWorkerConformance::resultThatCannotBeSent()
{
    Pool pool(2);
    if (isThread())
        QCOMPARE(*pool.apply(&unsendable).number, 42);
    else
        QVERIFY_THROWS_EXCEPTION(NotTransferable, pool.applyAsync(&unsendable));
}

void PoolWorkerConformance::lifetime()
{
    Pool pool({.processes = 3, .maxTasksPerChild = 10});
    const std::set<quint32> before = numbersOf(pool);
    QCOMPARE(before.size(), 3U);
    std::vector<AsyncResult<int>> results;
    for (int i = 0; i < 100; ++i)
        results.push_back(pool.applyAsync(&squared, i));
    for (int i = 0; i < 100; ++i)
        QCOMPARE(results[static_cast<std::size_t>(i)].get(LongTime), squared(i));
    QTRY_VERIFY_WITH_TIMEOUT(areReady(pool, 3), static_cast<int>(std::chrono::milliseconds(LongTime).count()));
    QVERIFY(numbersOf(pool) != before);
    QVERIFY(*numbersOf(pool).rbegin() >= 10); // 9 at least have ended their ten tasks
    for (const PoolWorkerInfo &worker : pool.workers())
        QVERIFY(worker.pid > 0);
    pool.close();
    QVERIFY(pool.join(LongTime));
}

void PoolWorkerConformance::lifetimeAndEarlyClose()
{
    Pool pool({.processes = 3, .maxTasksPerChild = 1});
    const Event event;
    std::vector<AsyncResult<int>> results;
    for (int i = 0; i < 6; ++i)
        results.push_back(pool.applyAsync(&squaredAfter, event, i));
    pool.close();
    event.set();
    QVERIFY(pool.join(LongTime));
    for (int i = 0; i < 6; ++i)
        QCOMPARE(results[static_cast<std::size_t>(i)].get(), squared(i));
}

void PoolWorkerConformance::invalidOptions()
{
    QVERIFY_THROWS_EXCEPTION(PoolError, Pool({.maxTasksPerChild = -1}));
    QVERIFY_THROWS_EXCEPTION(PoolError, Pool({.taskTimeout = std::chrono::milliseconds(-1)}));
    QVERIFY_THROWS_EXCEPTION(PoolError, Pool({.retry = {.retries = -1}}));
    QVERIFY_THROWS_EXCEPTION(PoolError, Pool({.retry = {.delay = std::chrono::milliseconds(-1)}}));
    QVERIFY_THROWS_EXCEPTION(PoolError, Pool({.lookAhead = -1}));
    Pool pool(1);
    TaskOptions options;
    options.timeout = std::chrono::milliseconds(-1);
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.apply(options, &squared, 1));
    options = {};
    options.retry = RetryPolicy{.retries = -1};
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.map(options, &squared, firstNumbers(3)));
}

void PoolWorkerConformance::endsWithItsProcess_data()
{
    QTest::addColumn<bool>("isDestroyed");
    QTest::newRow("static") << true;
    QTest::newRow("never destroyed") << false;
}

void PoolWorkerConformance::endsWithItsProcess()
{
    SKIP_THREAD("it would be this process that ends");
    if (isFork())
        SKIP_THREADS_OF_COPIES();
    QFETCH(bool, isDestroyed);
    Process process(isDestroyed ? &leaveStaticPool : &leavePoolThatIsNeverDestroyed);
    process.start();
    QVERIFY(process.join(LongTime));
    QCOMPARE(process.exitCode(), 0);
}

/// Fails in each place where it can.
void PoolWorkerConformance::leavesNothingWhenItCannotStart()
{
    constexpr int Most = 1000;
    int failures = 0;
    for (bool hasStarted = false; !hasStarted && failures < Most;) {
        const LeakProbe probe;
        Rare::left = Most;
        const PoolInitializer initializer(&takeRare, Rare());
        Rare::left = failures;
        try {
            Pool pool({.processes = 5, .initializer = initializer});
            hasStarted = true;
            Rare::left = Most;
        } catch (const std::exception &) {
            ++failures;
        }
        Rare::left = Most;
        QCOMPARE(probe.leaks(), QByteArray());
    }
    QVERIFY2(failures >= 5 && failures < Most, qPrintable(QString::number(failures)));
}

void PoolWorkerConformance::initializer()
{
    static_assert(!std::is_constructible_v<PoolInitializer, int>);
    const Value<int> calls(0);
    Pool pool({.processes = 1, .initializer = {&increment, calls}});
    pool.close();
    QVERIFY(pool.join(LongTime));
    QCOMPARE(calls.value(), 1);
}

void PoolWorkerConformance::poolInProcess()
{
    if (isFork())
        SKIP_THREADS_OF_COPIES();
    Process process(&usePool);
    process.start();
    QVERIFY(process.join(LongTime));
    QCOMPARE(process.exitCode(), 0);
}

PROCESSION_TEST_MAIN(PoolWorkerConformance)
#include "tst_poolworkerconformance.moc"
