// SPDX-License-Identifier: MIT
#include "problem.h"

#include <procession/job/inputs/inputreader.h>

#include <QtCore/QBuffer>
#include <QtCore/QTemporaryFile>
#include <QtTest/QTest>

using namespace procession;

namespace {

QList<QByteArrayList> rowsOf(const InputList &list)
{
    QList<QByteArrayList> rows;
    for (qsizetype row = 0; row < list.rowCount(); ++row) {
        QByteArrayList cells;
        for (int column = 0; column < list.width(row); ++column)
            cells += list.cell(row, column);
        rows += cells;
    }
    return rows;
}

QByteArrayList valuesOf(const InputList &list)
{
    QByteArrayList values;
    for (qsizetype row = 0; row < list.rowCount(); ++row)
        values += list.cell(row, 0);
    return values;
}

/// A device that fails after some bytes.
class FailingDevice : public QIODevice
{
public:
    bool isSequential() const override { return true; }
    bool atEnd() const override { return false; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        if (m_given) {
            setErrorString(QStringLiteral("the cable was cut"));
            return -1;
        }
        m_given = true;
        std::fill_n(data, std::min<qint64>(size, 3), 'a');
        return std::min<qint64>(size, 3);
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    bool m_given = false;
};

} // namespace

class TestInputReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsLines_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArrayList>("rows");
        QTest::newRow("nothing") << QByteArray() << QByteArrayList();
        QTest::newRow("lines") << QByteArray("a\nb\n") << QByteArrayList{"a", "b"};
        QTest::newRow("no last newline") << QByteArray("a\nb") << QByteArrayList{"a", "b"};
        QTest::newRow("empty lines") << QByteArray("\na\n\nb\n\n") << QByteArrayList{"", "a", "", "b", ""};
        QTest::newRow("carriage returns") << QByteArray("a\r\nb\r\n") << QByteArrayList{"a\r", "b\r"};
        QTest::newRow("any bytes") << QByteArray(" \xff\xfe \t\n\0x", 8) << QByteArrayList{" \xff\xfe \t", QByteArray("\0x", 2)};
    }

    void readsLines()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArrayList, rows);
        QCOMPARE(valuesOf(readInputs(bytes)), rows);
        QBuffer buffer(&bytes);
        QVERIFY(buffer.open(QIODevice::ReadOnly));
        QCOMPARE(valuesOf(readInputs(buffer)), rows);
    }

    void readsNamesWithNewlines()
    {
        const QByteArray bytes("a\nb\0c\0\0d", 8);
        QCOMPARE(valuesOf(readInputs(bytes, {.separator = '\0'})), (QByteArrayList{"a\nb", "c", "", "d"}));
    }

    void readsFilesLargerThanABuffer()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        QByteArray bytes;
        for (int i = 0; i < 300'000; ++i)
            bytes += QByteArray::number(i) + '\n';
        QCOMPARE(file.write(bytes), bytes.size());
        QVERIFY(file.seek(0));
        const InputList list = readInputs(file);
        QCOMPARE(list.rowCount(), 300'000);
        QCOMPARE(list.cell(299'999, 0), QByteArray("299999"));
    }

    void reportsAFailingDevice()
    {
        FailingDevice device;
        QVERIFY(device.open(QIODevice::ReadOnly | QIODevice::Unbuffered));
        try {
            readInputs(device);
            QFAIL("accepted");
        } catch (const InvalidInput &invalid) {
            QCOMPARE(QByteArray(invalid.problem()), QByteArray("input.unreadable"));
            QCOMPARE(invalid.detail(), QByteArray("the cable was cut"));
        }
    }

    void splitsColumns_data()
    {
        QTest::addColumn<QByteArray>("separator");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<QByteArrayList>>("rows");
        const auto add = [](const char *name, const QByteArray &separator, const QByteArray &bytes,
                             const QList<QByteArrayList> &rows) { QTest::newRow(name) << separator << bytes << rows; };
        add("tab", "\\t", "a\tb\nc\td\n", {{"a", "b"}, {"c", "d"}});
        add("comma", ",", "a,b\nc,d", {{"a", "b"}, {"c", "d"}});
        add("of different length", ",", "a\nb,c,d\n\ne,f", {{"a"}, {"b", "c", "d"}, {""}, {"e", "f"}});
        add("empty cells", ",", ",a,,\n", {{"", "a", "", ""}});
        add("trimmed", ",", " a , b c\t\r\n", {{"a", "b c"}});
        add("expression", "\\s*[;:]\\s*", "a ; b:c\n", {{"a", "b", "c"}});
        add("one space or more", " +", "a   b c\n", {{"a", "b", "c"}});
        add("a point is any byte", ".", "ab\n", {{"", "", ""}});
        add("a quoted point", "\\.", "a.b\n", {{"a", "b"}});
        add("alternatives", "ab|c", "1ab2c3\n", {{"1", "2", "3"}});
        add("may match nothing", "x*", "axb\n", {{"a", "b"}});
        add("bytes of UTF-8", "\xc2\xa7", "a\xc2\xa7\xff\n", {{"a", "\xff"}});
        add("invalid UTF-8 survives", "\\|", "\xff\xfe|\x80\n", {{"\xff\xfe", "\x80"}});
        add("bytes by number", "[\\x80-\\xff]+", "a\xff\x80z\n", {{"a", "z"}});
    }

    void splitsColumns()
    {
        QFETCH(QByteArray, separator);
        QFETCH(QByteArray, bytes);
        QFETCH(QList<QByteArrayList>, rows);
        QCOMPARE(rowsOf(readInputs(bytes, {.columnSeparator = separator})), rows);
    }

    void keepsWhiteSpaceWhenTold()
    {
        QCOMPARE(rowsOf(readInputs(" a , b\n", {.columnSeparator = ",", .trimColumns = false})),
            (QList<QByteArrayList>{{" a ", " b"}}));
    }

    void refusesBadExpressions()
    {
        for (const char *expression : {"[a", "(", "a{2,1}", "*"})
            QCOMPARE(
                problemOf([&] { readInputs("a\n", {.columnSeparator = expression}); }), QByteArray("input.column-separator"));
    }

    void refusesTooManyColumns()
    {
        const QByteArray row(InputList::MaxColumns - 1, ',');
        QCOMPARE(readInputs(row, {.columnSeparator = ","}).columnCount(), InputList::MaxColumns);
        QCOMPARE(problemOf([&] { readInputs(row + ',', {.columnSeparator = ","}); }), QByteArray("input.too-wide"));
    }

    void takesNamesFromTheHeader()
    {
        const InputList plain = readInputs("file\na\nb\n", {.header = true});
        QCOMPARE(plain.columnNames(), QByteArrayList{"file"});
        QCOMPARE(valuesOf(plain), (QByteArrayList{"a", "b"}));

        const InputList columns = readInputs("x,y\n1,2,3\n", {.columnSeparator = ",", .header = true});
        QCOMPARE(columns.columnNames(), (QByteArrayList{"x", "y"}));
        QCOMPARE(rowsOf(columns), (QList<QByteArrayList>{{"1", "2", "3"}}));

        const InputList empty = readInputs("", {.header = true});
        QCOMPARE(empty.rowCount(), 0);
        QVERIFY(empty.columnNames().isEmpty());
        QVERIFY(readInputs("x\n").columnNames().isEmpty());
    }

    void readsLists()
    {
        QCOMPARE(valuesOf(readInputs(QByteArrayList{"a\nb", ""})), (QByteArrayList{"a\nb", ""}));
        const InputList named = readInputs(QByteArrayList{"size", "1", "2"}, {.header = true});
        QCOMPARE(named.columnNames(), QByteArrayList{"size"});
        QCOMPARE(valuesOf(named), (QByteArrayList{"1", "2"}));
        const InputList columns = readInputs(QByteArrayList{"x,y", "1,2", "3"}, {.columnSeparator = ",", .header = true});
        QCOMPARE(columns.columnNames(), (QByteArrayList{"x", "y"}));
        QCOMPARE(rowsOf(columns), (QList<QByteArrayList>{{"1", "2"}, {"3"}}));
        QCOMPARE(readInputs(QByteArrayList(), {.header = true}).rowCount(), 0);
    }

    void aHeaderMayBeTheWidestRow()
    {
        const InputList list = readInputs("x,y,z\n1\n2,3\n", {.columnSeparator = ",", .header = true});
        QCOMPARE(list.columnCount(), 3);
        QCOMPARE(rowsOf(list), (QList<QByteArrayList>{{"1"}, {"2", "3"}}));
        QCOMPARE(list.cell(0, 2), QByteArray());
    }

    void cutsValuesWhenTold()
    {
        const QByteArrayList values{"a,b", "c,", "", ","};
        QCOMPARE(valuesOf(readInputs(values, {.separator = ','})), values);
        QCOMPARE(valuesOf(readInputs(values, {.separator = ',', .separatesValues = true})),
            (QByteArrayList{"a", "b", "c", "", "", "", ""}));
        QCOMPARE(rowsOf(readInputs(QByteArrayList{"1:2,3"}, {.separator = ',', .separatesValues = true, .columnSeparator = ":"})),
            (QList<QByteArrayList>{{"1", "2"}, {"3"}}));
    }

    void readsCsvFromValues()
    {
        QCOMPARE(rowsOf(readInputs(QByteArrayList{"\"a,b\",c", "", "d", "e\nf"}, {.csv = true})),
            (QList<QByteArrayList>{{"a,b", "c"}, {""}, {"d"}, {"e"}, {"f"}}));
        QCOMPARE(rowsOf(readInputs(QByteArray("a,\"b\n\"\0c\0", 9), {.separator = '\0', .csv = true})),
            (QList<QByteArrayList>{{"a", "b\n"}, {"c"}}));
    }

    void skipsBlankRowsWhenTold()
    {
        QCOMPARE(valuesOf(readInputs("a\n\n \t\nb\n", {.skipBlank = true})), (QByteArrayList{"a", "b"}));
        QCOMPARE(valuesOf(readInputs(QByteArrayList{"", "a", " "}, {.skipBlank = true})), QByteArrayList{"a"});
        // As they are before they are cut.
        QCOMPARE(rowsOf(readInputs(",\n\n , \na\n", {.columnSeparator = ",", .skipBlank = true})),
            (QList<QByteArrayList>{{"", ""}, {"", ""}, {"a"}}));
        QCOMPARE(rowsOf(readInputs(" \na,\n  \n\t", {.csv = true, .skipBlank = true})), (QList<QByteArrayList>{{"a", ""}}));
        const InputList named = readInputs("\n\na\n", {.header = true, .skipBlank = true});
        QCOMPARE(named.columnNames(), QByteArrayList{""});
        QCOMPARE(valuesOf(named), QByteArrayList{"a"});
    }

    void readsCsv_data()
    {
        QTest::addColumn<QByteArray>("separator");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<QByteArrayList>>("rows");
        const auto add = [](const char *name, const QByteArray &separator, const QByteArray &bytes,
                             const QList<QByteArrayList> &rows) { QTest::newRow(name) << separator << bytes << rows; };
        add("plain", "", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}});
        add("no last line end", "", "a,b\nc,d", {{"a", "b"}, {"c", "d"}});
        add("quoted", "", "\"a,b\",\"c\"\"d\"\n", {{"a,b", "c\"d"}});
        add("newline in quotes", "", "\"a\r\nb\",c\n", {{"a\r\nb", "c"}});
        add("empty quoted", "", "\"\",\"\"\n", {{"", ""}});
        add("spaces stay", "", " a , b\n", {{" a ", " b"}});
        add("last cell empty", "", "a,\nb,", {{"a", ""}, {"b", ""}});
        add("of different length", "", "a\nb,c\n", {{"a"}, {"b", "c"}});
        add("empty lines are nothing", "", "\na\n\r\n\nb\n\n", {{"a"}, {"b"}});
        add("byte order mark", "", "\xef\xbb\xbf\"a\",b\n", {{"a", "b"}});
        add("semicolon", ";", "a;b,c\n", {{"a", "b,c"}});
        add("tab", "\\t", "a\tb c\n", {{"a", "b c"}});
        add("lone carriage return", "", "a\rb,c\r", {{"a\rb", "c\r"}});
        add("nothing", "", "", {});
    }

    void readsCsv()
    {
        QFETCH(QByteArray, separator);
        QFETCH(QByteArray, bytes);
        QFETCH(QList<QByteArrayList>, rows);
        QCOMPARE(rowsOf(readInputs(bytes, {.columnSeparator = separator, .csv = true})), rows);
    }

    void refusesCsv_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("not closed") << QByteArray("a\n\"b\nc\n") << QByteArray("2");
        QTest::newRow("behind a closing quote") << QByteArray("a\nb\n\"c\"d\n") << QByteArray("3");
        QTest::newRow("inside a bare cell") << QByteArray("a\"b\n") << QByteArray("1");
        QTest::newRow("after lines in quotes") << QByteArray("\"a\n\n\"\nb\"\n") << QByteArray("4");
    }

    void refusesCsv()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, line);
        try {
            readInputs(bytes, {.csv = true});
            QFAIL("accepted");
        } catch (const InvalidInput &invalid) {
            QCOMPARE(QByteArray(invalid.problem()), QByteArray("input.csv-quote"));
            QCOMPARE(invalid.input(), line);
        }
    }

    void refusesCsvSeparators()
    {
        for (const char *separator : {"ab", "\"", "\n"})
            QCOMPARE(problemOf([&] { readInputs("a\n", {.columnSeparator = separator, .csv = true}); }),
                QByteArray("input.column-separator"));
    }

    void makesRanges_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("last");
        QTest::addColumn<QByteArray>("step");
        QTest::addColumn<QByteArrayList>("numbers");
        const auto add = [](const char *first, const char *last, const char *step, const QByteArrayList &numbers) {
            QTest::addRow("%s %s %s", first, last, step) << QByteArray(first) << QByteArray(last) << QByteArray(step) << numbers;
        };
        add("1", "3", "1", {"1", "2", "3"});
        add("5", "5", "1", {"5"});
        add("5", "5", "-1", {"5"});
        add("1", "6", "2", {"1", "3", "5"});
        add("3", "1", "-1", {"3", "2", "1"});
        add("-1", "1", "1", {"-1", "0", "1"});
        add("0.1", "0.4", "0.1", {"0.1", "0.2", "0.3", "0.4"});
        add("-0.5", "0.5", "0.5", {"-0.5", "0.0", "0.5"});
        add("1", "1.5", "0.25", {"1.00", "1.25", "1.50"});
        add("08", "10", "1", {"08", "09", "10"});
        add("1", "010", "9", {"001", "010"});
        add("0", "2", "1", {"0", "1", "2"});
        add("-001", "1", "1", {"-001", "000", "001"});
        add("00.5", "1.5", "0.5", {"00.5", "01.0", "01.5"});
    }

    void makesRanges()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, last);
        QFETCH(QByteArray, step);
        QFETCH(QByteArrayList, numbers);
        QCOMPARE(valuesOf(numberRange(first, last, step)), numbers);
    }

    void refusesRanges_data()
    {
        QTest::addColumn<QByteArrayList>("range");
        QTest::addColumn<QByteArray>("problem");
        const auto add = [](const QByteArrayList &range, const char *problem) {
            QTest::newRow(range.join(' ').constData()) << range << QByteArray(problem);
        };
        add({"a", "3", "1"}, "range.number");
        add({"", "3", "1"}, "range.number");
        add({"1", "1e3", "1"}, "range.number");
        add({"1", "3.", "1"}, "range.number");
        add({"1", ".5", "1"}, "range.number");
        add({"1", "--3", "1"}, "range.number");
        add({"1", "3", "x"}, "range.number");
        add({"1", "9999999999", "1"}, "range.number");
        add({"1", "0.0000000001", "1"}, "range.number");
        add({"1", "3", "0"}, "range.step");
        add({"1", "3", "-1"}, "range.step");
        add({"3", "1", "1"}, "range.step");
        add({"0", "999999999", "0.000000001"}, "input.too-many");
        add({"-999999999", "999999999", "0.1"}, "input.too-many");
    }

    void refusesRanges()
    {
        QFETCH(QByteArrayList, range);
        QFETCH(QByteArray, problem);
        QCOMPARE(problemOf([&] { numberRange(range[0], range[1], range[2]); }), problem);
    }
};

QTEST_GUILESS_MAIN(TestInputReader)
#include "tst_inputreader.moc"
