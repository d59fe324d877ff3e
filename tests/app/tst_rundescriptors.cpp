// SPDX-License-Identifier: GPL-3.0-or-later
// What commands inherit: the descriptors that the caller opened, and none of the program's own.
#include "programrun.h"
#include "sanitizers.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QStandardPaths>
#include <QtTest/QtTest>

class TestRunDescriptors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callersGoOn_data()
    {
        const BashRows row; // $P is `procession run`
        row("written to", "$P -j1 'echo {} >&9' ::: 1 2 9>f; cat f", "1\n2\n");
        row("the lowest", "$P -j1 'echo {} >&3' ::: 1 2 3>f; cat f", "1\n2\n");
        row("two with a gap", "$P -j1 'echo {} >&3; echo {} >&7' ::: 1 3>f 7>g; cat f g", "1\n1\n");
        row("side by side", "$P -j1 'echo {} >&3; echo {} >&4' ::: 1 3>f 4>g; cat f g", "1\n1\n");
        row("numbered by the shell", "exec {d}>f; $P \"echo {} >&$d\" ::: 1; cat f", "1\n");
        row("read from", "$P -j1 'read line <&8; echo $line; : {}' ::: 1 2 8< <(printf 'x\\ny\\n')", "x\ny\n");
        row("without a shell", "$P ls -d /dev/fd/9 ::: /dev/fd/9 9>f", "/dev/fd/9\n/dev/fd/9\n");
        row("process substitution", "$P cat {} ::: <(echo hello)", "hello\n");
        row("duplicate of stdout", "$P 'echo {} >&6' ::: 1 6>&1 >/dev/null", "1\n");
        row("a lock", "exec 9>f; flock -n 9; $P 'flock -n 9 && echo held; flock -n f true || echo locked; : {}' ::: 1",
            "held\nlocked\n");
        row("whole commands", "$P ::: 'echo a >&5' 5>f; cat f", "a\n");
        row("of each try", "$P --retries 2 'echo {} >&5; exit 1' ::: 1 5>f; cat f", "1\n1\n");
        row("recorded or not", "$P --no-store 'echo {} >&5' ::: 1 5>f; cat f", "1\n");
    }

    void callersGoOn() { BashRows::check("$PROCESSION run"); }

    /// As in some sandboxes.
    void callersGoOnWithoutProc()
    {
        SKIP_UNDER_SANITIZERS("the sanitizers need /proc");
        const ProgramRunner runner;
        const ProgramResult result = runner.shell("U='unshare -m'; $U true 2>/dev/null || U='unshare -rm'\n"
                                                  "$U sh -c 'mount -t tmpfs none /proc || exit 77\n"
                                                  "\"$PROCESSION\" run --no-store -j1 \"echo {} >&9\" ::: 1 2 9>f'\n"
                                                  "status=$?; cat f; exit $status");
        if (result.status == 77 || result.err.contains("unshare"))
            QSKIP("nothing can be mounted here");
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.out, QByteArray("1\n2\n"));
    }

    void theProgramsOwnDoNot_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("options");
        QTest::newRow("plain") << QByteArray() << QByteArray();
        QTest::newRow("recorded with a log") << QByteArray() << QByteArray("--joblog log --results r --bar");
        QTest::newRow("several at a time") << QByteArray() << QByteArray("-j4 -k --lb");
        QTest::newRow("input from a file") << QByteArray() << QByteArray("-a inputs");
        QTest::newRow("closed streams") << QByteArray("exec <&- 2>&-;") << QByteArray();
    }

    void theProgramsOwnDoNot()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, options);
        const ProgramRunner runner;
        runner.write(QStringLiteral("inputs"), "5\n");
        const QByteArray list = "cd /proc/self/fd; for n in *; do case $n in [012]) ;; *) readlink $n; esac; done; :";
        const ProgramResult result = runner.shell(
            before + "exec \"$PROCESSION\" run " + options + " '" + list + " {}' " + (options.contains("-a") ? "" : "::: 1"));
        // What this test was started with goes on, too.
        QCOMPARE(result.out, runner.shell(before + "exec sh -c '" + list + "'").out);
        QCOMPARE(result.status, 0);
    }

    void jobServerOfMake()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("make")).isEmpty())
            QSKIP("make is not installed");
        const ProgramRunner runner;
        runner.write(QStringLiteral("Makefile"),
            "all:\n\t+@\"$(PROCESSION)\" run -k -j2 '$(MAKE) --no-print-directory -f inner' ::: one two\n");
        runner.write(QStringLiteral("inner"), "one two:\n\t@echo $@\n");
        const ProgramResult result = runner.shell("make -j3");
        QCOMPARE(result.err, QByteArray()); // no "jobserver unavailable"
        QCOMPARE(result.out, QByteArray("one\ntwo\n"));
    }
};

QTEST_GUILESS_MAIN(TestRunDescriptors)
#include "tst_rundescriptors.moc"
