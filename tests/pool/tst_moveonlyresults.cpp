// SPDX-License-Identifier: MIT
#include "pooltest.h"
#include "sanitizers.h"

#include <procession/pool/gatheredresults.h>

#include <QtCore/QFile>

#include <memory>
#include <numeric>
#include <ranges>

using namespace procession;

namespace {

using Number = std::unique_ptr<int>;
using Numbers = std::vector<Number>;
struct Both
{
    Number number;
    Numbers numbers;
};

int same(int x) { return x; }
Number numberOf(int x) { return std::make_unique<int>(x); }
Numbers numbersOf(int x)
{
    Numbers numbers;
    numbers.push_back(numberOf(x));
    numbers.push_back(nullptr);
    return numbers;
}
Both bothOf(int x) { return {numberOf(x), numbersOf(x + 1)}; }
int valueOf(const Number &number) { return *number; }
int valueOfTaken(Number number) { return *number; }
int sumOf(const Number &number, const Numbers &numbers) { return *number + *numbers.at(0); }
Number failing(int x)
{
    if (x == 2)
        throw std::out_of_range("two");
    return numberOf(x);
}
/// It finds its number already there in the queue that it comes back with.
Queue<int> queueOf(int x)
{
    Queue<int> queue;
    queue.put(x);
    return queue;
}
QString textOf(int x) { return QString::number(x); }

Numbers listOf(int count)
{
    Numbers numbers;
    for (int i = 0; i < count; ++i)
        numbers.push_back(numberOf(i));
    return numbers;
}

template <typename List>
std::vector<int> valuesOf(const List &list)
{
    std::vector<int> values;
    for (const Number &number : list)
        values.push_back(*number);
    return values;
}

/// Of this process, in kilobytes.
qint64 memory(const QByteArray &key)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(key))
            return line.mid(key.size() + 1).trimmed().split(' ').first().toLongLong();
    }
    return -1;
}

} // namespace

