// SPDX-License-Identifier: MIT
// What `{}` becomes for several inputs to a command, with and without a shell.
#include "problem.h"

#include <procession/job/template/commandtemplate.h>

#include <QtCore/QProcess>
#include <QtTest/QTest>

using namespace procession;

namespace {

using Spread = CommandTemplate::Spread;

CommandTemplate command(const QByteArray &text, Spread spread)
{
    CommandTemplate::Options options;
    options.spread = spread;
    options.shortRows = true;
    return CommandTemplate::parse(text, options);
}

} // namespace

class TestTemplateSpread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void repeatsWords_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("a word") << QByteArray("echo x{}y z") << QByteArray("echo xay 'xb c'y z");
        QTest::newRow("appended") << QByteArray("echo") << QByteArray("echo a 'b c'");
        QTest::newRow("twice in a word") << QByteArray("echo {}={/}") << QByteArray("echo a=a 'b c'='b c'");
        QTest::newRow("with a column") << QByteArray("echo {1}{}") << QByteArray("echo aa a'b c'");
        QTest::newRow("only a column") << QByteArray("echo x{2}y") << QByteArray("echo x'b c'y");
        QTest::newRow("single quotes") << QByteArray("echo '<{} >'") << QByteArray("echo '<a >' '<b c >'");
        QTest::newRow("double quotes") << QByteArray("echo \"<{} $x\"") << QByteArray("echo \"<a $x\" \"<b c $x\"");
        QTest::newRow("operators end words") << QByteArray("echo x{};cat {}|wc") << QByteArray("echo xa 'xb c';cat a 'b c'|wc");
        QTest::newRow("newline") << QByteArray("echo {}\ncat {}") << QByteArray("echo a 'b c'\ncat a 'b c'");
        QTest::newRow("redirection") << QByteArray("cat {} >y") << QByteArray("cat a 'b c' >y");
        QTest::newRow("substitution") << QByteArray("echo \"$(cat x{})\"") << QByteArray("echo \"$(cat xa x'b c')\"");
        QTest::newRow("part of quotes") << QByteArray("echo \"{} $(x {}) {}\" {}")
                                        << QByteArray("echo \"a b c $(x a 'b c') a b c\" a 'b c'");
        QTest::newRow("group") << QByteArray("(cd {}; x)") << QByteArray("(cd a 'b c'; x)");
        QTest::newRow("no input") << QByteArray("echo {#} 'x y'|wc {}") << QByteArray("echo 1 'x y'|wc a 'b c'");
    }

    void repeatsWords()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const QByteArray made = command(text, Spread::Repeated).text({"a", "b c"}, 1);
        // Where the quotes stand within a word is of no matter: what the shell makes of it is.
        const auto normal = [](QByteArray line) { return line.replace("'xb c'", "x'b c'"); };
        QCOMPARE(normal(made), normal(expected));
    }

    void wordsAreTheSameWithAndWithoutAShell_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"x{}y", "{}", "{.}-{}", "'a {} b'", "\"{}\"{1}", "{3}", "a{3}b", "'{3}'", "''{}", "{2} {#}"})
            QTest::newRow(text) << QByteArray(text);
    }

    void wordsAreTheSameWithAndWithoutAShell()
    {
        QFETCH(QByteArray, text);
        for (const Spread spread : {Spread::Joined, Spread::Repeated, Spread::Nothing}) {
            const QByteArray line = "printf '<%s>' " + text;
            const CommandTemplate direct = command(line, spread);
            const CommandTemplate shell = command(line + "; :", spread);
            QVERIFY(!direct.usesShell());
            QVERIFY(shell.usesShell());
            const QByteArrayList row{"a.b", "it's c"};
            QByteArray expected;
            for (const QByteArray &word : direct.arguments(row, 7, 1).mid(2))
                expected += '<' + word + '>';
            if (direct.arguments(row, 7, 1).size() == 2)
                expected = "<>"; // so printf has it without arguments
            QProcess process;
            process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromUtf8(shell.text(row, 7))});
            QVERIFY(process.waitForFinished());
            QCOMPARE(process.readAllStandardOutput(), expected);
        }
    }

    void nothingLeavesInputsOut()
    {
        QCOMPARE(command("echo x", Spread::Nothing).arguments({"a"}, 1, 1), (QByteArrayList{"echo", "x"}));
        QCOMPARE(
            command("echo {} x{}y '{}' {#}", Spread::Nothing).arguments({"a"}, 2, 1), (QByteArrayList{"echo", "xy", "", "2"}));
        QCOMPARE(command("echo {} x{}y; {#}", Spread::Nothing).text({"a"}, 2), QByteArray("echo  xy; 2"));
    }

    void shortRowsLackValues()
    {
        QCOMPARE(command("echo {2} x{3}", Spread::Joined).arguments({"a"}, 1, 1), (QByteArrayList{"echo", "x"}));
        QCOMPARE(command("echo {-2}", Spread::Joined).arguments({"a"}, 1, 1), (QByteArrayList{"echo"}));
        QCOMPARE(problemOf([] { CommandTemplate::parse("echo {2}").text({"a"}, 1); }), QByteArray("template.column"));
    }
};

QTEST_GUILESS_MAIN(TestTemplateSpread)
#include "tst_templatespread.moc"
