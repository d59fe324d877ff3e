// SPDX-License-Identifier: MIT
// What CPython's _TestPool checks of calls and their results.
#include "poolfunctions.h"
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/ipc/exceptions/remoteerror.h>
#include <procession/platform/system/systemload.h>
#include <procession/pool/pool.h>
#include <procession/shared/data/valueerror.h>
#include <procession/sync/semaphore.h>

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <atomic>
#include <semaphore>

using namespace mp;
using namespace std::chrono_literals;

namespace {

int numberOf(const QString &text) { return std::stoi(text.toStdString()); }

/// Never ends by itself; as a thread, when it is asked to.
void waitForEver(int)
{
    const Event never;
    while (!isTaskCancelled())
        never.wait(10ms);
}

void throwNumber() { throw std::runtime_error("123"); }

/// The second of two comes later.
void throwMuch(const Event &first, const Semaphore &ended, int number)
{
    if (number == 0)
        first.set();
    else
        first.wait();
    ended.release();
    throw std::invalid_argument(std::string(1 << 20, static_cast<char>('a' + number)));
}

/// Counts itself.
struct Counted
{
    Counted() { ++alive; }
    Counted(const Counted &) { ++alive; }
    Counted(Counted &&) noexcept { ++alive; }
    Counted &operator=(const Counted &) = default;
    Counted &operator=(Counted &&) noexcept = default;
    ~Counted() { --alive; }

    static inline std::atomic<int> alive{0};
};

Counted same(const Counted &object) { return object; }

int countedHere() { return Counted::alive; }

} // namespace

template <>
struct procession::Codec<Counted>
{
    static void encode(Encoder &, const Counted &) { }
    static Counted decode(Decoder &) { return {}; }
};

class PoolConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void apply();
    void map();
    void starmap();
    void starmapAsync();
    void mapAsync();
    void mapAsyncCallbacks();
    void mapOfWhatCannotBeSent();
    void mapOfNothingInChunks();
    void mapOfThrowingRange();
    void resultThatIsLate();
    void resultThatIsTooLate();
    void makePool();
    void terminate();
    void emptyRanges();
    void scope();
    void remoteTrace();
    void exceptionAsItIs();
    void allCallsEndThoughOneThrows();
    void releasesWhatTasksHad();
};

void PoolConformance::apply()
{
    Pool pool(4);
    QCOMPARE(pool.apply(&squared, 5), 25);
    QCOMPARE(pool.apply([](int x) { return squared(x); }, 3), 9);
}

void PoolConformance::map()
{
    Pool pool(4);
    QCOMPARE(pool.map(&squared, firstNumbers(10)), firstSquares(10));
    QCOMPARE(pool.map(&squared, firstNumbers(100), 20), firstSquares(100));
}

namespace {

std::vector<std::pair<int, int>> pairs(int count)
{
    std::vector<std::pair<int, int>> all;
    for (int i = 0; i < count; ++i)
        all.emplace_back(i, count - 1 - i);
    return all;
}

std::vector<int> products(int count)
{
    std::vector<int> all;
    for (const auto &[x, y] : pairs(count))
        all.push_back(x * y);
    return all;
}

} // namespace

void PoolConformance::starmap()
{
    Pool pool(4);
    QCOMPARE(pool.starmap(&product, pairs(10)), products(10));
    QCOMPARE(pool.starmap(&product, pairs(100), 20), products(100));
}

void PoolConformance::starmapAsync()
{
    Pool pool(4);
    QCOMPARE(pool.starmapAsync(&product, pairs(100)).get(), products(100));
}

void PoolConformance::mapAsync()
{
    Pool pool(4);
    QCOMPARE(pool.mapAsync(&squared, firstNumbers(10)).get(), firstSquares(10));
}

