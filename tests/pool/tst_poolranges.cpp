// SPDX-License-Identifier: MIT
// When, where and how often pools read the ranges that they are given.
#include "pooltest.h"

#include <set>
#include <thread>

using namespace procession;

namespace {

int sum(int a, int b) { return a + b; }

} // namespace

class tst_PoolRanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void computedElementsAreReadByTheCaller();
    void computedElementsMayUseThePool();
    void elementsAreReadOnce();
    void mapAsyncKeepsItsRange();
    void imapOfSeveralIterators();
};

void tst_PoolRanges::computedElementsAreReadByTheCaller()
{
    Pool pool({.processes = 2, .context = context(StartMethod::Fork)});
    std::set<std::thread::id> readers;
    const auto noting = std::views::iota(0, 1000) | std::views::transform([&readers](int x) {
        readers.insert(std::this_thread::get_id());
        return x;
    });
    const std::set<std::thread::id> here{std::this_thread::get_id()};
    QCOMPARE(pool.map(&squared, noting).size(), 1000U);
    QVERIFY(readers == here);
    const auto result = pool.mapAsync(&squared, noting);
    QVERIFY(result.wait(std::chrono::seconds(20)));
    QVERIFY(readers == here);
    QCOMPARE(pool.map(&sum, noting, noting).size(), 1000U);
    QVERIFY(readers == here);
    auto results = pool.imap(&squared, noting);
    while (results.next()) { }
    QVERIFY(readers == here);
}

void tst_PoolRanges::computedElementsMayUseThePool()
{
    Pool pool({.processes = 2, .context = context(StartMethod::Fork)});
    const auto nested = std::views::iota(0, 10) | std::views::transform([&pool](int x) { return pool.apply(&squared, x); });
    const std::vector<int> expected{0, 1, 16, 81, 256, 625, 1296, 2401, 4096, 6561};
    QCOMPARE(pool.map(&squared, nested), expected);
    QCOMPARE(pool.mapAsync(&squared, nested).get(), expected);
    std::vector<int> streamed;
    for (const int result : pool.imap(&squared, nested))
        streamed.push_back(result);
    QCOMPARE(streamed, expected);
}

void tst_PoolRanges::elementsAreReadOnce()
{
    Pool pool({.processes = 2, .context = context(StartMethod::Fork)});
    int reads = 0;
    const auto counting = std::views::iota(0, 100) | std::views::transform([&reads](int x) { return ++reads, x; });
    pool.map(&squared, counting);
    QCOMPARE(reads, 100);
    for ([[maybe_unused]] const int result : pool.imap(&squared, counting, 7)) { }
    QCOMPARE(reads, 200);
}

void tst_PoolRanges::mapAsyncKeepsItsRange()
{
    Pool pool({.processes = 1, .context = context(StartMethod::Fork)});
    pool.pause();
    std::vector<int> numbers{1, 2, 3};
    const auto result = pool.mapAsync(&squared, numbers);
    numbers = {7, 8, 9};
    pool.resume();
    QCOMPARE(result.get(), (std::vector<int>{1, 4, 9}));
}

/// Each goes on where it stands, whichever variable has it.
void tst_PoolRanges::imapOfSeveralIterators()
{
    Pool pool({.processes = 2, .context = context(StartMethod::Fork), .lookAhead = 4});
    auto first = pool.imap(&squared, std::views::iota(0, 10));
    auto second = pool.imap(&squared, std::views::iota(100, 120));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(first.next(), squared(i));
    QCOMPARE(second.next(), squared(100));
    std::swap(first, second);
    first = std::move(second);
    for (int i = 5; i < 10; ++i)
        QCOMPARE(first.next(), squared(i));
    QVERIFY(!first.next().has_value());
}

PROCESSION_TEST_MAIN(tst_PoolRanges)
#include "tst_poolranges.moc"
