// SPDX-License-Identifier: MIT
#include "pooltest.h"

#include <procession/pool/threadpool.h>

#include <cstdlib>
#include <map>

using namespace procession;

namespace {

constexpr int Throws = 3;
constexpr int Dies = 5;

int squaredUnlucky(int x)
{
    if (x == Throws)
        throw std::domain_error("three");
    if (x == Dies)
        std::_Exit(9);
    return x * x;
}

int squaredOrThrown(int x) { return x == Throws ? throw std::domain_error("three") : x * x; }

/// What became of each call, by its index.
template <typename Results>
std::map<quint64, QString> outcomesOf(Results results)
{
    std::map<quint64, QString> outcomes;
    for (;;) {
        QString outcome;
        try {
            const std::optional<int> result = results.next();
            if (!result)
                return outcomes;
            outcome = QString::number(*result);
        } catch (const WorkerLost &lost) {
            outcome = QStringLiteral("lost: ") + lost.task();
        } catch (const std::exception &error) {
            outcome = QString::fromUtf8(error.what());
        }
        outcomes.emplace(results.index(), outcome);
    }
}

} // namespace

class TestResultIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhichCallFailed_data() { addStartMethods(false); }
    void tellsWhichCallFailed();
    void ofThreads();
    void ofChunks_data() { addStartMethods(false); }
    void ofChunks();
    void inALoop_data() { addStartMethods(); }
    void inALoop();
};

void TestResultIndex::tellsWhichCallFailed()
{
    QFETCH(const StartMethod, method);
    Pool pool(options(method));
    const std::map<quint64, QString> expected{{0, QStringLiteral("0")}, {1, QStringLiteral("1")}, {2, QStringLiteral("4")},
        {3, QStringLiteral("three")}, {4, QStringLiteral("16")}, {5, QStringLiteral("lost: squaredUnlucky, item 6")},
        {6, QStringLiteral("36")}, {7, QStringLiteral("49")}};
    QVERIFY(outcomesOf(pool.imapUnordered(&squaredUnlucky, std::views::iota(0, 8))) == expected);
    QVERIFY(outcomesOf(pool.imap(&squaredUnlucky, std::views::iota(0, 8))) == expected);
}

void TestResultIndex::ofThreads()
{
    ThreadPool pool(2);
    const auto outcomes = outcomesOf(pool.imapUnordered(&squaredOrThrown, std::views::iota(0, 8)));
    QCOMPARE(outcomes.size(), std::size_t(8));
    QCOMPARE(outcomes.at(Throws), QStringLiteral("three"));
    QCOMPARE(outcomes.at(7), QStringLiteral("49"));
}

// Of those that were lost together each has its own index.
void TestResultIndex::ofChunks()
{
    QFETCH(const StartMethod, method);
    Pool pool(options(method));
    const auto outcomes = outcomesOf(pool.imapUnordered({.chunkSize = 2}, &squaredUnlucky, std::views::iota(0, 8)));
    QCOMPARE(outcomes.size(), std::size_t(8));
    QCOMPARE(outcomes.at(4), QStringLiteral("lost: squaredUnlucky, items 5 to 6"));
    QCOMPARE(outcomes.at(5), outcomes.at(4));
    QCOMPARE(outcomes.at(3), QStringLiteral("three"));
    QCOMPARE(outcomes.at(2), QStringLiteral("4"));
}

void TestResultIndex::inALoop()
{
    QFETCH(const StartMethod, method);
    Pool pool(options(method));
    int count = 0;
    auto results = pool.imapUnordered(&squared, std::views::iota(0, 20));
    for (const int square : results) {
        const auto index = static_cast<int>(results.index());
        QCOMPARE(square, index * index);
        ++count;
    }
    QCOMPARE(count, 20);
}

PROCESSION_TEST_MAIN(TestResultIndex)
#include "tst_resultindex.moc"
