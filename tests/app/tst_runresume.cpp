// SPDX-License-Identifier: GPL-3.0-or-later
// Going on with a job: from the store and from a job log, after a stop, a failure and a kill.
#include "programrun.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

class TestRunResume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_runner = std::make_unique<ProgramRunner>(); }

    void runsOnlyWhatIsMissing()
    {
        const QByteArrayList command{"echo {} >> done; echo {}; test {} != 3 || test -e ok"};
        const QByteArrayList options{"-k", "-j1", "--halt", "soon,fail=1"};
        const QByteArrayList inputs{":::", "1", "2", "3", "4", "5"};
        QCOMPARE(m_runner->run(options + command + inputs).out, "1\n2\n3\n");
        // What failed stays failed.
        ProgramResult result = m_runner->run(QByteArrayList{"--resume"} + options + command + inputs);
        QCOMPARE(result.out, "4\n5\n");
        QCOMPARE(result.status, 0);
        m_runner->write(QStringLiteral("ok"), "");
        result = m_runner->run(QByteArrayList{"--resume-failed"} + options + command + inputs);
        QCOMPARE(result.out, "3\n");
        QCOMPARE(result.status, 0);
        QCOMPARE(m_runner->run(QByteArrayList{"--resume-failed"} + options + command + inputs).out, QByteArray());
        QCOMPARE(m_runner->read(QStringLiteral("done")), "1\n2\n3\n4\n5\n3\n");
        QCOMPARE(jobs().size(), 1);
    }

    void comparesCommandsNotNumbers()
    {
        m_runner->run({"-k", "echo", ":::", "a", "b"});
        QCOMPARE(m_runner->run({"-k", "--resume", "echo", ":::", "new", "b", "a", "a"}).out, "new\na\n");
        QCOMPARE(jobs().size(), 1);
        QCOMPARE(jobs().at(0).toObject().value(QStringLiteral("total")).toInt(), 4);
    }

    void anotherCommandIsAnotherJob()
    {
        m_runner->run({"-k", "echo", "x{}", ":::", "a"});
        QCOMPARE(m_runner->run({"-k", "--resume", "echo", "y{}", ":::", "a"}).out, "ya\n");
        QCOMPARE(jobs().size(), 2);
    }

    void fromJobLog_data()
    {
        QTest::addColumn<QByteArray>("option");
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<int>("status");
        QTest::newRow("resume") << QByteArray("--resume") << QByteArray("4\n") << 0;
        QTest::newRow("resume-failed") << QByteArray("--resume-failed") << QByteArray("2\n4\n") << 1;
    }

    // Also one that GNU parallel began.
    void fromJobLog()
    {
        QFETCH(QByteArray, option);
        QFETCH(QByteArray, out);
        QFETCH(int, status);
        const QByteArrayList command{"-k", "-j1", "--joblog", "log", "echo {}; test {} != 2"};
        for (const bool theirs : {false, true}) {
            if (theirs && m_runner->parallel({"--version"}).status != 0)
                continue;
            QFile::remove(m_runner->path(QStringLiteral("log")));
            const QByteArrayList first = command + QByteArrayList{":::", "1", "2", "3"};
            QCOMPARE((theirs ? m_runner->parallel(first) : m_runner->run(first)).out, "1\n2\n3\n");
            const ProgramResult result
                = m_runner->run(QByteArrayList{option} + command + QByteArrayList{":::", "1", "2", "3", "4"});
            QCOMPARE(result.out, out);
            QCOMPARE(result.status, status);
        }
    }

    void damagedJobLogIsRefused()
    {
        m_runner->write(QStringLiteral("log"), "this is no job log\n");
        const ProgramResult result = m_runner->run({"--resume", "--joblog", "log", "echo", ":::", "a"});
        QCOMPARE(result.status, 255);
        QCOMPARE(m_runner->read(QStringLiteral("log")), "this is no job log\n");
    }

    void aJobThatRunsIsNotResumed()
    {
        const ProgramResult result
            = m_runner->shell("\"$PROCESSION\" run 'touch started; sleep 65; :' ::: 1 & p=$!; echo $p\n"
                              "while ! test -e started; do sleep 0.01; done\n"
                              "\"$PROCESSION\" run --resume 'touch started; sleep 65; :' ::: 1; echo $?\n"
                              "kill -TERM $p; wait $p"); // a shell lets its background programs ignore SIGINT
        const QByteArrayList lines = result.out.trimmed().split('\n');
        QCOMPARE(lines.value(1), "255");
        QVERIFY2(result.err.contains(lines.value(0)), result.err.constData());
    }

    void interruptedJobGoesOn()
    {
        const QByteArray command = "'test {} = 1 || { touch started; test -e go || sleep 66; }; echo {} >> done; echo {}; :'";
        ProgramResult result = m_runner->shell("\"$PROCESSION\" run -j1 " + command
            + " ::: 1 2 3 & p=$!\nwhile ! test -e started; do sleep 0.01; done\nkill -TERM $p; wait $p; echo $?");
        QCOMPARE(result.out, "1\n143\n");
        m_runner->write(QStringLiteral("go"), "");
        result = m_runner->shell("\"$PROCESSION\" run -j1 --resume " + command + " ::: 1 2 3");
        QCOMPARE(result.out, "2\n3\n");
        QCOMPARE(m_runner->read(QStringLiteral("done")), "1\n2\n3\n");
    }

    void killedProgramGoesOn()
    {
        // A task may have ended unseen in the instant of the kill; what was printed was recorded.
        for (const char *wait : {"0.1", "0.2", "0.3"}) {
            const ProgramRunner runner;
            const QByteArray command = "\"$PROCESSION\" run -k -j2 'sleep 0.002; echo {}' ::: $(seq 200)";
            const ProgramResult first
                = runner.shell(command + " > first & p=$!; sleep " + wait + "; kill -9 $p; wait $p; cat first");
            const ProgramResult second = runner.shell(
                "exec " + command.left(command.indexOf(" -k")) + " --resume" + command.mid(command.indexOf(" -k")));
            QVERIFY2(second.status == 0, second.err.constData());
            QList<int> printed;
            for (const QByteArray &line : (first.out + second.out).trimmed().split('\n'))
                printed.append(line.toInt());
            QCOMPARE(QSet<int>(printed.begin(), printed.end()).size(), printed.size());
            const QJsonObject job = jobs(runner).at(0).toObject();
            QCOMPARE(job.value(QStringLiteral("tasks")).toObject().value(QStringLiteral("done")).toInt(), 200);
            for (int task = 1; task <= 200; task += 33)
                QCOMPARE(runner
                             .jobs({"show", QByteArray::number(job.value(QStringLiteral("id")).toInt()), "--task",
                                 QByteArray::number(task), "--output"})
                             .out,
                    QByteArray::number(task) + '\n');
        }
    }

private:
    static QJsonArray jobs(const ProgramRunner &runner) { return QJsonDocument::fromJson(runner.jobs({"--json"}).out).array(); }
    QJsonArray jobs() const { return jobs(*m_runner); }

    std::unique_ptr<ProgramRunner> m_runner;
};

QTEST_GUILESS_MAIN(TestRunResume)
#include "tst_runresume.moc"
