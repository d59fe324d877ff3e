// SPDX-License-Identifier: MIT
// Options come before the function in every call of a pool, and every call has chunks.
#include "pooltest.h"

#include <set>

using namespace procession;

namespace {

qint64 pidFor(int) { return workerPid(); }
qint64 pidForTwo(int, int) { return workerPid(); }
qint64 pidForThree(int, const QString &, double) { return workerPid(); }

const std::vector<int> Six{1, 2, 3, 4, 5, 6};
const std::vector<std::pair<int, int>> Pairs(6);
const std::vector<QString> Texts(6);
const std::vector<double> Reals(7);

/// Of a pool whose workers make one task each: as many processes as there were chunks.
template <typename Range>
std::size_t chunksOf(Range &&pids)
{
    std::set<qint64> different;
    std::size_t count = 0;
    for (const qint64 pid : pids) {
        different.insert(pid);
        ++count;
    }
    return count == Six.size() ? different.size() : 0;
}

} // namespace

class TestCallOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chunks_data() { addStartMethods(false); }
    void chunks();
    void inAllForms_data() { addStartMethods(); }
    void inAllForms();
    void ofTheWrongSize();
};

void TestCallOptions::chunks()
{
    QFETCH(const StartMethod, method);
    PoolOptions options = ::options(method, 1);
    options.maxTasksPerChild = 1;
    Pool pool(options);
    const TaskOptions three{.chunkSize = 3};
    QCOMPARE(chunksOf(pool.map(three, &pidFor, Six)), std::size_t(2));
    QCOMPARE(chunksOf(pool.map({.chunkSize = 2}, &pidFor, Six)), std::size_t(3));
    QCOMPARE(chunksOf(pool.map(&pidFor, Six, 3)), std::size_t(2));
    QCOMPARE(chunksOf(pool.map({.chunkSize = 3}, &pidForTwo, Six, Six)), std::size_t(2));
    QCOMPARE(chunksOf(pool.map({.chunkSize = 6}, &pidForThree, Six, Texts, Reals)), std::size_t(1));
    QCOMPARE(chunksOf(pool.mapAsync(three, &pidFor, Six).get()), std::size_t(2));
    QCOMPARE(chunksOf(pool.mapAsync(&pidFor, Six, 3).get()), std::size_t(2));
    QCOMPARE(chunksOf(pool.mapAsync({.chunkSize = 3}, &pidForTwo, Six, Six).get()), std::size_t(2));
    QCOMPARE(chunksOf(pool.starmap({.chunkSize = 3}, &pidForTwo, Pairs)), std::size_t(2));
    QCOMPARE(chunksOf(pool.starmap(&pidForTwo, Pairs, 3)), std::size_t(2));
    QCOMPARE(chunksOf(pool.starmapAsync({.chunkSize = 3}, &pidForTwo, Pairs).get()), std::size_t(2));
    QCOMPARE(chunksOf(pool.starmapAsync(&pidForTwo, Pairs, 3).get()), std::size_t(2));
    QCOMPARE(chunksOf(pool.imap({.chunkSize = 3}, &pidFor, Six)), std::size_t(2));
    QCOMPARE(chunksOf(pool.imap(&pidFor, Six, 3)), std::size_t(2));
    QCOMPARE(chunksOf(pool.imapUnordered(three, &pidFor, Six)), std::size_t(2));
    QCOMPARE(chunksOf(pool.imapUnordered(&pidFor, Six, 3)), std::size_t(2));
}

void TestCallOptions::inAllForms()
{
    QFETCH(const StartMethod, method);
    Pool pool(options(method));
    QCOMPARE(pool.apply({.priority = 1}, &squared, 3), 9);
    QCOMPARE(pool.applyAsync({.timeout = std::chrono::hours(1)}, &squared, 3).get(), 9);
    const std::vector<int> squares{1, 4, 9, 16, 25, 36};
    const TaskOptions options{.retry = RetryPolicy{.retries = 1}};
    QCOMPARE(pool.map(options, &squared, Six), squares);
    QCOMPARE(pool.map({}, &squared, std::views::iota(1, 7)), squares);
    QCOMPARE(pool.mapAsync(options, &squared, Six).get(), squares);
    const auto product = [](int a, int b) { return a * b; };
    QCOMPARE(pool.map(options, product, Six, Six), squares);
    QCOMPARE(pool.starmap(options, product, std::vector<std::pair<int, int>>{{1, 2}}), std::vector{2});
    std::vector<int> results;
    for (const int result : pool.imap(options, &squared, Six))
        results.push_back(result);
    QCOMPARE(results, squares);
    pool.map(
        options, [](int) {}, Six); // nothing to return
}

void TestCallOptions::ofTheWrongSize()
{
    Pool pool(options(StartMethod::Thread));
    const TaskOptions wrong{.chunkSize = -1};
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.map(wrong, &squared, Six));
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.map(wrong, &pidForTwo, Six, Six));
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.starmapAsync(&pidForTwo, Pairs, -1));
    QVERIFY_THROWS_EXCEPTION(PoolError, pool.imapUnordered(wrong, &squared, Six));
}

PROCESSION_TEST_MAIN(TestCallOptions)
#include "tst_calloptions.moc"
