// SPDX-License-Identifier: GPL-3.0-or-later
// procession run beside the installed GNU parallel: the same output in order, the same exit status.
#include "programrun.h"

#include <QtTest/QtTest>

class TestRunParallel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (m_runner.parallel({"--version"}).status != 0)
            QSKIP("GNU parallel is not installed");
        m_runner.write(QStringLiteral("A"), "a\nb\n");
        m_runner.write(QStringLiteral("B"), "1\n2\n");
        m_runner.write(QStringLiteral("Z"), QByteArray("x y\0p\nq\0", 8));
        m_runner.write(QStringLiteral("T"), "name\tsize\nred\t3\nblue\t4\n");
    }

    void same_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<QByteArray>("input");
        const auto row = [](const char *title, const QByteArrayList &arguments, const QByteArray &input = {}) {
            QTest::newRow(title) << arguments << input;
        };
        row("values", {"-k", "echo", ":::", "a", "b c", "d'e", "f\"g", "$h", "*"});
        row("invalid utf-8", {"-k", "echo", ":::", "\xff\xfe", "\xc3"});
        row("leading dash", {"-k", "echo", "x{}", ":::", "-n", "--help"});
        row("empty value", {"-k", "echo", "[{}]", ":::", "a", "", "c"});
        row("combinations", {"-k", "echo", ":::", "a", "b", ":::", "1", "2", "3"});
        row("columns", {"-k", "echo", "{2}-{1}", ":::", "a", "b", ":::", "1", "2"});
        row("files", {"-k", "echo", "::::", "A", "B"});
        row("arg-files", {"-k", "-a", "A", "-a", "B", "echo"});
        row("file and values", {"-k", "-a", "A", "echo", "{1}{2}", ":::", "x", "y"});
        row("files and values", {"-k", "echo", "{1}{2}", "::::", "A", ":::", "x", "y"});
        row("linked values", {"-k", "echo", ":::", "a", "b", "c", ":::+", "1", "2"});
        row("linked twice", {"-k", "echo", ":::", "a", "b", ":::+", "1", "2", ":::+", "x", "y", "z"});
        row("linked first", {"-k", "echo", ":::", "a", "b", ":::+", "1", "2", ":::", "x", "y"});
        row("linked last", {"-k", "echo", "{1}{3}{2}", ":::", "a", "b", ":::", "1", "2", ":::+", "x", "y"});
        row("linked files", {"-k", "echo", "::::", "A", "::::+", "B", "A"});
        row("linked values and file", {"-k", "echo", ":::", "x", "y", "::::", "A", "::::+", "B", ":::+", "p", "q"});
        row("linked without one before", {"-k", "echo", ":::+", "a", "b"});
        row("linked after a file option", {"-k", "-a", "A", "echo", ":::+", "1", "2"});
        row("linked header", {"-k", "--header", ":", "echo", "{n}-{m}", ":::", "n", "1", "2", ":::+", "m", "3", "4"});
        row("linked columns", {"-k", "-C,", "echo", "{3}-{1}", ":::", "1,2", "3,4", ":::+", "m", "n"});
        row("null file", {"-k", "-0", "-a", "Z", "echo", "[{}]"});
        row("stdin", {"-k", "echo"}, "one\ntwo words\nthree");
        row("stdin as file", {"-k", "-a", "-", "echo"}, "one\ntwo\n");
        row("stdin as source", {"-k", "echo", "::::", "-"}, "one\ntwo\n");
        row("empty stdin", {"-k", "echo"}, "");
        row("empty lines", {"-k", "echo", "[{}]"}, "a\n\nb\n");
        row("no-run-if-empty", {"-k", "-r", "echo", "[{}]"}, "a\n\nb\n");
        row("whole commands", {"-k"}, "echo x; echo y\nexit 3\nprintf z\n");
        row("whole commands as values", {"-k", ":::", "echo a", "(exit 3)", "false"});
        row("colsep", {"-k", "--colsep", ",", "echo", "{2} {1}"}, "a,b\nc,d\n");
        row("colsep regexp", {"-k", "-C", "[ ,]+", "echo", "{3}{1}"}, "a, b,,c\n");
        row("header", {"-k", "--colsep", ",", "--header", ":", "echo", "{n}-{m}"}, "n,m\nc,d\n");
        row("header of values", {"-k", "--header", ":", "echo", "{f}={g}", ":::", "f", "1", "2", ":::", "g", "a"});
        row("header of tabs", {"-k", "--header", ":", "-a", "T", "echo", "{size} {name}"});
        row("delimiter", {"-k", "-d", ",", "echo"}, "a,b");
        row("replacements", {"-k", "echo", "{} {.} {/} {//} {/.} {#}", ":::", "a/b.c", "d", "/x/y.tar.gz", "./.h"});
        row("column replacements", {"-k", "echo", "{1.} {2/} {1//} {2/.}", ":::", "a/b.c", ":::", "d/e.f"});
        row("quote", {"-k", "-q", "printf", "%s  %s|", "a;b", "{}", ":::", "x", "y z"});
        row("shell", {"-k", "echo {} | tr a-z A-Z", ":::", "abc", "d e"});
        row("tag", {"-k", "--tag", "printf 'a\\n\\nb'", ":::", "x", "y"});
        row("tag of a long line", {"-k", "--tag", "head -c 700000 /dev/zero | tr '\\0' {}", ":::", "x"});
        row("tag without output", {"-k", "--tag", "true", ":::", "x"});
        row("tag of columns", {"-k", "--tag", "echo", ":::", "x", "y", ":::", "1"});
        row("tagstring", {"-k", "--tagstring", "{#}:{/.}", "echo", ":::", "d/x.y", "z"});
        row("dry-run", {"-k", "--dry-run", "echo", "{}", ">", "x{#}", ":::", "a", "b c"});
        row("jobs plus", {"-j+1", "-k", "echo", ":::", "a"});
        row("jobs percent", {"-j", "50%", "-k", "echo", ":::", "a"});
        row("jobs minus", {"-j-1", "-k", "echo", ":::", "a"});
        row("jobs unlimited", {"-j0", "-k", "echo", ":::", "a", "b"});
        row("jobs compact", {"-kj2", "echo", ":::", "a", "b"});
        row("options end at the command", {"-k", "echo", "-k", ":::", "a"});
        row("lines", {"-k", "--line-buffer", "echo a{}; printf b{}; echo c", ":::", "1", "2"});
        row("tagged lines", {"-k", "--lb", "--tag", "printf 'a\\nb'; printf 'c\\n\\nd\\n'; : ", ":::", "1", "2"});
        row("workdir", {"--wd", "/usr", "pwd; : {}", ":::", "a"});
        row("delay", {"-k", "--delay", "0.05", "echo", ":::", "a", "b"});
        row("large output", {"-k", "seq", ":::", "200000", "3", "100000"});
        row("no newline at the end", {"-k", "printf", ":::", "a", "b"});
        row("joblog", {"-k", "--joblog", "log", "echo", ":::", "a", "b"});
    }

    void same() { compare(); }

    void severalInputsACommand_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<QByteArray>("input");
        const QByteArrayList five{":::", "a.b", "c d", "e'f", "$g", "h"};
        const auto row = [&five](const char *title, const QByteArrayList &arguments, const QByteArrayList &inputs = {}) {
            QTest::newRow(title) << QByteArrayList{"-k"} + arguments + (inputs.isEmpty() ? five : inputs) << QByteArray();
        };
        const QByteArrayList sixteen{":::", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"};
        const QByteArrayList crossed{":::", "a", "b", "c", ":::", "1", "2"};
        row("N", {"-N2", "echo"});
        row("N all", {"-N9", "echo"});
        row("N by columns", {"-N2", "echo", "{1}-{2}"});
        row("N from the end", {"-N2", "echo", "[{-1}]"});
        row("N parts", {"-N3", "echo", "{3.} {1/} {2//}"});
        row("N repeats words", {"-N2", "echo", "x{}y p{.}q"});
        row("N repeats words with several", {"-N2", "echo", "x{}-{.}y{1}z{#}"});
        row("N repeats words for a shell", {"-N2", "echo x{}y | cat -A; echo {} | cat"});
        row("N in quotes", {"-N2", "-q", "printf", "<%s>", "x{}y"});
        row("N of combinations", {"-N2", "echo", "{1}{2}{3}{4}"}, {":::", "a", "b", ":::", "1", "2"});
        row("N one of several columns", {"-N1", "echo", "x{}y{2}"}, crossed);
        row("N of linked", {"-N2", "echo", "{}"}, {":::", "a", "b", "c", ":::+", "1", "2", "3"});
        row("N of cut columns", {"-N2", "-C,", "echo", "{4}{1}"}, {":::", "1,2", "3,4", "5,6"});
        row("N with header", {"-N2", "--header", ":", "echo", "{f} {}"}, {":::", "f", "b", "c", "d"});
        row("N none", {"-N0", "echo hi"});
        row("N none for a shell", {"-N0", "echo 'x{}y' {} z | cat"});
        row("N empty values", {"-N2", "printf", "[%s]"}, {":::", "a", "", "", "b", "c"});
        row("N without empty values", {"-r", "-N2", "printf", "[%s]"}, {":::", "a", "", "", "b", "c"});
        row("N whole commands", {"-N2"}, {":::", "echo a", "b", "echo c"});
        row("N tag", {"-N2", "--tag", "echo", "{1}"});
        row("N tagstring", {"-N2", "--tagstring", "{2}:{#}", "echo", "{1}"});
        row("N exit status", {"-N2", "exit {2}; : {1}"}, {":::", "a", "3", "b", "0", "c", "1"});
        row("N dry-run", {"-N2", "--dry-run", "echo", "x{}"}, {":::", "a", "b", "c"});
        row("n", {"-n2", "echo"});
        row("n joins words", {"-n2", "echo", "x{}y p{.}q"});
        row("n joins words for a shell", {"-n2", "echo x{}y | cat"});
        row("n by columns", {"-n", "2", "echo", "{2}-{1}"});
        row("n none", {"-n0", "echo hi"});
        row("n long", {"--max-args", "2", "echo"});
        row("N long", {"--max-replace-args=2", "echo", "{2}{1}"});
        row("N goes before n", {"-N2", "-n3", "echo"});
        row("X", {"-j1", "-X", "echo", "x{}y"});
        row("X divided", {"-j2", "-X", "echo"});
        row("X divided among more", {"-j4", "-X", "echo"});
        row("X of columns", {"-j1", "-X", "echo", "x{}y"}, crossed);
        row("X one column", {"-j1", "-X", "echo", "{1} {2}"});
        row("X with N", {"-j2", "-X", "-N2", "echo", "x{}y"});
        row("X with n", {"-j2", "-X", "-n2", "echo", "x{}y"});
        row("X short", {"-j1", "-X", "-s", "20", "echo"}, sixteen);
        row("X short, divided", {"-j2", "-X", "-s", "20", "--dry-run", "echo"}, sixteen);
        row("X too long", {"-X", "-s", "10", "echo"}, {":::", "abcdefghij"});
        row("short", {"-s", "20", "echo"}, sixteen);
        row("short with n", {"-s", "10", "-n2", "echo"}, {":::", "aa", "bb", "c", "d", "e"});
        row("m", {"-j1", "-m", "echo", "x{}y"});
        row("m divided", {"-j4", "-m", "echo", "x{}y"});
        row("m with n", {"-j2", "-m", "-n2", "echo"}, sixteen);
        row("m of columns", {"-j1", "-m", "echo", "x{}y"}, crossed);
        row("m tag", {"-j1", "-m", "--tag", "echo"});
        row("xargs", {"-j4", "--xargs", "echo", "x{}y"});
        row("xargs short", {"-j4", "--xargs", "-s", "21", "echo", "x{}"}, sixteen);
    }

    void severalInputsACommand() { compare(); }

    void errorsOfTasksComeTagged()
    {
        const QByteArrayList arguments{"-k", "--tag", "echo e >&2; : {}", ":::", "a", "b"};
        QCOMPARE(m_runner.run(arguments).err, m_runner.parallel(arguments).err);
    }

    void jobLogIsTheSame()
    {
        const auto columns = [](const QByteArray &log) {
            QByteArrayList kept;
            for (const QByteArray &line : log.trimmed().split('\n')) {
                const QByteArrayList cells = line.split('\t');
                kept.append(cells.mid(0, 2).join(' ') + ' ' + cells.mid(4).join(' '));
            }
            return kept;
        };
        m_runner.parallel({"-j1", "--joblog", "theirs", "echo {}; exit {}", ":::", "0", "3", "0"});
        m_runner.run({"-j1", "--joblog", "ours", "echo {}; exit {}", ":::", "0", "3", "0"});
        QCOMPARE(columns(m_runner.read(QStringLiteral("ours"))), columns(m_runner.read(QStringLiteral("theirs"))));
    }

    void resultsAreTheSame()
    {
        const QByteArrayList rest{"echo {1}; echo e{2} >&2", ":::", "a/b", "c d", ":::", "1", "2"};
        m_runner.parallel(QByteArrayList{"--results", "theirtree"} + rest);
        m_runner.run(QByteArrayList{"--results", "ourtree"} + rest);
        const ProgramResult result = m_runner.shell("diff -r ourtree theirtree && find ourtree -type f | wc -l");
        QCOMPARE(result.out, "12\n");
    }

    void resultsOfSeveralInputsAreTheSame()
    {
        const QByteArrayList rest{"-N2", "echo", ":::", "a/b", "c d", "e"};
        m_runner.parallel(QByteArrayList{"--results", "theirpairs"} + rest);
        m_runner.run(QByteArrayList{"--results", "ourpairs"} + rest);
        const QByteArrayList named{"--header", ":", "-N2", "echo", ":::", "f", "a", "b", "c"};
        m_runner.parallel(QByteArrayList{"--results", "theirpairs/named"} + named);
        m_runner.run(QByteArrayList{"--results", "ourpairs/named"} + named);
        const ProgramResult result = m_runner.shell("diff -r ourpairs theirpairs && find ourpairs -type f | wc -l");
        QCOMPARE(result.out, "12\n");
    }

private:
    void compare()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(QByteArray, input);
        const ProgramResult theirs = m_runner.parallel(arguments, input);
        const ProgramResult ours = m_runner.run(arguments, input);
        QVERIFY(theirs.status >= 0);
        // It prints its usage on stdout when it refuses an option.
        if (theirs.status != 255)
            QCOMPARE(ours.out, theirs.out);
        if (ours.status != theirs.status)
            qWarning("%s", ours.err.constData());
        QCOMPARE(ours.status, theirs.status);
    }

    ProgramRunner m_runner;
};

QTEST_GUILESS_MAIN(TestRunParallel)
#include "tst_runparallel.moc"
