// SPDX-License-Identifier: MIT
// What CPython's _TestPool checks of imap() and imap_unordered().
#include "poolfunctions.h"
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/pool/pool.h>

#include <QtTest/QtTest>

#include <algorithm>

using namespace mp;

namespace {

template <typename Results>
std::vector<int> all(Results results)
{
    std::vector<int> taken;
    for (const int result : results)
        taken.push_back(result);
    return taken;
}

std::vector<int> sorted(std::vector<int> numbers)
{
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

/// All results that come before `Error`, which is the last.
template <typename Error, typename Results>
std::vector<int> before(Results results)
{
    std::vector<int> taken;
    try {
        while (const auto result = results.next(LongTime))
            taken.push_back(*result);
    } catch (const Error &) {
        if (results.next(LongTime).has_value())
            throw std::runtime_error("there are results after the range has thrown");
        return taken;
    }
    throw std::runtime_error("the range has thrown nothing");
}

} // namespace

class PoolStreamConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void imap();
    void imapOfThrowingRange();
    void imapUnordered();
    void imapUnorderedOfThrowingRange();
};

void PoolStreamConformance::imap()
{
    Pool pool(4);
    QCOMPARE(all(pool.imap(&squared, firstNumbers(10))), firstSquares(10));
    for (const auto &[count, chunkSize] : {std::pair(10, 1), std::pair(1000, 100)}) {
        auto results = pool.imap(&squared, firstNumbers(count), chunkSize);
        for (int i = 0; i < count; ++i)
            QCOMPARE(results.next(LongTime), squared(i));
        QVERIFY(!results.next(LongTime).has_value());
        QVERIFY(!results.next().has_value());
    }
}

void PoolStreamConformance::imapOfThrowingRange()
{
    Pool pool(4);
    for (int i = 0; i < 2; ++i)
        QVERIFY_THROWS_EXCEPTION(SayWhenError, pool.imap(&squared, ThrowingRange(1, 0), 1).next(LongTime));
    QCOMPARE(before<SayWhenError>(pool.imap(&squared, ThrowingRange(10, 3), 1)), firstSquares(3));
    for (const int chunkSize : {2, 4})
        QCOMPARE(before<SayWhenError>(pool.imap(&squared, ThrowingRange(20, 7), chunkSize)), firstSquares(7));
}

void PoolStreamConformance::imapUnordered()
{
    Pool pool(4);
    QCOMPARE(sorted(all(pool.imapUnordered(&squared, firstNumbers(10)))), firstSquares(10));
    QCOMPARE(sorted(all(pool.imapUnordered(&squared, firstNumbers(1000), 100))), firstSquares(1000));
}

void PoolStreamConformance::imapUnorderedOfThrowingRange()
{
    Pool pool(4);
    for (int i = 0; i < 2; ++i)
        QVERIFY_THROWS_EXCEPTION(SayWhenError, pool.imapUnordered(&squared, ThrowingRange(1, 0), 1).next(LongTime));
    QCOMPARE(sorted(before<SayWhenError>(pool.imapUnordered(&squared, ThrowingRange(10, 3), 1))), firstSquares(3));
    QCOMPARE(sorted(before<SayWhenError>(pool.imapUnordered(&squared, ThrowingRange(20, 7), 2))), firstSquares(7));
}

PROCESSION_TEST_MAIN(PoolStreamConformance)
#include "tst_poolstreamconformance.moc"
