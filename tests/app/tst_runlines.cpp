// SPDX-License-Identifier: GPL-3.0-or-later
// --line-buffer: lines are printed while their task runs, and each byte once.
#include "programrun.h"

#include <QtTest/QtTest>

class TestRunLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_runner = std::make_unique<ProgramRunner>(); }

    void linesComeWhileTheTaskRuns_data()
    {
        QTest::addColumn<QByteArrayList>("options");
        QTest::addColumn<QByteArray>("tag");
        QTest::newRow("plain") << QByteArrayList{} << QByteArray();
        QTest::newRow("unrecorded") << QByteArrayList{"--no-store"} << QByteArray();
        QTest::newRow("in order") << QByteArrayList{"-k"} << QByteArray();
        QTest::newRow("tagged") << QByteArrayList{"--tag"} << QByteArray("1\t");
    }

    // The task goes on only when its first line was read.
    void linesComeWhileTheTaskRuns()
    {
        QFETCH(QByteArrayList, options);
        QFETCH(QByteArray, tag);
        const ProgramResult result = m_runner->shell("timeout 30 \"$PROCESSION\" run --lb " + options.join(' ')
            + " 'echo first; printf half; until test -e go; do sleep 0.01; done; echo last; printf end; : {}' ::: 1 |"
              " { IFS= read -r line; echo \"read $line\"; touch go; cat; }");
        QCOMPARE(result.out, "read " + tag + "first\n" + tag + "halflast\n" + tag + "end");
    }

    void errorsComeToo()
    {
        const ProgramResult result
            = m_runner->shell("{ timeout 30 \"$PROCESSION\" run --lb 'echo e >&2; until test -e go; do sleep 0.01; done; : {}'"
                              " ::: 1 2>&1 >&3 | { IFS= read -r line; echo \"read $line\"; touch go; cat; }; } 3>&1");
        QCOMPARE(result.out, "read e\n");
    }

    // The second task has ended before the first one writes more.
    void linesOfATaskWhoseTurnItIsNotWait()
    {
        const ProgramResult result = m_runner->shell(
            "timeout 30 \"$PROCESSION\" run -j2 -k --lb"
            " 'echo a{}; test {} = 2 || until test -e go; do sleep 0.01; done; echo b{}; test {} = 1 || touch go' ::: 1 2");
        QCOMPARE(result.out, "a1\nb1\na2\nb2\n");
    }

    // Both run until the other has written, and the second one still when it is its turn.
    void linesOfTheNextTaskComeAtItsTurn()
    {
        const ProgramResult result
            = m_runner->shell("timeout 30 \"$PROCESSION\" run -j2 -k --lb"
                              " 'echo a{}; touch s{}; until test -e s1 && test -e s2; do sleep 0.01; done;"
                              " test {} = 1 || until test -e go; do sleep 0.01; done; echo b{}' ::: 1 2 |"
                              " while IFS= read -r line; do echo \"$line\"; test \"$line\" != a2 || touch go; done");
        QCOMPARE(result.out, "a1\nb1\na2\nb2\n");
    }

    void linesDoNotMixAndNothingIsLost()
    {
        const ProgramResult result
            = m_runner->shell("\"$PROCESSION\" run -j4 --lb --tag 'seq {}00001 {}20000' ::: 1 2 3 4 5 6 > out; echo $?;"
                              "for i in 1 2 3 4 5 6; do seq ${i}00001 ${i}20000 | sed \"s/^/$i\t/\"; done | sort | sha256sum; "
                              "sort out | sha256sum");
        const QByteArrayList parts = result.out.trimmed().split('\n');
        QCOMPARE(parts.size(), 3);
        QCOMPARE(parts[0], "0");
        QCOMPARE(parts[1], parts[2]);
    }

    // More than is held for a reader who takes his time, and a line that is longer than that.
    void muchOutputIsPrintedOnce()
    {
        const ProgramResult result = m_runner->shell(
            "\"$PROCESSION\" run -j2 -k --lb 'seq 4000000; head -c 20000000 /dev/zero; : {}' ::: 1 2 | { wc -c >&2; };"
            "\"$PROCESSION\" run -k --lb 'seq 4000000; head -c 20000000 /dev/zero; : {}' ::: 1 | sha256sum;"
            "{ seq 4000000; head -c 20000000 /dev/zero; } | sha256sum");
        QCOMPARE(result.err.trimmed(), QByteArray::number(2 * (30888896 + 20000000)));
        const QByteArrayList sums = result.out.trimmed().split('\n');
        QCOMPARE(sums.size(), 2);
        QCOMPARE(sums[0], sums[1]);
    }

    void resumesRecordsAndLogs()
    {
        const QByteArrayList command{
            "-j1", "--lb", "--joblog", "log", "--results", "tree", "echo {}; test {} != 2 || test -e ok", ":::", "1", "2"};
        QCOMPARE(m_runner->run(command).out, "1\n2\n");
        QCOMPARE(m_runner->read(QStringLiteral("tree/1/2/stdout")), "2\n");
        QCOMPARE(m_runner->jobs({"show", "1", "--task", "1", "--output"}).out, "1\n");
        m_runner->write(QStringLiteral("ok"), "");
        QCOMPARE(m_runner->run(QByteArrayList{"--resume-failed"} + command).out, "2\n");
        QCOMPARE(m_runner->read(QStringLiteral("log")).count('\n'), 4);
    }

    void everyTryIsPrinted_data()
    {
        QTest::addColumn<QByteArrayList>("options");
        QTest::newRow("as lines come") << QByteArrayList{"-j1"};
        QTest::newRow("in order") << QByteArrayList{"-k", "-j1"};
    }

    void everyTryIsPrinted()
    {
        QFETCH(QByteArrayList, options);
        const ProgramResult result = m_runner->run(options
            + QByteArrayList{"--lb", "--retries", "2", "--retry-delay", "0", "echo x >>f{}; echo {} $(wc -l <f{}); test -e never",
                ":::", "a", "b"});
        QCOMPARE(result.out, "a 1\na 2\nb 1\nb 2\n");
        QCOMPARE(result.status, 2);
    }

private:
    std::unique_ptr<ProgramRunner> m_runner;
};

QTEST_GUILESS_MAIN(TestRunLines)
#include "tst_runlines.moc"
