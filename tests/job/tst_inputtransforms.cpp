// SPDX-License-Identifier: MIT
#include "problem.h"

#include <procession/job/inputs/inputtransforms.h>

#include <QtTest/QTest>

#include <algorithm>

using namespace procession;

namespace {

QList<QByteArrayList> rowsOf(const InputTable &table)
{
    QList<QByteArrayList> rows;
    for (qsizetype i = 0; i < table.rowCount(); ++i)
        rows += table.row(i);
    return rows;
}

QList<QByteArrayList> sorted(QList<QByteArrayList> rows)
{
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace

class TestInputTransforms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linksRowByRow()
    {
        InputList wide(2);
        wide.append({"x", "y"});
        wide.append({QByteArray("\0\xff", 2), ""});
        wide.setColumnNames({"p", "q"});
        const InputList linked = linkedInputs({InputList({"a", "b", "c"}), wide});
        QCOMPARE(linked.columnNames(), (QByteArrayList{"", "p", "q"}));
        QCOMPARE(rowsOf(InputTable({linked})), (QList<QByteArrayList>{{"a", "x", "y"}, {"b", QByteArray("\0\xff", 2), ""}}));
        QVERIFY(linkedInputs({InputList({"a"}), InputList({"b"})}).columnNames().isEmpty());
    }

    void theShortestSourceCounts()
    {
        QCOMPARE(linkedInputs({InputList({"a", "b"}), InputList(3)}).rowCount(), 0);
        QCOMPARE(linkedInputs({InputList(1), InputList({"a", "b"})}).rowCount(), 0);
    }

    void refusesTooManyLinkedColumns()
    {
        const InputList wide(InputList::MaxColumns);
        QCOMPARE(problemOf([&] { linkedInputs({wide, InputList({"a"})}); }), QByteArray("input.too-wide"));
    }

    void shufflesEveryRowOnce()
    {
        QByteArrayList numbers;
        for (int i = 0; i < 100; ++i)
            numbers += QByteArray::number(i);
        InputList named({"x", "y"});
        named.setColumnNames({"letter"});
        const InputTable table({InputList(numbers), named});
        const InputTable shuffled({shuffledInputs(table, 1)});
        QVERIFY(rowsOf(shuffled) != rowsOf(table));
        QCOMPARE(sorted(rowsOf(shuffled)), sorted(rowsOf(table)));
        QCOMPARE(shuffled.columnNames(), table.columnNames());
    }

    void theSeedSaysTheOrder()
    {
        const InputTable table({InputList({"a", "b", "c", "d", "e", "f", "g", "h"})});
        QCOMPARE(rowsOf(InputTable({shuffledInputs(table, 7)})), rowsOf(InputTable({shuffledInputs(table, 7)})));
        QVERIFY(rowsOf(InputTable({shuffledInputs(table, 7)})) != rowsOf(InputTable({shuffledInputs(table, 8)})));
    }

    void everyOrderIsAsLikely()
    {
        const InputTable table({InputList({"a", "b", "c"})});
        QHash<QByteArray, int> seen;
        for (quint64 seed = 0; seed < 6000; ++seed) {
            const InputTable shuffled({shuffledInputs(table, seed)});
            ++seen[shuffled.row(0).first() + shuffled.row(1).first() + shuffled.row(2).first()];
        }
        QCOMPARE(seen.size(), 6);
        for (const int count : std::as_const(seen))
            QVERIFY2(count > 850 && count < 1150, QByteArray::number(count).constData()); // five standard deviations
    }

    void nothingToShuffle()
    {
        QCOMPARE(shuffledInputs(InputTable({InputList(2)}), 1).rowCount(), 0);
        QCOMPARE(shuffledInputs(InputTable({InputList({"a"})}), 1).cell(0, 0), QByteArray("a"));
    }
};

QTEST_GUILESS_MAIN(TestInputTransforms)
#include "tst_inputtransforms.moc"
