// SPDX-License-Identifier: GPL-3.0-or-later
// What procession run does beyond GNU parallel's ways, and where things go wrong.
#include "programrun.h"
#include "sanitizers.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtTest/QtTest>

class TestRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<QByteArray>("expected"); // in the message
        const auto row = [](const char *title, const QByteArrayList &arguments, const char *expected) {
            QTest::newRow(title) << arguments << QByteArray(expected);
        };
        row("of parallel, long", {"--pipe", "wc", ":::", "a"},
            "--pipe is an option of GNU parallel that is not there; the nearest is --arg-file");
        row("of parallel, short", {"-kL", "2", "echo", ":::", "a"},
            "-L is an option of GNU parallel that is not there; the nearest is -N");
        row("several to a command", {"-N", "x", "echo", ":::", "a"}, "--max-replace-args x: give a whole number from 0");
        row("many without a command", {"-X", ":::", "echo a"}, "-X, -m, --xargs, -s and -N 0 need a command");
        row("none without a command", {"-N0", ":::", "echo a"}, "-X, -m, --xargs, -s and -N 0 need a command");
        row("too long", {"-s", "12", "echo", ":::", "a", "too long"},
            "With the input “too long” alone the command has more than 11 bytes");
        row("of parallel, with value", {"--termseq=TERM", "echo", ":::", "a"}, "nearest is --kill-grace");
        row("mistyped", {"--resmue", "echo", ":::", "a"}, "--resmue is no option; did you mean --resume?");
        row("shortened", {"--retr", "3", "echo", ":::", "a"}, "did you mean --retries?");
        row("unknown", {"--xyzzy", "echo", ":::", "a"}, "--xyzzy is no option; \"procession run --help\"");
        row("unknown, no ASCII", {"--größe", "echo", ":::", "a"}, "--größe is no option");
        row("no value", {"-j"}, "'-j'");
        row("jobs", {"-j", "many", "echo", ":::", "a"}, "--jobs: ");
        row("retries", {"--retries", "-1", "echo", ":::", "a"}, "--retries -1: give a whole number from 0");
        row("timeout", {"--timeout", "soon", "echo", ":::", "a"}, "--timeout: ");
        row("timeout percent", {"--timeout", "200%", "echo", ":::", "a"}, "--timeout 200%: give a time");
        row("halt", {"--halt", "later", "echo", ":::", "a"}, "--halt: ");
        row("nice", {"--nice", "-5", "echo", ":::", "a"}, "--nice -5: give a whole number from 0 to 19");
        row("load", {"--load", "x", "echo", ":::", "a"}, "--load x: give a load average");
        row("memfree", {"--memfree", "x", "echo", ":::", "a"}, "--memfree: ");
        row("env", {"--env", "NO_SUCH_VARIABLE", "echo", ":::", "a"}, "--env NO_SUCH_VARIABLE: this variable is not set");
        row("shell", {"--shell", "absent/shell", "echo", ":::", "a"}, "--shell absent/shell: there is no such program");
        row("header", {"--header", "x+", "echo", ":::", "a"}, "--header x+: give \":\"");
        row("results", {"--results", "x.csv", "echo", ":::", "a"}, "--results x.csv: give a folder");
        row("contradiction", {"--store", "x", "--no-store", "echo", ":::", "a"}, "--store and --no-store contradict");
        row("resume of nothing", {"--no-store", "--resume", "echo", ":::", "a"}, "--resume needs a record");
        row("back-quotes", {"echo `echo {}`", ":::", "a"}, "back-quotes");
        row("no such column", {"echo {3}", ":::", "a"}, "3");
        row("workdir that cannot be made", {"--wd", "/proc/absent/folder", "echo", ":::", "a"}, "/proc/absent");
        row("workdir for each task", {"--wd", "new{#}", "echo", ":::", "a"}, "--workdir new{#}: all tasks run in one folder");
        row("workdir of a temporary name", {"--wd", "...", "echo", ":::", "a"}, "--workdir ...: give the name of a folder");
        row("shell that is a folder", {"--shell", "/tmp", "echo", ":::", "a"}, "--shell /tmp: there is no such program");
        row("shell that is no program", {"--shell", "/etc/passwd", "echo", ":::", "a"}, "--shell /etc/passwd: there is no such");
        row("job log on stdout", {"--joblog", "-", "echo", ":::", "a"}, "--joblog -: give the name of a file");
        row("job log without a name", {"--joblog", "+", "echo", ":::", "a"}, "--joblog +: give the name of the file");
        row("job log that is none", {"--joblog", "+/etc/passwd", "echo", ":::", "a"}, "/etc/passwd is no job log");
        row("delimiter", {"-d", "ab", "echo", ":::", "a"}, "--delimiter ab: give one character");
        row("folder of inputs", {"-a", "/tmp", "echo"}, "cannot read inputs from /tmp: ");
        row("store", {"--store", "/proc/nowhere/x.sqlite", "echo", ":::", "a"}, "/proc/nowhere");
    }

    void refusals()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(QByteArray, expected);
        const ProgramResult result = m_runner.run(arguments);
        QCOMPARE(result.status, 255);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.startsWith("procession: ") && result.err.count('\n') == 1, result.err.constData());
        QVERIFY2(result.err.contains(expected), result.err.constData());
    }

    void whatIsNoVerb()
    {
        const ProgramResult result = m_runner.shell("'" + ProgramRunner::program() + "' ran echo ::: a");
        QCOMPARE(result.status, 255);
        QVERIFY2(result.err.contains("\"ran\" is no verb; the verbs are run"), result.err.constData());
    }

    void windowWithoutDisplay()
    {
        const ProgramResult result
            = m_runner.shell("env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM '" + ProgramRunner::program() + "'");
        QCOMPARE(result.status, 255);
        QVERIFY2(result.err.contains("there is no display"), result.err.constData());
    }

    void namesSurviveByteForByte()
    {
        const QByteArrayList names{
            "with space", "quo'te", "dou\"ble", "new\nline", "-dash", "\xff\xfe invalid", "$(touch bad)", "\\", "ünï"};
        QByteArray input;
        QByteArray expected;
        for (const QByteArray &name : names) {
            input += name + '\0';
            expected += '<' + name + ">\n";
        }
        QCOMPARE(m_runner.run({"-0", "-k", "printf '<%s>\\n' {}"}, input).out, expected);
        QCOMPARE(m_runner.run({"-0", "-k", "--no-store", "printf '<%s>\\n' {} | cat"}, input).out, expected);
        QVERIFY(!QFile::exists(m_runner.path(QStringLiteral("bad"))));
    }

    void streamsStayApartAndTasksWhole()
    {
        const ProgramResult result
            = m_runner.run({"-j4", "for i in 1 2 3 4 5; do echo o{}; echo e{} >&2; sleep 0.02; done", ":::", "1", "2", "3", "4"});
        QCOMPARE(result.status, 0);
        for (const auto &[text, letter] : {std::pair{result.out, 'o'}, std::pair{result.err, 'e'}}) {
            QCOMPARE(text.count('\n'), 20);
            for (char task = '1'; task <= '4'; ++task)
                QVERIFY2(text.contains((QByteArray(1, letter) + task + '\n').repeated(5)), text.constData());
        }
    }

    void largeOutputIsWhole_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::newRow("as it comes") << QByteArray("--no-store");
        QTest::newRow("in order") << QByteArray("--no-store -k");
        QTest::newRow("recorded") << QByteArray("-k");
    }

    void largeOutputIsWhole()
    {
        QFETCH(QByteArray, options);
        // The first task comes last, so that in order the others are held.
        const QByteArray sizes = "30000000 20000000 10 70000 70000 70000";
        const ProgramResult result = m_runner.shell("\"$PROCESSION\" run -j3 " + options
            + " 'test {#} = 1 && sleep 1; head -c {} /dev/zero | tr \"\\0\" {#}' ::: " + sizes + " | sha256sum");
        QByteArray expected = result.out;
        if (options.contains("-k"))
            expected
                = m_runner
                      .shell("n=0; for i in " + sizes + "; do n=$((n+1)); head -c $i /dev/zero | tr '\\0' $n; done | sha256sum")
                      .out;
        QCOMPARE(result.out, expected);
        QCOMPARE(m_runner.shell("\"$PROCESSION\" run -j3 " + options + " 'head -c {} /dev/zero' ::: " + sizes + " | wc -c").out,
            QByteArray::number(30000000 + 20000000 + 10 + 3 * 70000) + '\n');
    }

    void stopsWhenNobodyReads()
    {
        const ProgramResult result = m_runner.shell("{ \"$PROCESSION\" run -j3 'test {} = 1 && exec sleep 67; echo {}; sleep "
                                                    "0.05' ::: $(seq 1000); echo $? > status; } | head -n1\n"
                                                    "cat status");
        QVERIFY2(result.out == "2\n141\n" || result.out == "3\n141\n", result.out.constData());
        QCOMPARE(result.err, QByteArray());
        QTRY_COMPARE(m_runner.living(), QByteArrayList());
    }

    void killedProgramLeavesNothing()
    {
        m_runner.shell("rm -f started; \"$PROCESSION\" run 'touch started; sleep 62; :' ::: 1 & p=$!\n"
                       "while ! test -e started; do sleep 0.01; done\n"
                       "kill -9 $p; wait $p");
        QTRY_COMPARE(m_runner.living(), QByteArrayList());
    }

    void tasksThatGoWrong_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<QByteArray>("note"); // in what stands on stderr
        m_runner.write(QStringLiteral("plain"), "no program\n");
        QTest::addColumn<int>("status");
        QTest::newRow("missing") << QByteArrayList{"absent/command", ":::", "a"} << QByteArray()
                                 << QByteArray("task 1 could not start") << 1;
        QTest::newRow("not executable") << QByteArrayList{"./plain", ":::", "a"} << QByteArray() << QByteArray("ermission denied")
                                        << 1;
        QTest::newRow("missing, halted") << QByteArrayList{"--halt", "now,fail=1", "absent/command", ":::", "a"} << QByteArray()
                                         << QByteArray("absent/command") << 127;
        QTest::newRow("not executable, halted")
            << QByteArrayList{"--halt", "now,fail=1", "./plain", ":::", "a"} << QByteArray() << QByteArray() << 126;
        QTest::newRow("SIGSEGV") << QByteArrayList{"kill -SEGV $$; : {}", ":::", "a"} << QByteArray() << QByteArray() << 1;
        QTest::newRow("timeout") << QByteArrayList{"--timeout", "300ms", "echo {}; sleep 60", ":::", "a"} << QByteArray("a\n")
                                 << QByteArray("task 1 ran longer than") << 1;
        QTest::newRow("quiet") << QByteArrayList{"--quiet", "absent/command", ":::", "a"} << QByteArray() << QByteArray() << 1;
        QTest::newRow("closes its output and lives on")
            << QByteArrayList{"echo x; exec >&- 2>&-; sleep 0.3; exit 4; : {}", ":::", "a"} << QByteArray("x\n") << QByteArray()
            << 1;
        QTest::newRow("leaves a grandchild")
            << QByteArrayList{"echo x; sleep 63 & : {}", ":::", "a"} << QByteArray("x\n") << QByteArray() << 0;
    }

    void tasksThatGoWrong()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(QByteArray, out);
        QFETCH(QByteArray, note);
        QFETCH(int, status);
        const ProgramResult result = m_runner.run(arguments);
        QCOMPARE(result.out, out);
        QVERIFY2(result.err.contains(note), result.err.constData());
        QCOMPARE(result.status, status);
        QTRY_COMPARE(m_runner.living(), QByteArrayList());
    }

    void keepsGrandchildrenWhenAsked()
    {
        const ProgramResult result
            = m_runner.shell("\"$PROCESSION\" run --keep-grandchildren 'sleep 64 >/dev/null 2>&1 & echo $!; : {}' ::: a > pid\n"
                             "kill -0 $(cat pid) && echo alive; kill $(cat pid)");
        QCOMPARE(result.out, "alive\n");
    }

    void triesAgain()
    {
        const ProgramResult result = m_runner.run({"--retries", "5", "--retry-delay", "10ms",
            "echo x >> tries; test $(wc -l < tries) = 3; : $?; test $(wc -l < tries) = 3; exit $?; : {}", ":::", "a"});
        QCOMPARE(result.status, 0);
        QCOMPARE(m_runner.read(QStringLiteral("tries")), "x\nx\nx\n");
    }

    void environmentAndShell()
    {
        QCOMPARE(m_runner.run({"--env", "COLOUR=dark red", "echo \"$COLOUR\" {}", ":::", "a"}).out, "dark red a\n");
        QCOMPARE(m_runner.shell("A=1 \"$PROCESSION\" run --env A 'echo $A {}' ::: x").out, "1 x\n");
        QCOMPARE(m_runner.run({"--shell", "/bin/bash", "echo ${BASH_VERSION:+bash} {}", ":::", "a"}).out, "bash a\n");
    }

    void deletedFolder()
    {
        QCOMPARE(m_runner.shell("mkdir gone; cd gone; rmdir ../gone; exec \"$PROCESSION\" run echo ::: a 2>&1").out, "a\n");
        const ProgramResult result
            = m_runner.shell("mkdir gone; cd gone; rmdir ../gone; exec \"$PROCESSION\" run --wd x echo ::: a");
        QCOMPARE(result.status, 255);
        QVERIFY2(result.err.contains("--workdir x: the present folder /") && result.err.contains("/gone has been deleted"),
            result.err.constData());
    }

    void aDeletedFolderIsNamed_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("command") << QByteArray("./x ::: a");
        QTest::newRow("results") << QByteArray("--results out echo ::: a");
        QTest::newRow("job log") << QByteArray("--joblog log echo ::: a");
        QTest::newRow("store") << QByteArray("--store s.sqlite echo ::: a");
        QTest::newRow("inputs") << QByteArray("-a file echo");
        QTest::newRow("folder") << QByteArray("--wd x echo ::: a");
        QTest::newRow("deleted later") << QByteArray("-j1 --wd ../gone/x --no-store -- ::: 'rmdir ../x; true' ./y");
    }

    void aDeletedFolderIsNamed()
    {
        QFETCH(QByteArray, words);
        const bool isLater = words.contains("gone/x");
        const ProgramResult result = m_runner.shell(
            "mkdir -p gone; cd gone; " + QByteArray(isLater ? ":" : "rmdir ../gone") + "; exec \"$PROCESSION\" run " + words);
        const QByteArray folder = QFile::encodeName(m_runner.path(QStringLiteral("gone")));
        QVERIFY2(result.err.contains(folder) && result.err.contains("has been deleted"), result.err.constData());
        QCOMPARE(result.err.count('\n'), 1);
    }

    void notesAndErrorsAreShort_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray large(100'000, 'x');
        QTest::newRow("not started") << QByteArrayList{"absent" + large, large, ":::", "a"}
                                     << QByteArray("task 1 could not start");
        QTest::newRow("timed out") << QByteArrayList{"--timeout", "0.1", "sleep 60; : {}", ":::", large}
                                   << QByteArray("task 1 ran longer");
        QTest::newRow("no number") << QByteArrayList{"echo $(({}))", ":::", large} << QByteArray("is no number");
        QTest::newRow("colsep") << QByteArrayList{"-C", '(' + large, "echo", ":::", "a"} << QByteArray("cannot separate columns");
        QTest::newRow("halt") << QByteArrayList{"--halt", large, "echo", ":::", "a"} << QByteArray("--halt: ");
        QTest::newRow("unknown") << QByteArrayList{"--" + large, "echo", ":::", "a"} << QByteArray("is no option");
        QTest::newRow("retries") << QByteArrayList{"--retries", large, "echo", ":::", "a"} << QByteArray("give a whole number");
        QTest::newRow("function") << QByteArrayList{"--function", large + ":f", ":::", "a"} << QByteArray("There is no library");
        QTest::newRow("file") << QByteArrayList{"echo", "::::", large} << QByteArray("File name too long");
        QTest::newRow("job log") << QByteArrayList{"--joblog", large, "echo", ":::", "a"} << QByteArray("File name too long");
    }

    void notesAndErrorsAreShort()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(QByteArray, expected);
        const ProgramResult result = m_runner.run(arguments);
        QVERIFY(result.status != 0);
        QVERIFY2(result.err.contains(expected), result.err.left(3000).constData());
        QVERIFY2(result.err.size() < 1100, result.err.left(3000).constData());
    }

    void notesBeginALine()
    {
        const ProgramResult result = m_runner.run({"--timeout", "0.2", "printf e >&2; sleep 60; : {}", ":::", "a"});
        QVERIFY2(result.err.startsWith("e\nprocession: task 1 ran longer"), result.err.constData());
    }

    void aFolderIsNoShell()
    {
        QCOMPARE(m_runner.shell("mkdir bash; SHELL=$PWD/bash exec \"$PROCESSION\" run 'echo {}; true' ::: a").out, "a\n");
    }

    void nicenessIsAdded()
    {
        const ProgramResult result = m_runner.shell("nice -n 5 nice; \"$PROCESSION\" run --nice 5 'nice; : {}' ::: a");
        const QByteArrayList lines = result.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[1], lines[0]);
    }

    void progressIsPlainWithoutTerminal()
    {
        const ProgramResult result = m_runner.run({"--bar", "-j1", "sleep 0.3; : {}", ":::", "1", "2", "3"});
        QVERIFY2(!result.err.contains('\r') && !result.err.contains('\x1b'), result.err.constData());
        QVERIFY2(result.err.endsWith('\n') && result.err.contains("100%  3/3"), result.err.constData());
        QVERIFY2(result.err.count('\n') <= 4, result.err.constData());
    }

    void progressIsOneLineOnTerminal()
    {
        const ProgramResult result
            = m_runner.shell("script -qc '\"$PROCESSION\" run --bar --no-store -j1 \"sleep 0.3; echo out{}\" ::: 1 2' /dev/null");
        QVERIFY2(result.out.contains("\r\x1b[K["), result.out.constData());
        QVERIFY2(result.out.contains("\r\x1b[Kout1\r\n"), result.out.constData());
        QCOMPARE(result.out.count('\n'), 3);
    }

    void progressLeavesOutputWithoutNewline()
    {
        const ProgramResult result = m_runner.shell("script -qc '\"$PROCESSION\" run --bar --no-store -j1 \"printf out{}; test "
                                                    "{} = 3 || sleep 0.5\" ::: 1 2 3' /dev/null");
        for (const char *output : {"out1\r\n", "out3\r\n"})
            QVERIFY2(result.out.contains(output), result.out.constData());
    }

    void unrecordedLeavesNothing()
    {
        const ProgramRunner runner;
        const ProgramResult result = runner.shell("mkdir tmp; TMPDIR=$PWD/tmp \"$PROCESSION\" run --no-store 'head -c 300000 "
                                                  "/dev/zero; : {}' ::: 1 2 | wc -c; ls -A tmp; ls -d store");
        QCOMPARE(result.out, "600000\n");
    }

    void resultsHaveNamesForAnyValue()
    {
        m_runner.run({"--results", "out", "echo {}", ":::", "", ".", "..", "a/b", "a\\b", "\xff", QByteArray(300, 'x')});
        QCOMPARE(m_runner.shell("ls -A out/1 | wc -l").out, "7\n");
        QCOMPARE(m_runner.read(QStringLiteral("out/1/a\\_b/stdout")), "a/b\n");
        QCOMPARE(m_runner.read(QStringLiteral("out/1/\\../seq")), "3");
        QCOMPARE(m_runner.shell("find out -name '*tmp*' | wc -l; rm -r out").out, "0\n");
    }

    void resultsThatCannotBeWritten()
    {
        m_runner.write(QStringLiteral("file"), "");
        const ProgramResult result = m_runner.run({"--results", "file/x", "echo", ":::", "a"});
        QCOMPARE(result.status, 255);
        QVERIFY2(result.err.contains("file/x"), result.err.constData());
    }

    void clockIsSet_data()
    {
        QTest::addColumn<QByteArray>("seconds");
        QTest::newRow("back") << QByteArray("-86400");
        QTest::newRow("forward") << QByteArray("86400");
    }

    /// While a job runs: what it took is what went by.
    void clockIsSet()
    {
        SKIP_UNDER_SANITIZERS("a library cannot be loaded before the sanitizer's");
        QFETCH(QByteArray, seconds);
        const ProgramRunner runner;
        const QByteArray library = QFile::encodeName(QCoreApplication::applicationDirPath() + QStringLiteral("/libclockjump.so"));
        const ProgramResult result = runner.shell("export CLOCKJUMP_FILE=$PWD/set CLOCKJUMP_SECONDS=" + seconds + "\nLD_PRELOAD="
            + library + " \"$PROCESSION\" run --progress 'touch set; sleep 0.2; : {}' ::: 1\n\"$PROCESSION\" jobs show 1");
        const auto tookSome = [](const QByteArray &text, const QString &before) {
            const auto match = QRegularExpression(before + QStringLiteral(" +([0-9.]+) s")).match(QString::fromUtf8(text));
            return match.hasMatch() && match.captured(1).toDouble() >= 0.2;
        };
        QVERIFY2(tookSome(result.err, QStringLiteral("1/1.* in")), result.err.constData());
        QVERIFY2(tookSome(result.out, QStringLiteral("Took")), result.out.constData());
    }

    void interpreterThatIsMissing()
    {
        const ProgramRunner runner;
        const ProgramResult result = runner.shell("mkdir d; printf '#!/absent/interpreter\\n' > d/script; chmod +x d/script\n"
                                                  "\"$PROCESSION\" run ./d/script ::: a; \"$PROCESSION\" run --wd d ./script ::: "
                                                  "a; \"$PROCESSION\" run ./d/absent ::: a");
        const QByteArrayList notes = result.err.trimmed().split('\n');
        QCOMPARE(notes.size(), 3);
        for (const QByteArray &note : notes.first(2))
            QVERIFY2(note.contains("task 1 could not start: the interpreter of the program was not found: ./"), note.constData());
        QVERIFY2(notes[2].contains("task 1 could not start: command not found: ./d/absent a"), notes[2].constData());
    }

    void fullDiskOfTheStore()
    {
        if (m_runner.shell("unshare -m true").status != 0)
            QSKIP("needs the right to mount a file system");
        const ProgramResult result
            = m_runner.shell("mkdir -p small; exec unshare -m sh -c 'mount -t tmpfs -o size=300k none small"
                             " && exec \"$0\" run --store small/s.sqlite -j2 -k \"head -c 20000 /dev/zero; echo {}\""
                             " ::: $(seq 1 40 | tr \"\\n\" \" \")' '"
                + ProgramRunner::program() + "'");
        QCOMPARE(result.status, 255);
        QVERIFY2(result.err.contains("disk is full") && result.err.contains("could not be recorded"), result.err.constData());
        QCOMPARE(result.out.count('\n'), 40); // nobody's output is lost for it
    }

    void helpNamesEveryOption()
    {
        const ProgramResult result = m_runner.run({"--help"});
        QCOMPARE(result.status, 0);
        for (const char *option : {"--arg-file", "--null", "--colsep", "--header", "--jobs", "--keep-order", "--bar",
                 "--progress", "--eta", "--joblog", "--results", "--resume", "--resume-failed", "--retries", "--timeout",
                 "--halt", "--delay", "--tag", "--dry-run", "--load", "--memfree", "--nice", "--workdir", "--env", "--shell",
                 "--name", "--store", "--no-store", "--keep-grandchildren"})
            QVERIFY2(result.out.contains(option), option);
    }

private:
    ProgramRunner m_runner;
};

QTEST_GUILESS_MAIN(TestRun)
#include "tst_run.moc"
