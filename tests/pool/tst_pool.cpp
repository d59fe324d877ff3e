// SPDX-License-Identifier: MIT
#include "pooltest.h"

#include <procession/ipc/pipe.h>
#include <procession/sync/lock.h>

#include <numeric>

using namespace procession;
using namespace std::chrono_literals;

namespace {

int product(int a, int b) { return a * b; }

QString joined(const QString &a, int b, const QString &c) { return a + QString::number(b) + c; }

void nothing(int) { }

int throwOutOfRange(int x)
{
    if (x % 5 == 3)
        throw std::out_of_range("item " + std::to_string(x));
    return x;
}

Connection answered(const Connection &connection, const Lock &lock, int number)
{
    lock.acquire();
    auto [ours, theirs] = pipe();
    ours.send(number);
    connection.send(number);
    lock.release();
    return theirs;
}

Lock named(int number)
{
    const Lock lock;
    lock.setName(QString::number(number));
    return lock;
}

Context contextOf(StartMethod method) { return Context(method); }

/// The first numbers, and how many were read.
struct CountedRange
{
    int *read;
    int size;

    struct Iterator
    {
        using difference_type = std::ptrdiff_t;
        using value_type = int;

        const CountedRange *range = nullptr;
        int at = 0;

        int operator*() const
        {
            *range->read = at + 1;
            return at;
        }
        Iterator &operator++()
        {
            ++at;
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return at == range->size; }
    };
    Iterator begin() const { return {this, 0}; }
    std::default_sentinel_t end() const { return {}; }
};

} // namespace

class tst_Pool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void apply_data() { addStartMethods(); }
    void apply();
    void applyAsync_data() { addStartMethods(); }
    void applyAsync();
    void map_data() { addStartMethods(); }
    void map();
    void mapTakesAnyRange();
    void chunks();
    void handles_data() { addStartMethods(); }
    void handles();
    void starmap_data() { addStartMethods(); }
    void starmap();
    void imap_data() { addStartMethods(); }
    void imap();
    void imapReadsLazily();
    void exceptions_data() { addStartMethods(); }
    void exceptions();
    void severalProcesses_data() { addStartMethods(false); }
    void severalProcesses();
    void closeAndJoin_data() { addStartMethods(); }
    void closeAndJoin();
};

void tst_Pool::apply()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 2, .context = contextOf(method)});
    QCOMPARE(pool.apply(&squared, 5), 25);
    QCOMPARE(pool.apply(&joined, "a", 1, "b"), QStringLiteral("a1b"));
    pool.apply(&nothing, 3);
    QCOMPARE(pool.apply([](double x) { return x / 2; }, 5.0), 2.5);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(pool.apply(&squared, i), i * i);
}

void tst_Pool::applyAsync()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 2, .context = contextOf(method)});
    std::vector<AsyncResult<int>> results;
    for (int i = 0; i < 100; ++i)
        results.push_back(pool.applyAsync(&squared, i));
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(results[static_cast<std::size_t>(i)].get(10s), i * i);
        QVERIFY(results[static_cast<std::size_t>(i)].isReady());
        QVERIFY(results[static_cast<std::size_t>(i)].isSuccessful());
    }
    const AsyncResult<void> none = pool.applyAsync(&nothing, 1);
    none.get();
}

void tst_Pool::map()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 3, .context = contextOf(method)});
    QCOMPARE(pool.map(&squared, std::vector<int>()), std::vector<int>());
    std::vector<int> numbers(40'000);
    std::iota(numbers.begin(), numbers.end(), -20'000);
    std::vector<int> expected;
    for (const int number : numbers)
        expected.push_back(squared(number));
    QCOMPARE(pool.map(&squared, numbers), expected);
    QCOMPARE(pool.mapAsync(&squared, numbers).get(), expected);
    pool.map(&nothing, numbers);
    QVERIFY(pool.mapAsync(&nothing, numbers).wait());
}

void tst_Pool::mapTakesAnyRange()
{
    Pool pool({.processes = 2, .context = context(StartMethod::Fork)});
    const std::vector<int> expected{0, 1, 4, 9};
    QCOMPARE(pool.map(&squared, QList<int>{0, 1, 2, 3}), expected);
    QCOMPARE(pool.map(&squared, std::list<int>{0, 1, 2, 3}), expected);
    QCOMPARE(pool.map(&squared, std::views::iota(0, 4)), expected);
    QCOMPARE(pool.map(&squared, std::views::iota(0) | std::views::take(4)), expected);
    const std::array<int, 4> array{0, 1, 2, 3};
    QCOMPARE(pool.map(&squared, array), expected);
    QCOMPARE(pool.map(&product, array, std::views::iota(0) | std::views::take(10)), expected);
    const std::vector<const char *> names{"a", "bc"};
    QCOMPARE(pool.map([](const QString &name) { return static_cast<int>(name.size()); }, names), (std::vector<int>{1, 2}));
}

void tst_Pool::chunks()
{
    Pool pool({.processes = 2, .context = context(StartMethod::Fork)});
    std::vector<int> expected;
    for (int i = 0; i < 100; ++i)
        expected.push_back(squared(i));
    for (const int size : {1, 7, 100, 1000})
        QCOMPARE(pool.map(&squared, std::views::iota(0, 100), size), expected);
    VERIFY_CONTAINS(errorOf([&] { pool.map(&squared, expected, -1); }), "chunk");
}

void tst_Pool::handles()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 2, .context = contextOf(method)});
    for (int i = 0; i < 50; ++i) {
        auto [ours, theirs] = pipe();
        const AsyncResult<Connection> result = pool.applyAsync(&answered, theirs, Lock(), i);
        QCOMPARE(result.get(10s).recv<int>(), i);
        QCOMPARE(ours.recv<int>(), i);
    }
    const std::vector<Lock> locks = pool.map(&named, std::vector<int>{1, 2, 3, 4, 5});
    for (int i = 0; i < 5; ++i)
        QCOMPARE(locks[static_cast<std::size_t>(i)].name(), QString::number(i + 1));
}