void PoolConformance::mapAsyncCallbacks()
{
    Pool pool(4);
    std::counting_semaphore<> called(0);
    std::vector<std::vector<int>> results;
    std::vector<std::exception_ptr> errors;
    const auto call = [&](const QString &text) {
        pool.mapAsync(&numberOf, QStringList{text})
            .onResult([&](const std::vector<int> &result) {
                results.push_back(result);
                called.release();
            })
            .onError([&](const std::exception_ptr &error) {
                errors.push_back(error);
                called.release();
            })
            .wait(QDeadlineTimer(LongTime));
        return called.try_acquire_for(LongTime);
    };
    QVERIFY(call(QStringLiteral("1")));
    QCOMPARE(results, (std::vector<std::vector<int>>{{1}}));
    QVERIFY(errors.empty());

    QVERIFY(call(QStringLiteral("a")));
    QCOMPARE(results.size(), 1U);
    QCOMPARE(errors.size(), 1U);
    QVERIFY_THROWS_EXCEPTION(std::invalid_argument, std::rethrow_exception(errors.front()));
}

void PoolConformance::mapOfWhatCannotBeSent()
{
    SKIP_THREAD("nothing is sent to a thread");
    Pool pool(4);
    QVERIFY_THROWS_EXCEPTION(EncodeError, pool.map(&isStubborn, std::vector<Stubborn>(10, {true})));
    QCOMPARE(pool.map(&isStubborn, std::vector<Stubborn>(2)), (std::vector<bool>{false, false}));
}

void PoolConformance::mapOfNothingInChunks()
{
    Pool pool(4);
    QVERIFY(pool.mapAsync(&squared, std::vector<int>(), 1).get(LongTime).empty());
}

void PoolConformance::mapOfThrowingRange()
{
    Pool pool(4);
    for (int i = 0; i < 2; ++i)
        QVERIFY_THROWS_EXCEPTION(SayWhenError, pool.map(&squared, ThrowingRange(1, 0), 1));
    QVERIFY_THROWS_EXCEPTION(SayWhenError, pool.map(&squared, ThrowingRange(10, 3), 1));
    const auto throwing = std::views::iota(0, 1) | std::views::transform([](int) -> int { throw SayWhenError("of known size"); });
    for (int i = 0; i < 2; ++i)
        QVERIFY_THROWS_EXCEPTION(SayWhenError, pool.map(&squared, throwing, 1));
    QCOMPARE(pool.map(&squared, firstNumbers(10)), firstSquares(10));
}

void PoolConformance::resultThatIsLate()
{
    Pool pool(4);
    const Event event;
    const auto result = pool.applyAsync(&squaredAfter, event, 7);
    QVERIFY(!result.isReady());
    QVERIFY_THROWS_EXCEPTION(ValueError, result.isSuccessful());
    event.set();
    QCOMPARE(result.get(LongTime), 49);
    QVERIFY(result.isReady() && result.isSuccessful());
}

void PoolConformance::resultThatIsTooLate()
{
    Pool pool(3);
    const Event event;
    const auto result = pool.applyAsync(&squaredAfter, event, 6);
    QElapsedTimer timer;
    timer.start();
    QVERIFY_THROWS_EXCEPTION(TimeoutError, result.get(100ms));
    QVERIFY2(timer.elapsed() >= 99, qPrintable(QString::number(timer.elapsed())));
    QVERIFY_THROWS_EXCEPTION(TimeoutError, result.get(0ms));
    event.set();
    QCOMPARE(result.get(LongTime), 36);
}

void PoolConformance::makePool()
{
    QVERIFY_THROWS_EXCEPTION(PoolError, Pool(-1));
    Pool pool(3);
    QCOMPARE(pool.workers().size(), 3U);
    Pool asManyAsSuit;
    QCOMPARE(asManyAsSuit.workers().size(), static_cast<std::size_t>(usableCpuCount()));
    for (Pool *each : {&pool, &asManyAsSuit}) {
        each->close();
        QVERIFY(each->join(LongTime));
        QVERIFY(each->workers().empty());
    }
}

