// SPDX-License-Identifier: MIT
#include "problem.h"

#include <procession/job/template/commandtemplate.h>

#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryFile>
#include <QtTest/QTest>

using namespace procession;

namespace {

constexpr int RandomValues = 150;

QByteArrayList nastyValues()
{
    QByteArrayList values{"plain", "two words", " leading", "trailing ", "", "it's", "''", "'", "\"", "a\"b", "\\", "\\\\", "a\\",
        "\\n", "\n", "a\nb", "trailing\n", "\n\n", "$HOME", "${HOME}", "$(echo x)", "$((1+1))", "`echo x`", "-", "-n", "--help",
        "\t", "a\tb", "*", "?", "[a-z]", "{a,b}", "{}", "}", "~", "~root", "#", "#x", "!", "!!", "a;b", "a&b", "a|b", "<in",
        ">out", "2", "12", "a=b", "PATH=x", "if", "done", "\xff\xfe", "caf\xc3\xa9", "\xe4\xb8\xad\xe6\x96\x87", "\x81\x5c",
        "\x81'", "'; echo x; '", "\"; echo x; \"", "$'x'", "\x01\x02\x7f", "%s", "%d\\0", "a\rb", "(", ")", "EOF", "\\'"};
    QRandomGenerator random(42);
    const QByteArray alphabet = QByteArrayLiteral("'\"\\$`{}()<>;&|*?[]~#! \t\n=-ab1\xff\xc3");
    for (int i = 0; i < RandomValues; ++i) {
        QByteArray value;
        for (int size = random.bounded(1, 12); size > 0; --size)
            value += i % 2 ? alphabet.at(random.bounded(alphabet.size())) : static_cast<char>(random.bounded(1, 256));
        values += value;
    }
    return values;
}

/// What `shell` prints when it runs `script`.
QByteArray outputOf(const char *shell, const QByteArray &script)
{
    QTemporaryFile file;
    if (!file.open() || file.write(script) != script.size() || !file.flush())
        return "no script";
    QProcess process;
    process.start(QString::fromLatin1(shell), {file.fileName()});
    if (!process.waitForFinished() || process.exitCode() != 0)
        return "failed: " + process.readAllStandardError();
    return process.readAllStandardOutput();
}

QByteArrayList argumentsOf(const QByteArray &text, const QByteArrayList &row)
{
    return CommandTemplate::parse(text).arguments(row, 7, 3);
}

} // namespace

class TestCommandTemplate : public QObject
{
    Q_OBJECT

private:
    /// Templates with the arguments that they are to make, in which @ is the input.
    static void addTemplates()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("expected");
        const auto add
            = [](const char *text, const QByteArrayList &expected) { QTest::newRow(text) << QByteArray(text) << expected; };
        add("printf '%s\\0' {}", {"@"});
        add("printf '%s\\0' a{}b {}", {"a@b", "@"});
        add("printf '%s\\0' {}{}", {"@@"});
        add("printf '%s\\0' '{}' 'x {} y'", {"@", "x @ y"});
        add("printf '%s\\0' \"{}\" \"x {} y\"", {"@", "x @ y"});
        add("printf '%s\\0' '{}'\"{}\"{}", {"@@@"});
        add("printf '%s\\0' \"\\{}\" \\\\{} a\\ {}", {"\\@", "\\@", "a @"});
        add("printf '%s\\0' \"a\\\"{}\\\\\" '\\'{}", {"a\"@\\", "\\@"});
        add("printf '%s\\0' \"\\\\{}\" \"'{}'\" '\"{}\"'", {"\\@", "'@'", "\"@\""});
        add("printf '%s\\0' --name={} -x{}", {"--name=@", "-x@"});
        add("printf \\\n '%s\\0' {}", {"@"});
    }

