// SPDX-License-Identifier: GPL-3.0-or-later
// Going on with a job log of the installed GNU parallel, which quotes inputs in its own way.
#include "parallelpeer.h"

#include <QtTest/QtTest>

class TestRunParallelResume : public ParallelTest
{
    Q_OBJECT

private Q_SLOTS:
    void knowsCommandsAgain_data()
    {
        QTest::addColumn<QByteArrayList>("command");
        QTest::addColumn<QByteArrayList>("inputs");
        const QByteArrayList nasty{"it's", "a,b", "a:b", "a@b", "a%b", "a b", "a\"b", "", "a=b", "~", "#x", "-n", "'", "''",
            "a'b'c", "if", "$x", "\\", "*", "\xff"};
        const QByteArrayList three{"a b", "c", "it's"};
        const auto row = [](const char *title, const QByteArrayList &command, const QByteArrayList &inputs) {
            QTest::newRow(title) << command << inputs;
        };
        row("values", {"echo"}, nasty);
        row("values for a shell", {"echo {} | cat"}, nasty);
        row("worker's number", {"echo {%} {}"}, nasty);
        row("worker's number alone", {"echo {%}-{#}; : {}"}, three);
        row("backslashes in double quotes", {"printf \"a\\tb\\\\ \\\" \\$HOME\" {}"}, nasty);
        row("in double quotes", {"echo \"x {} y\"; true"}, three);
        row("in single quotes", {"echo 'x{}y'"}, {"a", "c,d", "e:f"});
        row("in a substitution", {"echo \"$(echo \"{}\")\"; true"}, three);
        row("beside a variable", {"v=1; echo \"$v\"{} ${v}"}, three);
        row("quoted", {"-q", "echo", "a  b;{}", "it's"}, three);
        row("parts", {"echo {.} {/} {//} {/.} {#}"}, {"a,b/c,d.e", "f"});
        row("first", {"{} x"}, {"echo a", "printf b"});
        row("whole commands", {}, {"echo a,b", "echo 'c'", "true"});
        row("several inputs", {"-N2", "echo"}, nasty);
        row("words of several inputs", {"-N2", "echo", "x{}y,z"}, nasty);
        row("as many as fit", {"-X", "echo"}, nasty);
        row("columns", {"-C", ",", "echo {1} [{2}]"}, {"a:b,c", "d", ",e"});
        row("names", {"--header", ":", "echo {n}"}, {"n", "a,b", "c d"});
        row("names that are not there", {"--header", ":", "echo '{m}' {}"}, {"n", "a,b", "c d"});
        row("before a redirection", {"echo x {} >/dev/null"}, nasty);
        row("newlines in the template", {"echo a\necho {}"}, three);
        row("arithmetic", {"echo $((1 + {}))"}, {"1", "22"});
    }

    void knowsCommandsAgain()
    {
        QFETCH(QByteArrayList, command);
        QFETCH(QByteArrayList, inputs);
        const QByteArrayList options{"-k", "-j1", "--joblog", "log"};
        const QByteArrayList rest = command + QByteArrayList{":::"} + inputs;
        m_peer.run(options + rest);
        for (const bool afterTheirs : {false, true}) {
            const ProgramResult again = m_peer.runAgain(QByteArrayList{"--resume"} + options + rest, afterTheirs);
            QCOMPARE(again.out, QByteArray());
            QCOMPARE(again.err, QByteArray());
            QCOMPARE(again.status, 0);
        }
    }

    void othersRun()
    {
        const QByteArrayList options{"-k", "-j2", "--joblog", "log", "echo {%} {}"};
        m_peer.run(options + QByteArrayList{":::", "a,b", "c", "d"});
        // Another order, and with more workers.
        const ProgramResult again = m_peer.runAgain(
            QByteArrayList{"--resume", "-j1", "-k", "--joblog", "log", "echo {%} {}", ":::", "new", "d", "c", "a,b", "a"}, true);
        QCOMPARE(again.out, "1 new\n1 a\n");
    }

    void failuresStayFailures()
    {
        const QByteArrayList options{"-k", "-j1", "--joblog", "log", "test -e ok || echo {}; test -e ok || test {} != 'b,c'"};
        const QByteArrayList inputs{":::", "a:b", "b,c", "d"};
        m_peer.run(options + inputs);
        QCOMPARE(m_peer.runAgain(QByteArrayList{"--resume"} + options + inputs, true).out, QByteArray());
        QCOMPARE(m_peer.runAgain(QByteArrayList{"--resume-failed"} + options + inputs, true).out, "b,c\n");
    }
};

QTEST_GUILESS_MAIN(TestRunParallelResume)
#include "tst_runparallelresume.moc"