void PoolConformance::terminate()
{
    Pool pool(3);
    const auto result = pool.mapAsync(&waitForEver, firstNumbers(10'000), 1);
    pool.terminate();
    QVERIFY(pool.join(LongTime));
    QVERIFY_THROWS_EXCEPTION(PoolError, result.get());
}

void PoolConformance::emptyRanges()
{
    Pool pool(1);
    const std::vector<int> none;
    QVERIFY(pool.map(&squared, none).empty());
    QVERIFY(!pool.imap(&squared, none).next().has_value());
    QVERIFY(!pool.imapUnordered(&squared, none).next().has_value());
    QVERIFY(pool.mapAsync(&squared, none).get(LongTime).empty());
    pool.close();
    QVERIFY(pool.join(LongTime));
}

void PoolConformance::scope()
{
    std::optional<AsyncResult<int>> unfinished;
    {
        Pool pool(2);
        QCOMPARE(pool.mapAsync(&squared, firstNumbers(10)).get(LongTime), firstSquares(10));
        if (!isThread())
            unfinished = pool.applyAsync(&squaredAfter, Event(), 1);
    }
    if (unfinished)
        QVERIFY_THROWS_EXCEPTION(PoolError, unfinished->get());

    Pool pool(1);
    pool.terminate();
    QVERIFY(pool.join(LongTime));
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.mapAsync(&squared, firstNumbers(10)));
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.imap(&squared, firstNumbers(10)));
}

void PoolConformance::remoteTrace()
{
    Pool pool(1);
    const QByteArray worker = pool.workers().front().name.toUtf8();
    try {
        pool.apply(&throwNumber);
        QFAIL("nothing was thrown");
    } catch (const std::runtime_error &error) {
        QCOMPARE(error.what(), "123");
        const RemoteTrace *trace = remoteTraceOf(error);
        QCOMPARE(trace != nullptr, !isThread());
        if (trace) {
            QCOMPARE(trace->processName(), worker);
            QVERIFY2(trace->text().contains("runtime_error"), trace->text().constData());
            QVERIFY2(trace->text().contains("123"), trace->text().constData());
        }
    }
    try {
        pool.map(&squared, ThrowingRange(1, 0), 1);
        QFAIL("nothing was thrown");
    } catch (const SayWhenError &error) {
        QVERIFY(!remoteTraceOf(error));
    }
}

void PoolConformance::exceptionAsItIs()
{
    Pool pool(1);
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, pool.apply(&throwNumber));
    try { // what is not registered comes from a thread only
        pool.apply([] { throw SayWhenError("now"); });
    } catch (const SayWhenError &) {
        QVERIFY(isThread());
    } catch (const RemoteError &error) {
        QVERIFY(!isThread());
        QCOMPARE(error.message(), std::string("now"));
    }
}

void PoolConformance::allCallsEndThoughOneThrows()
{
    const Semaphore ended(0);
    Pool pool(2);
    const auto result = pool.mapAsync(bind(&throwMuch, Event(), ended), std::vector<int>{0, 1}, 1);
    pool.close();
    QVERIFY(pool.join(LongTime));
    QCOMPARE(ended.value(), 2);
    try {
        result.get();
        QFAIL("nothing was thrown");
    } catch (const std::invalid_argument &error) { // the first in the order of the arguments
        QCOMPARE(std::string(error.what()), std::string(1 << 20, 'a'));
    }
}

void PoolConformance::releasesWhatTasksHad()
{
    Pool pool(1);
    {
        const std::vector<Counted> objects(10);
        QCOMPARE(pool.map(&same, objects).size(), objects.size());
    }
    QTRY_COMPARE(Counted::alive.load(), 0);
    QCOMPARE(pool.apply(&countedHere), 0);
}

PROCESSION_TEST_MAIN(PoolConformance)
#include "tst_poolconformance.moc"