void tst_Pool::starmap()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 2, .context = contextOf(method)});
    const std::vector<std::pair<int, int>> pairs{{1, 2}, {3, 4}};
    QCOMPARE(pool.starmap(&product, pairs), (std::vector<int>{2, 12}));
    const QList<std::tuple<QString, int, QString>> triples{{QStringLiteral("a"), 1, QStringLiteral("b")}};
    QCOMPARE(pool.starmapAsync(&joined, triples).get(), (std::vector<QString>{QStringLiteral("a1b")}));
}

void tst_Pool::imap()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 2, .context = contextOf(method)});
    for (const int chunkSize : {1, 100}) {
        int i = 0;
        for (const int result : pool.imap(&squared, std::views::iota(0, 1000), chunkSize)) {
            QCOMPARE(result, i * i);
            ++i;
        }
        QCOMPARE(i, 1000);
        std::set<int> all;
        auto results = pool.imapUnordered(&squared, std::views::iota(0, 1000), chunkSize);
        while (const auto result = results.next(10s))
            all.insert(*result);
        QCOMPARE(all.size(), 1000U);
        QVERIFY(!results.next().has_value());
    }
}

void tst_Pool::imapReadsLazily()
{
    Pool pool({.processes = 2, .context = context(StartMethod::Fork), .lookAhead = 10});
    int read = 0;
    auto results = pool.imap(&squared, CountedRange{&read, 1'000'000});
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(results.next(), i * i);
        QVERIFY2(read <= i + 12, qPrintable(QString::number(read)));
    }
}

void tst_Pool::exceptions()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 2, .context = contextOf(method)});
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, pool.apply(&throwOutOfRange, 3));
    try {
        pool.map(&throwOutOfRange, std::views::iota(0, 100));
        QFAIL("nothing was thrown");
    } catch (const std::out_of_range &error) {
        QCOMPARE(error.what(), "item 3");
    }
    auto results = pool.imap(&throwOutOfRange, std::views::iota(0, 20));
    for (int i = 0; i < 20; ++i) {
        if (i % 5 == 3)
            QVERIFY_THROWS_EXCEPTION(std::out_of_range, results.next());
        else
            QCOMPARE(results.next(), i);
    }
    const auto failed = pool.applyAsync(&throwOutOfRange, 8);
    failed.wait();
    QVERIFY(!failed.isSuccessful());
}

void tst_Pool::severalProcesses()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 3, .context = contextOf(method)});
    std::set<qint64> known;
    for (const PoolWorkerInfo &worker : pool.workers())
        known.insert(worker.pid);
    QCOMPARE(known.size(), 3U);
    for (int i = 0; i < 20; ++i)
        QVERIFY(known.contains(pool.apply(&workerPid)));
}

void tst_Pool::closeAndJoin()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 2, .context = contextOf(method)});
    const auto result = pool.mapAsync(&squared, std::views::iota(0, 1000));
    VERIFY_CONTAINS(errorOf([&] { pool.join(); }), "close() or terminate()");
    pool.close();
    VERIFY_CONTAINS(errorOf([&] { pool.apply(&squared, 1); }), "closed");
    QVERIFY(pool.join());
    QCOMPARE(result.get().size(), 1000U);
    QVERIFY(pool.workers().empty());
}

PROCESSION_TEST_MAIN(tst_Pool)
#include "tst_pool.moc"
