// SPDX-License-Identifier: GPL-3.0-or-later
#include "programrun.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

class TestJobsVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_runner = std::make_unique<ProgramRunner>(); }

    void emptyStore()
    {
        const ProgramResult result = m_runner->jobs({});
        QCOMPARE(result.status, 0);
        QVERIFY2(result.out.contains("procession run"), result.out.constData());
        QCOMPARE(m_runner->jobs({"--json"}).out.simplified(), "[ ]");
    }

    void listsNewestFirst()
    {
        m_runner->run({"--name", "first one", "true {}", ":::", "1", "2"});
        m_runner->run({"exit {}; :", ":::", "0", "1"});
        const QByteArrayList lines = m_runner->jobs({}).out.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines[1].simplified().startsWith("2 Finished 1 1 2 "), lines[1].constData());
        QVERIFY2(lines[2].simplified().startsWith("1 Finished 2 0 2 ") && lines[2].endsWith("first one"), lines[2].constData());
        QCOMPARE(m_runner->jobs({"-n", "1"}).out.count('\n'), 2);

        const QJsonArray jobs = QJsonDocument::fromJson(m_runner->jobs({"--json"}).out).array();
        QCOMPARE(jobs.size(), 2);
        const QJsonObject newest = jobs.at(0).toObject();
        QCOMPARE(newest.value(QStringLiteral("id")).toInt(), 2);
        QCOMPARE(newest.value(QStringLiteral("state")).toString(), QStringLiteral("finished"));
        QCOMPARE(newest.value(QStringLiteral("tasks")).toObject().value(QStringLiteral("failed")).toInt(), 1);
        QVERIFY(newest.value(QStringLiteral("ended")).toString().endsWith(QLatin1Char('Z')));
    }

    void showsTasksAndAttempts()
    {
        m_runner->run({"-j1", "--retries", "2", "echo out{}; echo err{} >&2; exit {}", ":::", "0", "3"});
        const QByteArray text = m_runner->jobs({"show", "1"}).out;
        QVERIFY2(text.contains("2: 1 done, 1 failed"), text.constData());
        QVERIFY2(text.contains("exit code 3"), text.constData());
        QVERIFY2(text.contains("echo out3; echo err3 >&2; exit 3"), text.constData());
        const QByteArray task = m_runner->jobs({"show", "1", "--task", "2"}).out;
        for (const char *part : {"Attempt 1", "Attempt 2", "out3", "err3", "exit code 3"})
            QVERIFY2(task.contains(part), task.constData());
        const QJsonArray attempts = QJsonDocument::fromJson(m_runner->jobs({"show", "1", "--task", "2", "--json"}).out).array();
        QCOMPARE(attempts.size(), 2);
        QCOMPARE(attempts.at(1).toObject().value(QStringLiteral("exitCode")).toInt(), 3);
        const QJsonObject job = QJsonDocument::fromJson(m_runner->jobs({"show", "1", "--json"}).out).object();
        QCOMPARE(job.value(QStringLiteral("taskList")).toArray().size(), 2);
    }

    void outputIsByteForByte()
    {
        m_runner->run({"printf '\\377\\000\\n'; printf e >&2; : {}", ":::", "a"});
        QCOMPARE(m_runner->jobs({"show", "1", "--task", "1", "--output"}).out, QByteArray("\xff\0\n", 3));
        QCOMPARE(m_runner->jobs({"show", "1", "--task", "1", "--errors"}).out, "e");
        m_runner->run({"head -c 3000000 /dev/zero; : {}", ":::", "a"});
        QCOMPARE(m_runner->jobs({"show", "2", "--task", "1", "--output"}).out, QByteArray(3'000'000, '\0'));
    }

    void removes()
    {
        m_runner->run({"true {}", ":::", "1"});
        m_runner->run({"true {}", ":::", "2"});
        QCOMPARE(m_runner->jobs({"remove", "1"}).status, 0);
        QCOMPARE(m_runner->jobs({}).out.count('\n'), 2);
        const ProgramResult again = m_runner->jobs({"remove", "1"});
        QCOMPARE(again.status, 255);
        QVERIFY2(again.err.contains("there is no job 1"), again.err.constData());
    }

    void resumesAndRetriesFromAnyFolder()
    {
        const QByteArray cannot = "echo {} >> done; test {} != 2 || test -e ok";
        QCOMPARE(m_runner->run({"-j1", "--halt", "soon,fail=1", cannot, ":::", "1", "2", "3"}).status, 1);
        QCOMPARE(m_runner->shell("cd / && \"$PROCESSION\" jobs resume 1").status, 0);
        QCOMPARE(m_runner->read(QStringLiteral("done")), "1\n2\n3\n");
        m_runner->write(QStringLiteral("ok"), "");
        QCOMPARE(m_runner->shell("cd / && \"$PROCESSION\" jobs retry 1").status, 0);
        QCOMPARE(m_runner->read(QStringLiteral("done")), "1\n2\n3\n2\n");
        QCOMPARE(m_runner->jobs({}).out.count('\n'), 2);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("verb") << QByteArrayList{"dance"} << QByteArray("\"dance\"");
        QTest::newRow("no job") << QByteArrayList{"show", "77"} << QByteArray("there is no job 77");
        QTest::newRow("no number") << QByteArrayList{"show", "x"} << QByteArray("\"x\"");
        QTest::newRow("nothing to show") << QByteArrayList{"show"} << QByteArray("give the number of a job");
        QTest::newRow("option") << QByteArrayList{"--jsno"} << QByteArray("did you mean --json?");
        QTest::newRow("unlike any") << QByteArrayList{"--größe"} << QByteArray("--größe is no option");
        QTest::newRow("no UTF-8") << QByteArrayList{"--gr\xf6\x1b"} << QByteArray("--gr\\xf6\\x1b is no option");
        QTest::newRow("no task") << QByteArrayList{"show", "1", "--output"} << QByteArray("--task");
        QTest::newRow("task") << QByteArrayList{"show", "1", "--task", "5"} << QByteArray("no task 5");
        QTest::newRow("command") << QByteArrayList{"retry", "1", "echo"} << QByteArray("only options");
        QTest::newRow("retry of nothing") << QByteArrayList{"retry", "9"} << QByteArray("9");
    }

    void refusals()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(QByteArray, expected);
        m_runner->run({"true {}", ":::", "1"});
        const ProgramResult result = m_runner->jobs(arguments);
        QCOMPARE(result.status, 255);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.startsWith("procession: ") && result.err.contains(expected), result.err.constData());
    }

    void helpAndVersion()
    {
        for (const char *arguments : {"help", "--help", "-h", "help run", "help jobs", "jobs --help", "help attach",
                 "attach --help", "version", "--version", "run --help", "run -V"}) {
            const ProgramResult result = m_runner->shell(QByteArray("\"$PROCESSION\" ") + arguments);
            QCOMPARE(result.status, 0);
            QVERIFY2(!result.out.isEmpty() && result.err.isEmpty(), arguments);
        }
        QCOMPARE(m_runner->shell("\"$PROCESSION\" help nothing").status, 255);
    }

    void saysNothingOfAnOddLocale()
    {
        QCOMPARE(m_runner->shell("LC_ALL=POSIX \"$PROCESSION\" run --no-store echo ::: ü").err, QByteArray());
        QCOMPARE(m_runner->shell("LC_ALL=POSIX \"$PROCESSION\" run --no-store 'echo $LC_ALL {}' ::: ü").out, "POSIX ü\n");
    }

private:
    std::unique_ptr<ProgramRunner> m_runner;
};

QTEST_GUILESS_MAIN(TestJobsVerb)
#include "tst_jobsverb.moc"