private Q_SLOTS:
    void keepsInputsWithoutAShell_data() { addTemplates(); }

    void keepsInputsWithoutAShell()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArrayList, expected);
        const CommandTemplate parsed = CommandTemplate::parse(text);
        QVERIFY(!parsed.usesShell());
        for (const QByteArray &value : nastyValues()) {
            QByteArrayList words{"printf", "%s\\0"};
            for (QByteArray word : expected)
                words += word.replace('@', value);
            QCOMPARE(parsed.arguments({value}, 1, 1), words);
        }
    }

    void keepsInputsInAShell_data()
    {
        addTemplates();
        const auto add
            = [](const char *text, const QByteArrayList &expected) { QTest::newRow(text) << QByteArray(text) << expected; };
        add("v=var; printf '%s\\0' $v{} \"$v{}\" \"$v\"{}", {"var@", "var@", "var@"});
        add("printf '%s\\0' \"$(printf '%s|' {})\"", {"@|"});
        add("printf '%s\\0' \"$(printf '%s|' \"{}\" '{}')\"", {"@|@|"});
        add("printf '%s\\0' \"a$(printf '%s' \"b$(printf '%s|' {} \"{}\")c\")d{}\"", {"ab@|@|cd@"});
        add("printf '%s\\0' \"$( (printf '%s|' {}) ){}\"", {"@|@"});
        add("printf '%s\\0' \"`printf a`{}\" `printf b`{}", {"a@", "b@"});
        add("printf '%s\\0' \"${none:-x}{}\" ${none:-'{}'} ${none:-\"{}\"}", {"x@", "@", "@"});
        add("printf '%s\\0' ${none:-a\\}b}{} \"${none:-c}\"{}", {"a}b@", "c@"});
        add("printf '%s\\0' $((2 * (3 + 4))){} \"$((1 << 2)){}\"", {"14@", "4@"});
        add("printf '%s\\0' \"$#{}\" $#{}", {"0@", "0@"});
        add("printf '%s\\0' {}>&1", {"@"});
        add("printf '%s\\0' {1}{}>&1", {"@@"});
        add("printf '%s\\0' {} | cat", {"@"});
        add("(printf '%s\\0' {}; printf '%s\\0' \"{}\")", {"@", "@"});
        add("{ printf '%s\\0' {}; }", {"@"});
        add("if true; then printf '%s\\0' {}; else :; fi", {"@"});
        add("case x in x) printf '%s\\0' {};; (y) printf \"%s\" {};; esac", {"@"});
        add("case {} in '{}') printf '%s\\0' \"{}\";; esac", {"@"});
        add("true # don't \" `\nprintf '%s\\0' {}", {"@"});
        add("printf '%s\\0' \"$(: # don't )\nprintf '%s|' {})\"", {"@|"});
        add("printf '%s\\0' a#{} \"#{}\" '#'{}", {"a#@", "#@", "#@"});
        add("v={}; printf '%s\\0' \"$v\"", {"@"});
        add("v=\"{}\" w='{}'; printf '%s\\0' \"$v\" \"$w\"", {"@", "@"});
        add("f() { printf '%s\\0' \"$1\" ; }; f {}", {"@"});
        add("printf '%s\\0' \\{} '{'} \"{a}\" {}", {"{}", "{}", "{a}", "@"});
        add("printf '%s\\0' cost\\${} \"cost\\${}\"", {"cost$@", "cost$@"});
    }

    void keepsInputsInAShell()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArrayList, expected);
        const CommandTemplate parsed = CommandTemplate::parse(text);
        QByteArray script;
        QByteArray wanted;
        const QByteArrayList values = nastyValues();
        for (const QByteArray &value : values) {
            script += parsed.text({value}, 1) + '\n';
            for (QByteArray argument : expected)
                wanted += argument.replace('@', value) + '\0';
        }
        for (const char *shell : {"/bin/sh", "/bin/bash"}) {
            if (QFile::exists(QLatin1StringView(shell)))
                QCOMPARE(outputOf(shell, script).split('\0'), wanted.split('\0'));
        }
    }

    void needsAShell_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("needed");
        for (const char *text :
            {"a {}", "a '|' \"<>;&()*?[]~#!{}=\" {}", "a \\| \\$x {}", "a --b=c {}", "a b#c b!c", "a '$x' '`'", "'cd'x {}", "cdx",
                "a {} cd", "a {#} {%} {1} {/.}", "/bin/cd {}", "a +%s ^x @y", "if\\ x", "a\\\nb"})
            QTest::newRow(text) << QByteArray(text) << false;
        for (const char *text : {"a | b", "a & b", "a; b", "a < b", "a > b", "a (b)", "a $b", "a \"$b\"", "a `b`", "a \"`b`\"",
                 "a *", "a ?", "a [b]", "a ~", "a {b,c}", "a {x}", "a\nb", "! a", "a # b", "A=b c", "cd {}", "exit 3", ". {}",
                 ": {}", "if {}", "'cd' x", "[[ a ]]", "a=b"})
            QTest::newRow(text) << QByteArray(text) << true;
    }

    void needsAShell()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, needed);
        CommandTemplate::Options options;
        options.appendInput = false;
        QCOMPARE(CommandTemplate::parse(text, options).usesShell(), needed);
        QCOMPARE(CommandTemplate::parseWhole(text).usesShell(), needed || text.contains('{'));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("problem");
        const auto add
            = [](const char *text, const char *problem) { QTest::newRow(text) << QByteArray(text) << QByteArray(problem); };
        add("", "template.empty");
        add(" \n\t", "template.empty");
        add("a 'b", "template.unclosed-quote");
        add("a \"b", "template.unclosed-quote");
        add("a {} \\", "template.unclosed-quote");
        add("a {} `b", "template.unclosed-quote");
        add("a {} \"$(b\"", "template.unclosed-quote");
        add("a {} $(b", "template.unclosed-bracket");
        add("a {} (b", "template.unclosed-bracket");
        add("a {} ${b", "template.unclosed-bracket");
        add("a {} $((1", "template.unclosed-bracket");
        add("a `b {}`", "template.back-quotes");
        add("a \"`b '{}'`\"", "template.back-quotes");
        add("cat <<E\n{}\nE", "template.here-document");
        add("a $'b{}'", "template.dollar-quote");
        add("a $'b\\'' {}", "template.dollar-quote");
        add("a ${b:-{}}", "template.parameter");
        add("a \"${b:-{}}\"", "template.parameter");
        add("a \"${b:-'c'}\" {}", "template.parameter");
        add("a \"$(( ${b:-\"c\"} ))\" {}", "template.parameter");
        add("a ${}", "template.parameter");
        add("a # {}", "template.comment");
        add("a # b", "template.comment"); // the input would be appended to the comment
        add("a $((b) | c) {}", "template.arithmetic");
        add("((a); b) {}", "template.arithmetic");
        add("a $(( '{}' ))", "template.arithmetic");
        add("a $[{}]", "template.arithmetic");
        add("a \"$(case b in b) echo \"{}\";; esac)\"", "template.case");
        add("a {= s/x/y/ =}", "template.perl");
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, problem);
        QCOMPARE(problemOf([&] { CommandTemplate::parse(text); }), problem);
    }

    void refusesNul()
    {
        QCOMPARE(problemOf([] { CommandTemplate::parse(QByteArray("a\0b", 3)); }), QByteArray("template.nul"));
        QCOMPARE(problemOf([] { argumentsOf("a {}", {QByteArray("a\0b", 3)}); }), QByteArray("template.nul"));
    }

    void takesOnlyNumbersInArithmetic()
    {
        const CommandTemplate parsed = CommandTemplate::parse("echo $(( {} * 2 - {1} ))");
        QCOMPARE(parsed.text({"21"}, 1), QByteArray("echo $(( 21 * 2 - 21 ))"));
        QCOMPARE(outputOf("/bin/sh", parsed.text({"-21"}, 1)), QByteArray("-21\n"));
        QCOMPARE(outputOf("/bin/sh", parsed.text({"0x10"}, 1)), QByteArray("16\n"));
        for (const char *value : {"", "x", "-", "1+1", "$(echo 1)", "a[$(echo 1)]", "1;", "1 2"})
            QCOMPARE(problemOf([&] { parsed.text({value}, 1); }), QByteArray("template.number"));
    }

    void namesTheMissingColumn()
    {
        for (const char *text : {"a {3}", "a {-3}", "a {99999999999999}", "a {3/.}"}) {
            const CommandTemplate parsed = CommandTemplate::parse(text);
            QCOMPARE(problemOf([&] { parsed.checkColumns(2); }), QByteArray("template.column"));
            QCOMPARE(problemOf([&] { parsed.text({"x", "y"}, 1); }), QByteArray("template.column"));
        }
        try {
            CommandTemplate::parse("a {3} {1}").arguments({"x", "y"}, 1, 1);
            QFAIL("accepted");
        } catch (const InvalidInput &invalid) {
            QCOMPARE(invalid.input(), QByteArray("{3}"));
            QCOMPARE(invalid.detail(), QByteArray("2"));
        }
        CommandTemplate::parse("a {2} {-2}").checkColumns(2);
    }

    void replaces_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("expected");
        const auto add
            = [](const char *text, const QByteArrayList &expected) { QTest::newRow(text) << QByteArray(text) << expected; };
        // The row is {"d.x/a b.tar.gz", "2"}, its columns are called "file name" and "n.".
        add("p", {"p", "d.x/a b.tar.gz", "2"});
        add("p\n", {"p", "d.x/a b.tar.gz", "2"});
        add("p {}", {"p", "d.x/a b.tar.gz", "2"});
        add("p x{}y", {"p", "xd.x/a b.tar.gz", "2y"});
        add("p '{}' \"{}\"", {"p", "d.x/a b.tar.gz 2", "d.x/a b.tar.gz 2"});
        add("p {1} {2} {-1} {-2}", {"p", "d.x/a b.tar.gz", "2", "2", "d.x/a b.tar.gz"});
        add("p {1.} {1/} {1//} {1/.}", {"p", "d.x/a b.tar", "a b.tar.gz", "d.x", "a b.tar"});
        add("p {-2.} {.}", {"p", "d.x/a b.tar", "d.x/a b.tar", "2"});
        add("p {#}-{%}", {"p", "7-3"});
        add("p {file name} {file name/.} {n.}", {"p", "d.x/a b.tar.gz", "a b.tar", "2"});
        add("'p {#}'", {"p 7"});
    }

    void replaces()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArrayList, expected);
        CommandTemplate::Options options;
        options.columnNames = {"file name", "n."};
        const CommandTemplate parsed = CommandTemplate::parse(text, options);
        QVERIFY(!parsed.usesShell());
        QCOMPARE(parsed.arguments({"d.x/a b.tar.gz", "2"}, 7, 3), expected);
        QCOMPARE(parsed.source(), text);
    }

    void takesPathsApart_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArrayList>("expected"); // {.} {/} {//} {/.}
        const auto add
            = [](const char *path, const QByteArrayList &expected) { QTest::newRow(path) << QByteArray(path) << expected; };
        add("a.b", {"a", "a.b", ".", "a"});
        add("a", {"a", "a", ".", "a"});
        add("a.tar.gz", {"a.tar", "a.tar.gz", ".", "a.tar"});
        add("dir.d/file", {"dir.d/file", "file", "dir.d", "file"});
        add("dir.d/file.c", {"dir.d/file", "file.c", "dir.d", "file"});
        add("dir/.hidden", {"dir/", ".hidden", "dir", ""});
        add(".hidden", {"", ".hidden", ".", ""});
        add("a/", {"a/", "", ".", ""});
        add("a/b/", {"a/b/", "", "a", ""});
        add("a//b", {"a//b", "b", "a", "b"});
        add("/x", {"/x", "x", "/", "x"});
        add("//x", {"//x", "x", "/", "x"});
        add("/", {"/", "", "/", ""});
        add("/x/", {"/x/", "", "/", ""});
        add("x.", {"x", "x.", ".", "x"});
        add("..", {".", "..", ".", "."});
        add("./a.b", {"./a", "a.b", ".", "a"});
        add("a b/c d.e f", {"a b/c d", "c d.e f", "a b", "c d"});
        add("", {"", "", ".", ""});
    }

    void takesPathsApart()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArrayList, expected);
        QCOMPARE(argumentsOf("p {.} {/} {//} {/.}", {path}).mid(1), expected);
    }

    void showsTheCommand()
    {
        QCOMPARE(CommandTemplate::parse("gzip -k9 {}").text({"my file.txt"}, 1), QByteArray("gzip -k9 'my file.txt'"));
        QCOMPARE(CommandTemplate::parse("kill $${}").text({"x"}, 1), QByteArray("kill $$x"));
        QCOMPARE(CommandTemplate::parse("a {#} {%} '{%}'").text({"x"}, 5), QByteArray("a 5 {%} '{%}'"));
    }

    void givesShellTheCommand()
    {
        CommandTemplate::Options options;
        options.shell = "/bin/bash";
        QCOMPARE(CommandTemplate::parse("a {} | b {%}", options).arguments({"x y"}, 1, 2),
            (QByteArrayList{"/bin/bash", "-c", "a 'x y' | b 2"}));
    }

    void anInputInFrontIsACommandLine()
    {
        const auto add = [](const QByteArray &text, const QByteArrayList &row) { return argumentsOf(text, row); };
        QCOMPARE(add("{}", {"echo a  'b c'"}), (QByteArrayList{"echo", "a", "b c"}));
        QCOMPARE(add("{} x {}", {"echo a"}), (QByteArrayList{"echo", "a", "x", "echo a"}));
        QCOMPARE(add("{2} '{1}'", {"x  y", "echo a"}), (QByteArrayList{"echo", "a", "x  y"}));
        QCOMPARE(add("{}", {"echo a; echo b"}), (QByteArrayList{"/bin/sh", "-c", "echo a; echo b"}));
        QCOMPARE(add("{}; echo {}", {"echo a"}), (QByteArrayList{"/bin/sh", "-c", "echo a; echo 'echo a'"}));
        QCOMPARE(add("{}", {""}), (QByteArrayList{"/bin/sh", "-c", ""}));
        QCOMPARE(add("{} {1}", {"echo", "a b"}), (QByteArrayList{"echo", "a", "b", "echo"}));
        QCOMPARE(CommandTemplate::parse("{} x").text({"echo a"}, 1), QByteArray("echo a x"));
        QCOMPARE(problemOf([&] { add("{}", {"echo 'a"}); }), QByteArray("template.unclosed-quote"));
        // These do not begin with one.
        QCOMPARE(add(" {}", {"echo a"}), QByteArrayList{"echo a"});
        QCOMPARE(add("'{}'", {"echo a"}), QByteArrayList{"echo a"});
        QCOMPARE(add("./{}", {"a b"}), QByteArrayList{"./a b"});
        QCOMPARE(add("{#} {}", {"a b"}), (QByteArrayList{"7", "a b"}));
    }

    void aCommandIsNoOptionOfTheShell()
    {
        QCOMPARE(argumentsOf("{} | cat", {"-n"}).last(), QByteArray(" -n | cat"));
        QCOMPARE(argumentsOf("{} | cat", {"+x"}).last(), QByteArray(" +x | cat"));
    }

    void runsWholeCommandLines()
    {
        const QByteArrayList words = CommandTemplate::parseWhole("find . -name '{}'").arguments({}, 1, 1);
        QCOMPARE(words, (QByteArrayList{"find", ".", "-name", "{}"}));
        for (const char *text : {"echo `date` {}", "cat <<E\n{}\nE", "echo $'a\\'b'", "", "# nothing", "echo $((a); b)"}) {
            const CommandTemplate whole = CommandTemplate::parseWhole(text);
            QVERIFY2(whole.usesShell(), text);
            QCOMPARE(whole.arguments({}, 1, 1), (QByteArrayList{"/bin/sh", "-c", text}));
            QCOMPARE(whole.text({}, 1), QByteArray(text));
        }
        QCOMPARE(problemOf([] { CommandTemplate::parseWhole("echo 'a"); }), QByteArray("template.unclosed-quote"));
    }

    void quotesWords()
    {
        QCOMPARE(shellQuoted("a-b_c/d.e,f:g@h%i+j"), QByteArray("a-b_c/d.e,f:g@h%i+j"));
        QCOMPARE(shellQuoted(""), QByteArray("''"));
        QCOMPARE(shellQuoted("a b"), QByteArray("'a b'"));
        QCOMPARE(shellQuoted("it's"), QByteArray("'it'\\''s'"));
        QCOMPARE(shellQuoted("A=b"), QByteArray("'A=b'"));
        QCOMPARE(shellQuoted("while"), QByteArray("'while'"));
    }
};

QTEST_GUILESS_MAIN(TestCommandTemplate)
#include "tst_commandtemplate.moc"