// Results and arguments that can be moved and not copied, and what a map() needs to gather results.
class TestMoveOnlyResults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void results_data() { addStartMethods(); }
    void results()
    {
        QFETCH(StartMethod, method);
        Pool pool(options(method));
        const std::vector<int> inputs{1, 2, 3, 4, 5};
        QCOMPARE(*pool.apply(&numberOf, 7), 7);
        QCOMPARE(**pool.apply(&numbersOf, 7).begin(), 7);
        QCOMPARE(*pool.applyAsync(&numberOf, 7).get(), 7);
        QCOMPARE(*pool.applyAsync(&numbersOf, 7).get().at(0), 7);
        QCOMPARE(*pool.applyAsync(&bothOf, 7).take().numbers.at(0), 8);
        QCOMPARE(valuesOf(pool.map(&numberOf, inputs)), inputs);
        QCOMPARE(valuesOf(pool.map(&numberOf, inputs, 2)), inputs);
        QCOMPARE(valuesOf(pool.mapAsync(&numberOf, inputs).get()), inputs);
        QCOMPARE(valuesOf(pool.mapAsync(&numberOf, inputs).take()), inputs);
        const auto kept = pool.mapAsync(&numberOf, inputs);
        QCOMPARE(valuesOf(kept.get()), inputs);
        QCOMPARE(valuesOf(kept.get()), inputs);
        QCOMPARE(*pool.map(&numbersOf, inputs).at(4).at(0), 5);
        QCOMPARE(*pool.map(&bothOf, inputs).at(4).number, 5);
        QCOMPARE(valuesOf(pool.starmap(&numberOf, std::vector<std::tuple<int>>{{1}, {2}})), (std::vector{1, 2}));
        std::vector<int> streamed;
        for (const Number &number : pool.imap(&numberOf, inputs))
            streamed.push_back(*number);
        QCOMPARE(streamed, inputs);
        streamed.clear();
        for (const Numbers &numbers : pool.imapUnordered(&numbersOf, inputs))
            streamed.push_back(*numbers.at(0));
        std::ranges::sort(streamed);
        QCOMPARE(streamed, inputs);
        QVERIFY_THROWS_EXCEPTION(std::out_of_range, pool.map(&failing, inputs));
        QCOMPARE(pool.map(&queueOf, inputs).at(3).get(), 4);
        QCOMPARE(pool.map(&textOf, inputs).at(3), QStringLiteral("4"));
    }

    void callbacks_data() { addStartMethods(); }
    void callbacks()
    {
        QFETCH(StartMethod, method);
        Pool pool(options(method));
        std::vector<int> seen;
        pool.mapAsync(&numberOf, std::vector{1, 2}).onResult([&seen](const Numbers &numbers) { seen = valuesOf(numbers); });
        pool.close();
        QVERIFY(pool.join());
        QCOMPARE(seen, (std::vector{1, 2}));
    }

    void arguments_data() { addStartMethods(); }
    void arguments()
    {
        QFETCH(StartMethod, method);
        Pool pool(options(method));
        QCOMPARE(pool.apply(&valueOf, numberOf(5)), 5);
        QCOMPARE(pool.apply(&valueOfTaken, numberOf(5)), 5);
        QCOMPARE(pool.apply(&sumOf, numberOf(5), numbersOf(6)), 11);
        QCOMPARE(pool.mapAsync(&valueOf, listOf(4)).get(), (std::vector{0, 1, 2, 3}));
        QCOMPARE(pool.mapAsync(&valueOfTaken, listOf(4)).get(), (std::vector{0, 1, 2, 3}));
        std::vector<Numbers> lists;
        lists.push_back(numbersOf(1));
        lists.push_back(numbersOf(2));
        QCOMPARE(pool.mapAsync(&sumOf, listOf(2), std::move(lists)).get(), (std::vector{1, 3}));
        // A range that stays the caller's is not emptied.
        const Numbers kept = listOf(3);
        if (method == StartMethod::Thread)
            QVERIFY_THROWS_EXCEPTION(NotTransferable, pool.map(&valueOf, kept));
        else
            QCOMPARE(pool.map(&valueOf, kept), (std::vector{0, 1, 2}));
        QCOMPARE(valuesOf(kept), (std::vector{0, 1, 2}));
    }

    void futures_data() { addStartMethods(); }
    void futures()
    {
        QFETCH(StartMethod, method);
        Pool pool(options(method));
        auto numbers = pool.mapAsync(&same, std::views::iota(0, 100));
        auto texts = pool.mapAsync(&textOf, std::views::iota(0, 100));
        const auto early = texts.future();
        texts.wait();
        numbers.wait();
        QCOMPARE(numbers.future().results().at(42), 42);
        QCOMPARE(texts.future().results().at(42), QStringLiteral("42"));
        QTRY_VERIFY(early.isFinished());
        QCOMPARE(early.resultAt(99), QStringLiteral("99"));
    }

    void gathersInAnyOrder()
    {
        std::vector<int> order(100);
        std::iota(order.begin(), order.end(), 0);
        for (int round = 0; round < 20; ++round) {
            GatheredResults<int> numbers(100);
            GatheredResults<Number> pointers(100);
            GatheredResults<bool> flags(100);
            int added = 0;
            for (const int index : order) {
                numbers.add(static_cast<quint64>(index), index + 0);
                pointers.add(static_cast<quint64>(index), numberOf(index));
                flags.add(static_cast<quint64>(index), index % 3 == 0);
                ++added;
                int seen = 0;
                const auto look = [&](const auto &, quint64) { ++seen; };
                numbers.forEach(look);
                QCOMPARE(seen, added);
                pointers.forEach(look);
                QCOMPARE(seen, 2 * added);
            }
            const auto taken = numbers.take();
            QCOMPARE(valuesOf(pointers.take()), taken);
            QVERIFY(flags.take().at(99));
            for (int i = 0; i < 100; ++i)
                QCOMPARE(taken.at(static_cast<std::size_t>(i)), i);
            std::next_permutation(
                order.begin(), order.end(), [round](int a, int b) { return (a * 7 + round) % 101 < (b * 7 + round) % 101; });
        }
    }

    // 76 MiB for 20 million numbers of four bytes; here a quarter of it. What the queues keep in shared memory is not counted: it depends on
    // how busy the machine is. benchmarks/compare counts it.
    void memoryOfAMap_data() { addStartMethods(false); }
    void memoryOfAMap()
    {
        SKIP_UNDER_SANITIZERS("the memory of the checks is counted too");
        QFETCH(StartMethod, method);
        constexpr int Count = 5'000'000;
        constexpr qint64 Own = Count * qint64(sizeof(int)) / 1024; // KiB
        Pool pool(options(method));
        pool.map(&same, std::views::iota(0, 100'000)); // buffers are as large as they get
        const qint64 before = memory("RssAnon");
        const auto result = pool.mapAsync(&same, std::views::iota(0, Count));
        QCOMPARE(result.get().back(), Count - 1);
        QCOMPARE(result.get().capacity(), static_cast<std::size_t>(Count));
        const qint64 more = memory("RssAnon") - before;
        QVERIFY2(more < Own * 11 / 10, qPrintable(QStringLiteral("%1 KiB more, the list has %2").arg(more).arg(Own)));
    }
};

PROCESSION_TEST_MAIN(TestMoveOnlyResults)
#include "tst_moveonlyresults.moc"
