// SPDX-License-Identifier: MIT
#include "problem.h"

#include <procession/job/inputs/inputtable.h>

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using procession::InputList;
using procession::InputTable;

namespace {

InputList pairs()
{
    InputList list(2);
    list.append({"a", "1"});
    list.append({"", "two words"});
    list.append({QByteArray("\0\xff\n", 3), ""});
    list.setColumnNames({"name", "value"});
    return list;
}

/// Rows of 2, 1 and 3 columns.
InputList uneven() { return InputList::ofRows(InputList({"a", "b", "c", "d", "e", "f"}), {2, 1, 3}, 1); }

QList<QByteArrayList> rowsOf(const InputTable &table)
{
    QList<QByteArrayList> rows;
    for (qsizetype i = 0; i < table.rowCount(); ++i)
        rows += table.row(i);
    return rows;
}

/// Whether bytes that may be damaged give either a table, all of which can be read, or InvalidInput.
bool isHandled(const QByteArray &bytes)
{
    const QByteArray problem = problemOf([&] {
        const InputTable table = InputTable::deserialize(bytes);
        if (table.columnNames().size() != table.columnCount())
            throw std::logic_error("column names");
        for (qsizetype i = 0; i < std::min<qsizetype>(table.rowCount(), 100); ++i) {
            const qsizetype columns = table.row(i).size();
            if (table.isEven() ? columns != table.columnCount() : columns > table.columnCount() || columns == 0)
                throw std::logic_error("columns");
        }
    });
    return problem.isEmpty() || problem == "input.damaged" || problem == "input.too-many" || problem == "input.too-wide";
}

} // namespace

class TestInputTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsBytes()
    {
        const InputList list = pairs();
        QCOMPARE(list.rowCount(), 3);
        QCOMPARE(list.columnCount(), 2);
        QCOMPARE(list.cell(0, 0), QByteArray("a"));
        QCOMPARE(list.cell(1, 0), QByteArray());
        QCOMPARE(list.cell(1, 1), QByteArray("two words"));
        QCOMPARE(list.cell(2, 0), QByteArray("\0\xff\n", 3));
        QCOMPARE(list.cell(2, 1), QByteArray());
        QVERIFY(list.contains('\0'));
        QVERIFY(!list.contains('\1'));
    }

    void aRowCountsWhenItIsWhole()
    {
        InputList list(2);
        list.appendCell("a");
        QCOMPARE(list.rowCount(), 0);
        list.appendCell("b");
        QCOMPARE(list.rowCount(), 1);
    }

    void rowsKeepTheirOwnLength()
    {
        const InputList list = uneven();
        QCOMPARE(list.columnCount(), 3);
        QCOMPARE(list.rowCount(), 3);
        QVERIFY(!list.isEven());
        QCOMPARE(list.width(0), 2);
        QCOMPARE(list.width(1), 1);
        QCOMPARE(list.width(2), 3);
        QCOMPARE(list.cell(1, 0), QByteArray("c"));
        QCOMPARE(list.cell(1, 1), QByteArray());
        QCOMPARE(list.cell(2, 2), QByteArray("f"));
        QCOMPARE(InputTable({list}).row(1), QByteArrayList{"c"});
        QVERIFY(!InputTable({list}).isEven());
        QVERIFY(InputTable({pairs()}).isEven());
        QVERIFY(InputTable({pairs()}).grouped({1, 2}).isEven() == false);

        InputList grown({"a", "b"});
        grown.append({"c", "d"});
        QCOMPARE(grown.width(1), 1);
        QCOMPARE(grown.width(2), 2);
        QCOMPARE(grown.cell(2, 1), QByteArray("d"));
        QCOMPARE(grown.cell(1, 0), QByteArray("b"));
    }

    void rowsOfOwnLengthAreCombined()
    {
        const InputTable table({uneven(), InputList({"x", "y"})});
        QCOMPARE(table.columnCount(), 4);
        QCOMPARE(table.row(1), (QByteArrayList{"a", "b", "y"}));
        QCOMPARE(table.row(2), (QByteArrayList{"c", "x"}));
        QCOMPARE(table.grouped({2, 4}).row(1), (QByteArrayList{"c", "x", "c", "y", "d", "e", "f", "x", "d", "e", "f", "y"}));
        QCOMPARE(rowsOf(table.first(3)), rowsOf(table).first(3));
        const InputTable groups = table.grouped({3, 2, 1});
        QCOMPARE(rowsOf(groups.first(2)), rowsOf(groups).first(2));
    }

    void namesStayWithTheirColumns()
    {
        InputList named = uneven();
        named.setColumnNames({"p", "q"});
        const InputTable table({named, InputList({"x"})});
        QCOMPARE(table.row(1), (QByteArrayList{"c", "", "", "x"}));
        QCOMPARE(InputTable({InputList({"x"}), named}).row(1), (QByteArrayList{"x", "c"}));
    }

    void combinesWithTheLastFastest()
    {
        const InputTable table({InputList({"a", "b"}), pairs(), InputList({"x", "y"})});
        QCOMPARE(table.rowCount(), 12);
        QCOMPARE(table.columnCount(), 4);
        QCOMPARE(table.row(0), (QByteArrayList{"a", "a", "1", "x"}));
        QCOMPARE(table.row(1), (QByteArrayList{"a", "a", "1", "y"}));
        QCOMPARE(table.row(2), (QByteArrayList{"a", "", "two words", "x"}));
        QCOMPARE(table.row(11), (QByteArrayList{"b", QByteArray("\0\xff\n", 3), "", "y"}));
        QCOMPARE(table.columnNames(), (QByteArrayList{"", "name", "value", ""}));
    }

    void isEmptyWithoutRows()
    {
        QCOMPARE(InputTable().rowCount(), 0);
        QCOMPARE(InputTable(std::vector<InputList>()).rowCount(), 0);
        QCOMPARE(InputTable({InputList({"a"}), InputList(2)}).rowCount(), 0);
        QCOMPARE(InputTable({InputList({"a"}), InputList(2)}).columnCount(), 3);
    }

    void refusesTooManyCombinations()
    {
        const InputList thousand(QByteArrayList(1024, "x"));
        const InputList two({"a", "b"});
        QCOMPARE(InputTable({thousand, thousand, thousand, two}).rowCount(), qsizetype(1) << 31);
        const InputList three({"a", "b", "c"});
        QCOMPARE(problemOf([&] { InputTable({thousand, thousand, thousand, three}); }), QByteArray("input.too-many"));
        const std::vector<InputList> overflowing(20, thousand);
        QCOMPARE(problemOf([&] { InputTable{overflowing}; }), QByteArray("input.too-many"));
    }

    void refusesTooManyColumns()
    {
        const InputList wide(InputList::MaxColumns);
        QCOMPARE(InputTable({wide}).columnCount(), InputList::MaxColumns);
        QCOMPARE(problemOf([&] { InputTable({wide, InputList({"a"})}); }), QByteArray("input.too-wide"));
    }

    void groupsSeveralToARow()
    {
        const InputTable table = InputTable({InputList({"a", "b"}), pairs()}).grouped({1, 3, 2});
        QCOMPARE(table.rowCount(), 3);
        QCOMPARE(table.columnsPerInput(), 3);
        QCOMPARE(table.columnCount(), 9);
        QCOMPARE(table.row(0), (QByteArrayList{"a", "a", "1"}));
        QCOMPARE(table.row(2), (QByteArrayList{"b", "", "two words", "b", QByteArray("\0\xff\n", 3), ""}));
        QCOMPARE(table.columnNames().mid(2, 3), (QByteArrayList{"value", "", "name"}));
        QVERIFY(!InputTable({InputList({"a"})}).isGrouped());
    }

    void refusesGroupsThatAreTooWide()
    {
        const InputTable table({InputList(QByteArrayList(40000, "x")), InputList({"a", "b"})});
        QCOMPARE(table.grouped({32767, 40000 * 2 - 32767 - 32767, 32767}).columnCount(), 65534);
        QCOMPARE(problemOf([&] { table.grouped({32768, 32768, 40000 * 2 - 32768 * 2}); }), QByteArray("input.too-wide"));
    }

    void aBeginningIsATableToo()
    {
        const InputTable table({InputList({"a", "b"}), pairs()});
        QCOMPARE(rowsOf(table.first(4)), rowsOf(table).first(4));
        QCOMPARE(table.first(4).columnNames(), table.columnNames());
        QCOMPARE(table.first(0).rowCount(), 0);
        QCOMPARE(table.first(100).rowCount(), 6);
        const InputTable groups = table.grouped({2, 1, 3});
        QCOMPARE(rowsOf(groups.first(2)), rowsOf(groups).first(2));
        QCOMPARE(groups.first(2).columnNames(), table.columnNames() + table.columnNames());
    }

    void comesBackFromBytes()
    {
        const InputTable table({InputList({"a", QByteArray(300, 'b')}), pairs()});
        const InputTable back = InputTable::deserialize(table.serialize());
        QCOMPARE(rowsOf(back), rowsOf(table));
        QCOMPARE(back.columnNames(), table.columnNames());
        QCOMPARE(InputTable::deserialize(InputTable().serialize()).columnCount(), 0);
        const InputTable groups = table.grouped({1, 3, 2});
        QCOMPARE(rowsOf(InputTable::deserialize(groups.serialize())), rowsOf(groups));
        const InputTable own({uneven(), pairs()});
        QCOMPARE(rowsOf(InputTable::deserialize(own.serialize())), rowsOf(own));
    }

    void refusesEveryTruncation()
    {
        const InputTable table({InputList({"a", "bc"}), pairs()});
        for (const QByteArray &bytes :
            {table.serialize(), table.grouped({1, 3, 2}).serialize(), InputTable({uneven()}).serialize()}) {
            for (qsizetype size = 0; size < bytes.size(); ++size)
                QCOMPARE(problemOf([&] { InputTable::deserialize(bytes.left(size)); }), QByteArray("input.damaged"));
            QCOMPARE(problemOf([&] { InputTable::deserialize(bytes + 'x'); }), QByteArray("input.damaged"));
        }
        QCOMPARE(problemOf([&] { InputList::deserialize(pairs().serialize() + 'x'); }), QByteArray("input.damaged"));
        QCOMPARE(problemOf([&] { InputList::deserialize(uneven().serialize() + 'x'); }), QByteArray("input.damaged"));
    }

    void survivesDamage()
    {
        const InputTable table({InputList({"a", "bc"}), pairs(), InputList({"1", "2", "3"})});
        const QByteArray grouped = table.grouped({5, 6, 1, 6}).serialize();
        const QByteArray own = InputTable({uneven(), pairs()}).serialize();
        QRandomGenerator random(7);
        for (int round = 0; round < 20000; ++round) {
            QByteArray damaged = round % 3 == 0 ? table.serialize() : round % 3 == 1 ? grouped : own;
            for (int flips = random.bounded(1, 4); flips > 0; --flips)
                damaged[random.bounded(damaged.size())] = static_cast<char>(random.bounded(256));
            QVERIFY2(isHandled(damaged), damaged.toHex().constData());
        }
    }

    void aFalseCountCostsNoMemory()
    {
        // A list of 2^62 cells, said in a few bytes.
        const QByteArray list = QByteArray("L1\x01\x00", 4) + QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff\x3f");
        QCOMPARE(problemOf([&] { InputList::deserialize(list); }), QByteArray("input.damaged"));
        const QByteArray uneven = QByteArray("U1\x01\x00", 4) + QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff\x3f");
        QCOMPARE(problemOf([&] { InputList::deserialize(uneven); }), QByteArray("input.damaged"));
    }
};

QTEST_GUILESS_MAIN(TestInputTable)
#include "tst_inputtable.moc"
