// SPDX-License-Identifier: GPL-3.0-or-later
// Which shell runs commands, and what only a shell knows: functions, and words of its own.
#include "programrun.h"

#include <QtCore/QStandardPaths>
#include <QtTest/QtTest>

class TestRunShell : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exportedFunctions_data()
    {
        const BashRows row; // $P is `procession run -k`
        row("as a program", "f(){ echo \"<$1>\"; }; export -f f; $P f ::: 1 '2 3'", "<1>\n<2 3>\n");
        row("without SHELL", "unset SHELL; f(){ echo \"<$1>\"; }; export -f f; $P f ::: 1", "<1>\n");
        row("where SHELL is another", "export SHELL=/bin/sh; f(){ echo \"<$1>\"; }; export -f f; $P f ::: 1", "<1>\n");
        row("in a pipe", "f(){ echo \"<$1>\"; }; export -f f; $P 'f {} | cat' ::: 1", "<1>\n");
        row("of the name of a program", "ls(){ echo \"mine $1\"; }; export -f ls; $P ls ::: a", "mine a\n");
        row("as an input", "f(){ echo f; }; export -f f; $P ::: f", "f\n");
        row("as a replacement", "f(){ echo f; }; export -f f; $P '{}' ::: f", "f\n");
        row("with a hyphen", "my-f(){ echo \"$1\"; }; export -f my-f; $P my-f ::: 1", "1\n");
        row("hard inputs", "f(){ printf '[%s]\\n' \"$@\"; }; export -f f; $P f ::: \"it's\" '$x' 'a\"b' '*'",
            "[it's]\n[$x]\n[a\"b]\n[*]\n");
        row("several columns", "f(){ echo \"$2-$1\"; }; export -f f; $P f {1} {2} ::: a ::: b", "b-a\n");
        row("that calls another", "g(){ echo g$1; }; f(){ g $1; }; export -f f g; $P f ::: 1", "g1\n");
        row("its exit status", "f(){ return 7; }; export -f f; $P --halt now,fail=1 f ::: 1; echo $?", "7\n");
        row("below env", "f(){ echo $1; }; export -f f; env A=1 $P f ::: 1", "1\n");
        row("below timeout", "f(){ echo $1; }; export -f f; timeout 60 $P f ::: 1", "1\n");
        row("from a file", "echo 'f(){ echo b$1; }' > defs; BASH_ENV=$PWD/defs $P f ::: 1", "b1\n");
        row("the shell's own word", "$P 'shopt -q extglob; echo' {} ::: 1", "1\n");
        row("a syntax of the shell", "$P 'x={}; echo ${x^^}' ::: abc", "ABC\n");
        row("with --env", "f(){ echo $A$1; }; export -f f; $P --env A=x f ::: 1", "x1\n");
    }

    void exportedFunctions() { BashRows::check("$PROCESSION run -k"); }

    void whatNobodyKnows()
    {
        const ProgramResult result = ProgramRunner().bash("$PROCESSION run --halt now,fail=1 no-such-thing ::: 1; echo $?");
        QCOMPARE(result.out, QByteArray("127\n"));
        QVERIFY2(result.err.contains("no-such-thing: command not found"), result.err.constData());
    }

    void programsStartNoShell()
    {
        const QByteArray parent = ProgramRunner()
                                      .bash("echo 'cat /proc/$PPID/comm' > show\n"
                                            "f(){ :; }; export -f f; exec $PROCESSION run --no-store sh show ::: x")
                                      .out;
        QCOMPARE(parent, QByteArray("procession\n"));
    }

    void theShellThatCalls_data()
    {
        const BashRows row; // scripts of sh, and the name of the shell
        row("bash", "bash -c \"$T; :\"", "bash");
        row("dash", "dash -c \"$T; :\"", "dash");
        row("sh", "sh -c \"$T; :\"", "sh");
        row("a login shell", "bash -c \"exec -a -bash bash -c '$T; :'\"", "bash");
        row("bash in sh", "sh -c \"bash -c '$T; :'; :\"", "bash");
        row("sh in bash", "bash -c \"sh -c '$T; :'; :\"", "sh");
        row("by way of env", "bash -c \"env X=1 nice $T; :\"", "bash");
        row("a script", "printf '#!/bin/bash\\n%s\\n:\\n' \"$T\" > script; chmod +x script; ./script", "bash");
        row("PARALLEL_SHELL", "PARALLEL_SHELL=/bin/dash bash -c \"$T; :\"", "dash");
        row("PARALLEL_SHELL that is no POSIX shell", "PARALLEL_SHELL=/bin/cat bash -c \"$T; :\"", "bash");
        row("--shell goes before", "bash -c \"$T --shell /bin/dash; :\"", "dash");
        row("fish is not taken", "ln -s /bin/dash fish; ./fish -c \"SHELL=$PWD/fish $T; :\"", "sh");
        row("csh is not taken, SHELL is", "ln -s /bin/dash csh; ./csh -c \"SHELL=/bin/bash $T; :\"", "bash");
    }

    void theShellThatCalls()
    {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, expected);
        const ProgramRunner runner;
        runner.write(QStringLiteral("list"), "tr '\\0' '\\n' < /proc/$$/cmdline | head -n1\n");
        const ProgramResult result = runner.shell("T=\"$PROCESSION run -a list\"; export T\n" + script);
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.out.trimmed().split('/').last(), expected);
    }

    void goesOnFromAnotherShell()
    {
        const ProgramRunner runner;
        runner.write(QStringLiteral("task"), "echo $1 >> done; test $1 != 2 || test -e ok\n");
        QCOMPARE(runner.shell("bash -c '$PROCESSION run -j1 \"sh task {}; exit \\$?\" ::: 1 2 3; :'").out, QByteArray());
        runner.write(QStringLiteral("ok"), "");
        runner.shell("$PROCESSION run -j1 --resume-failed 'sh task {}; exit $?' ::: 1 2 3; :");
        QCOMPARE(runner.read(QStringLiteral("done")), QByteArray("1\n2\n3\n2\n"));
    }
};

QTEST_GUILESS_MAIN(TestRunShell)
#include "tst_runshell.moc"
