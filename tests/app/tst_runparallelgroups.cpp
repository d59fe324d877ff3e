// SPDX-License-Identifier: GPL-3.0-or-later
// Several inputs to a command, beside the installed GNU parallel.
#include "parallelpeer.h"

#include <QtTest/QtTest>

class TestRunParallelGroups : public ParallelTest
{
    Q_OBJECT

private Q_SLOTS:
    void severalInputsACommand_data()
    {
        addColumns();
        const QByteArrayList five{":::", "a.b", "c d", "e'f", "$g", "h"};
        const auto row = [&five](const char *title, const QByteArrayList &arguments, const QByteArrayList &inputs = {}) {
            ParallelTest::row(title, QByteArrayList{"-k"} + arguments + (inputs.isEmpty() ? five : inputs));
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
        row("N one", {"-N1", "echo", "x{}y"});
        row("N more than there are", {"-N", "7", "echo", "[{5}][{1}]"});
        row("N counts tasks", {"-N2", "echo", "{#}:{}"});
        row("N of three sources", {"-N3", "echo", "{}"}, {":::", "a", "b", ":::", "1", "2", ":::", "x", "y"});
        row("N from the end of several", {"-N3", "echo", "{-1}{-3}"}, {":::", "a", "b", "c", "d", "e", "f"});
        row("N and a delimiter", {"-N2", "-d", ",", "echo", "{2}{1}"}, {":::", "a,b,c,d"});
        row("N with text that is not repeated", {"-N2", "echo", "x", "a{}", "y"});
        row("N results", {"-N2", "--results", "tree", "true"});
        row("N job log", {"-j1", "-N2", "--joblog", "log", "echo"}, {":::", "a", "b", "c"});
        row("N retries", {"-N2", "--retries", "2", "echo {} ; test -e d{#} || { mkdir d{#}; exit 1; }"}, {":::", "a", "b", "c"});
        row("n of stdin order", {"-n3", "echo"}, sixteen);
        row("n and tag", {"-n2", "--tag", "echo"});
        row("n none and tagstring", {"-n0", "--tagstring", "{#}", "echo hi"});
        row("n of columns", {"-n2", "echo", "{}"}, crossed);
        row("n without extension", {"-n2", "echo", "{.}"});
        row("n dry-run", {"-n2", "--dry-run", "echo", "x{}y"}, {":::", "a b", "c", "d"});
        row("n of whole commands", {"-n2"}, {":::", "echo a", "b", "echo c"});
        row("X, a word with two", {"-j1", "-X", "echo", "{}-{}"});
        row("X, two words", {"-j1", "-X", "echo", "{} -o {.}"});
        row("X number", {"-j2", "-X", "echo", "{#}", "{}"});
        row("X for a shell", {"-j1", "-X", "echo x{} | cat"});
        row("X of one input", {"-j4", "-X", "echo", "x{}y"}, {":::", "a"});
        row("X of none", {"-j4", "-X", "echo", "x{}y"}, {"::::", "E"});
        row("X tag", {"-j1", "-X", "--tag", "echo", "x{}"});
        row("X job log", {"-j2", "-X", "--joblog", "log", "echo"}, {":::", "a", "b", "c", "d"});
        row("m of one input", {"-j4", "-m", "echo", "x{}y"}, {":::", "a"});
        row("m exactly divided", {"-j4", "-m", "echo"}, {":::", "a", "b", "c", "d", "e", "f", "g", "h"});
        row("m with quotes", {"-j1", "-m", "-q", "echo", "x {} y"}, {":::", "a", "b"});
        row("xargs of columns", {"-j1", "--xargs", "echo"}, crossed);
        row("xargs with n", {"-j1", "--xargs", "-n2", "echo"});
        row("short, long name", {"--max-chars", "20", "echo"}, sixteen);
    }

    void severalInputsACommand() { compare(); }
};

QTEST_GUILESS_MAIN(TestRunParallelGroups)
#include "tst_runparallelgroups.moc"
