// SPDX-License-Identifier: MIT
#include <procession/job/inputs/growinginputs.h>
#include <procession/job/inputs/inputtransforms.h>

#include <QtTest/QtTest>

using namespace procession;

class TestGrowingInputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreFoundByTheirIndex()
    {
        GrowingInputs inputs({});
        for (int i = 0; i < 2'000; ++i)
            inputs.append({QByteArray::number(i)});
        QCOMPARE(inputs.rowCount(), 2'000);
        for (int i = 0; i < 2'000; ++i)
            QCOMPARE(inputs.row(i), QByteArrayList{QByteArray::number(i)});
    }

    void rowsHaveTheirOwnWidth()
    {
        GrowingInputs inputs({.columns = 0});
        inputs.append({"a", "b"});
        inputs.append({"c"});
        inputs.append({});
        QCOMPARE(inputs.row(0), (QByteArrayList{"a", "b"}));
        QCOMPARE(inputs.row(1), QByteArrayList{"c"});
        QCOMPARE(inputs.row(2), QByteArrayList());
    }

    void memoryIsOfWhatIsKept()
    {
        GrowingInputs inputs({});
        constexpr int Rows = 100'000;
        for (int i = 0; i < Rows; ++i) {
            inputs.append({"row"});
            if (i != 10 && i >= 100)
                inputs.release(i - 100 == 10 ? i : i - 100);
        }
        QVERIFY2(inputs.keptCount() < 2'000, QByteArray::number(inputs.keptCount()).constData());
        QCOMPARE(inputs.rowCount(), Rows);
        QCOMPARE(inputs.row(Rows - 1), QByteArrayList{"row"});
    }

    void partsMakeTheWhole()
    {
        GrowingInputs inputs({.columns = 0, .columnNames = {"x"}});
        inputs.append({"a"});
        inputs.append({"b", "c"});
        inputs.append({"d"});
        const std::vector<InputTable> parts{InputTable::deserialize(inputs.rows(0, 1).serialize()), inputs.rows(1, 2)};
        const InputTable all = joined(inputs.emptyTable(), parts);
        QCOMPARE(all.rowCount(), 3);
        QCOMPARE(all.row(0).first(), QByteArray("a"));
        QCOMPARE(all.row(1), (QByteArrayList{"b", "c"}));
        QCOMPARE(all.row(2).first(), QByteArray("d"));
        QCOMPARE(all.columnNames().first(), QByteArray("x"));
    }

    void groupsStayGroups()
    {
        GrowingInputs inputs({.inputsPerRow = 2, .columnNames = {"x"}});
        QCOMPARE(inputs.columnNames(), (QByteArrayList{"x", "x"}));
        inputs.append({"a", "b"});
        inputs.append({"c"});
        const InputTable all = joined(inputs.emptyTable(), {inputs.rows(0, 1), inputs.rows(1, 1)});
        QVERIFY(all.isGrouped());
        QCOMPARE(all.row(0), (QByteArrayList{"a", "b"}));
        QCOMPARE(all.row(1), QByteArrayList{"c"});
    }
};

QTEST_GUILESS_MAIN(TestGrowingInputs)
#include "tst_growinginputs.moc"
