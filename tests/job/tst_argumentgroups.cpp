// SPDX-License-Identifier: MIT
#include "problem.h"

#include <procession/job/template/argumentgroups.h>

#include <QtTest/QTest>

#include <numeric>

using namespace procession;

namespace {

using Groups = QList<quint32>;
using Spread = CommandTemplate::Spread;

CommandTemplate command(const QByteArray &text, Spread spread = Spread::Joined)
{
    CommandTemplate::Options options;
    options.spread = spread;
    options.shortRows = true;
    return CommandTemplate::parse(text, options);
}

InputTable letters(int count)
{
    QByteArrayList values;
    for (int i = 0; i < count; ++i)
        values += QByteArray(1, static_cast<char>('a' + i % 26));
    return InputTable({InputList(values)});
}

} // namespace

class TestArgumentGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalGroupsTakeAll()
    {
        QCOMPARE(equalGroups(5, 2), (Groups{2, 2, 1}));
        QCOMPARE(equalGroups(4, 2), (Groups{2, 2}));
        QCOMPARE(equalGroups(3, 9), (Groups{3}));
        QCOMPARE(equalGroups(0, 3), Groups());
    }

    void fillsUpToTheLimit()
    {
        // "echo a b c" has ten bytes, and one more ends it.
        QCOMPARE(filledGroups(letters(7), command("echo"), {.characters = 11}), (Groups{3, 3, 1}));
        QCOMPARE(filledGroups(letters(7), command("echo"), {.characters = 12}), (Groups{3, 3, 1}));
        QCOMPARE(filledGroups(letters(7), command("echo"), {.characters = 13}), (Groups{4, 3}));
        // "echo xay xby"
        QCOMPARE(filledGroups(letters(4), command("echo x{}y", Spread::Repeated), {.characters = 13}), (Groups{2, 2}));
        QCOMPARE(filledGroups(letters(0), command("echo"), {}), Groups());
    }

    void countsInputsToo() { QCOMPARE(filledGroups(letters(5), command("echo"), {.inputs = 2}), (Groups{2, 2, 1})); }

    void dividesTheLastOneAmongWorkers()
    {
        QCOMPARE(filledGroups(letters(10), command("echo"), {.workers = 4}), (Groups{3, 3, 3, 1}));
        QCOMPARE(filledGroups(letters(7), command("echo"), {.characters = 11, .workers = 2}), (Groups{3, 3, 1}));
        QCOMPARE(filledGroups(letters(6), command("echo"), {.characters = 11, .workers = 2}), (Groups{3, 2, 1}));
    }

    void noCommandIsTooLong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("repeats");
        for (const bool repeats : {false, true}) {
            for (const char *text : {"a {}", "a x{}y {.}", "a \"{}\"; b", "a '{}' {2} {-1}", "a {#} {%} > {1}"})
                QTest::addRow("%s, %s", text, repeats ? "repeated" : "joined") << QByteArray(text) << repeats;
        }
    }

    void noCommandIsTooLong()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, repeats);
        const QByteArrayList values{"a", "b c", "it's", "$x", "", "a long one", "\xff", "!", "\"", "`", "z"};
        const InputTable inputs({InputList(values), InputList(values)});
        const CommandTemplate parsed = command(text, repeats ? Spread::Repeated : Spread::Joined);
        for (const qsizetype limit : {70, 90, 140, 300, 2000}) {
            const Groups groups = filledGroups(inputs, parsed, {.characters = limit});
            const InputTable grouped = inputs.grouped(groups);
            QCOMPARE(std::accumulate(groups.begin(), groups.end(), qsizetype(0)), inputs.rowCount());
            for (qsizetype row = 0; row < grouped.rowCount(); ++row)
                QVERIFY(parsed.text(grouped.row(row), row + 1).size() < limit);
        }
    }

    void refusesAnInputThatFitsNowhere()
    {
        const InputTable inputs({InputList({"a", QByteArray(100, 'x')})});
        QCOMPARE(
            problemOf([&] { filledGroups(inputs, command("echo"), {.characters = 100}); }), QByteArray("arguments.too-long"));
    }
};

QTEST_GUILESS_MAIN(TestArgumentGroups)
#include "tst_argumentgroups.moc"
