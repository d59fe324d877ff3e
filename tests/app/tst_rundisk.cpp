// SPDX-License-Identifier: GPL-3.0-or-later
// What tasks write does not fill the disk, and does not stay in the store for ever.
#include "programrun.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QtTest>

class TestRunDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_runner = std::make_unique<ProgramRunner>(); }

    void endlessWriterIsEnded_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::newRow("recorded") << QByteArray();
        QTest::newRow("not recorded") << QByteArray("--no-store");
        QTest::newRow("in order") << QByteArray("-k");
        QTest::newRow("lines") << QByteArray("--lb");
        QTest::newRow("tries") << QByteArray("--retries 3");
    }

    void endlessWriterIsEnded()
    {
        QFETCH(QByteArray, options);
        const ProgramResult result = m_runner->shell(
            "\"$PROCESSION\" run -j2 --output-limit 1M " + options + " 'echo x >> started; exec yes' ::: 1 2 | wc -c");
        QVERIFY2(result.err.contains("task 1 wrote more than 1.0 MB and was ended: "), result.err.constData());
        QVERIFY2(result.err.contains("--output-limit SIZE lets it write more"), result.err.constData());
        QVERIFY2(result.out.toLongLong() >= 2 * 64 * 1024 && result.out.toLongLong() <= 2 * 1024 * 1024, result.out.constData());
        QCOMPARE(m_runner->read(QStringLiteral("started")), QByteArray("x\nx\n"));
        QTRY_COMPARE(m_runner->living(), QByteArrayList());
    }

    void limitCountsExactly_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<bool>("fits");
        QTest::newRow("exactly") << QByteArray("head -c 100000 /dev/zero; : {}") << true;
        QTest::newRow("one more") << QByteArray("head -c 100001 /dev/zero; : {}") << false;
        QTest::newRow("of both streams") << QByteArray("head -c 60000 /dev/zero; head -c 40001 /dev/zero >&2; : {}") << false;
        QTest::newRow("little") << QByteArray("echo x; : {}") << true;
        QTest::newRow("heeds no signal") << QByteArray("trap '' TERM; yes; sleep 100; : {}") << false;
        QTest::newRow("writes while it ends")
            << QByteArray("trap 'head -c 1000000 /dev/zero; exit 0' TERM; yes & wait; : {}") << false;
    }

    void limitCountsExactly()
    {
        QFETCH(QByteArray, command);
        QFETCH(bool, fits);
        const ProgramResult result = m_runner->run({"--output-limit", "100000", "--kill-grace", "200ms", command, ":::", "a"});
        QCOMPARE(result.status, fits ? 0 : 1);
        const QByteArray shown = m_runner->jobs({"show", "1", "--task", "1"}).out;
        QCOMPARE(shown.contains("ended for its output"), !fits);
        if (!fits) {
            const qint64 kept = m_runner->jobs({"show", "1", "--task", "1", "--output"}).out.size()
                + m_runner->jobs({"show", "1", "--task", "1", "--errors"}).out.size();
            QCOMPARE(kept, 100000);
        }
        QTRY_COMPARE(m_runner->living(), QByteArrayList());
    }

    void limitIsRecorded()
    {
        QCOMPARE(
            m_runner->run({"--joblog", "log", "--output-limit", "1000", "head -c 5000 /dev/zero; : {}", ":::", "a"}).status, 1);
        QCOMPARE(
            m_runner->run({"--joblog", "log2", "--output-limit", "0", "head -c 5000 /dev/zero; : {}", ":::", "a"}).status, 0);
        const QByteArrayList fields = m_runner->read(QStringLiteral("log")).split('\n').at(1).split('\t');
        QVERIFY2(fields.at(6) != "0" || fields.at(7) != "0", fields.at(6).constData());
        // The job's own limit goes on with it.
        QCOMPARE(m_runner->jobs({"retry", "1"}).status, 1);
    }

    void fullDisk_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::newRow("recorded") << QByteArray("--store disk/jobs.sqlite");
        QTest::newRow("not recorded") << QByteArray("--no-store");
        QTest::newRow("lines") << QByteArray("--store disk/jobs.sqlite --lb");
    }

    /// The disk is a small one of its own.
    void fullDisk()
    {
        QFETCH(QByteArray, options);
        // Kept, so that what is left is seen.
        const ProgramResult result = onSmallDisk(32,
            "export PROCESSION_KEEP_OUTPUT=all; TMPDIR=$PWD/disk \"$PROCESSION\" run -j3 " + options
                + " 'test {} = 3 && exec seq 20; exec yes {}' ::: 1 2 3 > out; echo $?\n"
                  "df --output=avail -k disk | tail -n1");
        const QByteArrayList lines = result.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0], QByteArray("2"));
        QVERIFY2(lines[1].trimmed().toLongLong() > 500, lines[1].constData()); // KiB
        QVERIFY2(result.err.contains("task 1 ") && result.err.contains("task 2 ") && !result.err.contains("task 3 "),
            result.err.constData());
        QVERIFY2(m_runner->read(QStringLiteral("out")).contains("19\n20\n"), "the third task is printed");
    }

    void outputThatCannotBeWritten_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("run") << QByteArray("run echo ::: a");
        QTest::newRow("lines") << QByteArray("run --lb echo ::: a");
        QTest::newRow("dry run") << QByteArray("run --dry-run echo ::: a");
        QTest::newRow("jobs") << QByteArray("jobs");
        QTest::newRow("help") << QByteArray("run --help");
    }

    void outputThatCannotBeWritten()
    {
        QFETCH(QByteArray, command);
        const ProgramResult result = m_runner->shell("\"$PROCESSION\" " + command + " > /dev/full");
        QCOMPARE(result.status, 255);
        QCOMPARE(result.err, QByteArray("procession: stdout: No space left on device\n"));
    }

    void diskThatIsFullBefore()
    {
        // Little output needs no disk, much fails and says so.
        const ProgramResult result = onSmallDisk(4,
            "head -c 4M /dev/zero > disk/filler 2>/dev/null\n"
            "TMPDIR=$PWD/disk \"$PROCESSION\" run -k --no-store 'head -c {} /dev/zero' ::: "
            "60000 200000 1000 | wc -c");
        QCOMPARE(result.out.trimmed(), QByteArray("126536")); // of the second the first 64 KiB
        QCOMPARE(result.err.count("the output of task"), 1);
        QVERIFY2(
            result.err.contains("the output of task 2 could not be kept, and it failed: No space left"), result.err.constData());
    }

    void limitOfTheSizeOfFiles()
    {
        const ProgramResult result = m_runner->shell(
            "ulimit -f 200; \"$PROCESSION\" run -k --no-store 'head -c {} /dev/zero' ::: 1000000 5; echo \" $?\"");
        QVERIFY2(
            result.err.contains("the output of task 1 could not be kept, and it failed: File too large"), result.err.constData());
        QVERIFY(result.out.endsWith(" 1\n"));
    }

    void keepsWhatIsAsked_data()
    {
        QTest::addColumn<QByteArray>("kept");
        QTest::addColumn<qint64>("expected"); // bytes of the large stream
        QTest::newRow("all") << QByteArray("all") << qint64(300000);
        QTest::newRow("none") << QByteArray("none") << qint64(0);
        QTest::newRow("some in memory") << QByteArray("1000") << qint64(1000);
        QTest::newRow("some in a file") << QByteArray("100k") << qint64(100000);
        QTest::newRow("more than there is") << QByteArray("1G,30d") << qint64(300000);
    }

    void keepsWhatIsAsked()
    {
        QFETCH(QByteArray, kept);
        QFETCH(qint64, expected);
        const ProgramResult result = m_runner->run({"-k", "--keep-output", kept, "head -c {} /dev/zero", ":::", "300000", "5"});
        QCOMPARE(result.out.size(), 300005); // it is printed in full
        QCOMPARE(result.status, 0);
        QCOMPARE(m_runner->jobs({"show", "1", "--task", "1", "--output"}).out.size(), expected);
        QCOMPARE(m_runner->jobs({"show", "1", "--task", "2", "--output"}).out.size(), expected == 0 ? 0 : 5);
        const QByteArray left = m_runner->shell("ls store/jobs.sqlite-output/1 2>/dev/null | wc -l").out.trimmed();
        QCOMPARE(left, QByteArray(expected == 0 ? "0" : "1"));
        if (expected < 300000) {
            const ProgramResult shown = m_runner->jobs({"show", "1", "--task", "1", "--output"});
            QVERIFY2(shown.err.contains(expected == 0 ? "kept no longer" : "only the first"), shown.err.constData());
            QVERIFY(m_runner->jobs({"show", "1", "--task", "1"}).out.contains("kept no longer") || expected > 65536);
        }
        QCOMPARE(m_runner->jobs({"resume", "1"}).status, 0); // it knows that all is done
        QVERIFY(m_runner->jobs({"show", "1"}).out.contains("Output kept"));
    }

    void prunesTheOldest()
    {
        for (const char *size : {"200000", "300000", "400000"})
            m_runner->run({"head -c {} /dev/zero", ":::", size});
        const ProgramResult dry = m_runner->jobs({"prune", "--keep-output", "900k", "--dry-run"});
        QVERIFY2(dry.out.contains("would be removed"), dry.out.constData());
        QVERIFY2(dry.out.contains("Output of 2 jobs is kept"), dry.out.constData());
        const ProgramResult pruned = m_runner->jobs({"prune", "--keep-output", "1000k"});
        QCOMPARE(pruned.status, 0);
        QVERIFY2(pruned.out.startsWith("The stored output of 1 job"), pruned.out.constData());
        QVERIFY2(pruned.out.contains("Output of 2 jobs is kept: "), pruned.out.constData());
        QCOMPARE(m_runner->jobs({"show", "1", "--task", "1", "--output"}).out.size(), 0);
        QCOMPARE(m_runner->jobs({"show", "2", "--task", "1", "--output"}).out.size(), 300000);
        QCOMPARE(m_runner->jobs({"show", "3", "--task", "1", "--output"}).out.size(), 400000);
        QCOMPARE(m_runner->jobs({}).out.count('\n'), 4); // the jobs themselves stay
        QCOMPARE(m_runner->jobs({"resume", "1"}).status, 0);

        QVERIFY(m_runner->jobs({"prune", "--keep-output", "all,1ms"}).out.contains("Output of 0 jobs"));
        QCOMPARE(m_runner->jobs({"prune", "--keep-output", "much"}).status, 255);
    }

    void prunesByItself()
    {
        const QByteArray limited = "PROCESSION_KEEP_OUTPUT=500k \"$PROCESSION\" run 'head -c {} /dev/zero' ::: 300000 | wc -c";
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_runner->shell(limited).out, QByteArray("300000\n"));
        QCOMPARE(m_runner->jobs({"show", "1", "--task", "1", "--output"}).out.size(), 0);
        QCOMPARE(m_runner->jobs({"show", "2", "--task", "1", "--output"}).out.size(), 0);
        QCOMPARE(m_runner->jobs({"show", "3", "--task", "1", "--output"}).out.size(), 300000);
        const ProgramResult told = m_runner->shell(limited);
        QVERIFY2(told.err.contains("The stored output of 1 job"), told.err.constData());
        const ProgramResult wrong = m_runner->shell("PROCESSION_KEEP_OUTPUT=x \"$PROCESSION\" jobs prune");
        QVERIFY2(wrong.status == 255 && wrong.err.contains("PROCESSION_KEEP_OUTPUT"), wrong.err.constData());
    }

    void settingIsRead()
    {
        m_runner->shell("mkdir -p config/procession; printf '[store]\\nkeepOutput=3k,2d\\n' > config/procession/workbench.ini");
        const ProgramResult result = m_runner->shell("XDG_CONFIG_HOME=$PWD/config \"$PROCESSION\" jobs prune");
        QVERIFY2(result.out.contains("at most 3.0 kB, for"), result.out.constData());
    }

    /// Another program, or a busy machine, keeps the last transaction waiting for longer than any time-out that there was.
    void endIsRecordedHoweverLongItTakes()
    {
        QProcess process;
        m_runner->start(process, "mkfifo go; \"$PROCESSION\" run 'touch begun; read x < go; echo {}' ::: 1; echo $?");
        QTRY_VERIFY(QFile::exists(m_runner->path(QStringLiteral("begun"))));
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("block"));
            database.setDatabaseName(m_runner->store());
            QVERIFY(database.open());
            QVERIFY(QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE")));
            m_runner->write(QStringLiteral("go"), "\n");
            QVERIFY(!process.waitForFinished(6'500));
            database.close();
        }
        QSqlDatabase::removeDatabase(QStringLiteral("block"));
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(process.readAllStandardOutput(), QByteArray("1\n0\n"));
        QVERIFY(m_runner->jobs({}).out.contains("Finished"));
    }

    /// Its beginning is that of a store, so that tasks may have begun when the rest shows.
    void damagedStoreEndsTheRun()
    {
        QCOMPARE(m_runner->run({"true", ":::", "1"}).status, 0);
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("damage"));
            database.setDatabaseName(m_runner->store());
            QVERIFY(database.open());
            QVERIFY(QSqlQuery(database).exec(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("damage"));
        QFile file(m_runner->store());
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(100));
        file.write(QByteArray(static_cast<qsizetype>(file.size()) - 100, 'x'));
        file.close();
        const QByteArray damaged = m_runner->read(QStringLiteral("store/jobs.sqlite"));
        const ProgramResult result = m_runner->run({"sleep 300; :", ":::", "1", "2"});
        QCOMPARE(result.status, 255);
        QVERIFY2(result.err.contains("is damaged. Move it away to begin a new one"), result.err.constData());
        QCOMPARE(result.err.count("is damaged"), 1);
        QTRY_COMPARE(m_runner->living(), QByteArrayList());
        QCOMPARE(m_runner->read(QStringLiteral("store/jobs.sqlite")), damaged);
    }

    void neverOfAJobThatRuns()
    {
        const ProgramResult result
            = m_runner->shell("mkfifo go; \"$PROCESSION\" run -j1 'head -c 300000 /dev/zero; test {} = 1 || read x < go' "
                              "::: 1 2 > /dev/null & p=$!\n"
                              "while ! test -s store/jobs.sqlite-output/1/1.1.out; do sleep 0.01; done\n"
                              "\"$PROCESSION\" jobs prune --keep-output none > pruned\n"
                              "echo > go; wait $p; cat pruned");
        QVERIFY2(result.out.contains("Output of 1 job"), result.out.constData());
        QCOMPARE(m_runner->jobs({"show", "1", "--task", "1", "--output"}).out.size(), 300000);
    }

private:
    /// Runs a script that has a disk of its own, of so many MiB, in the folder "disk".
    ProgramResult onSmallDisk(int size, const QByteArray &script) const
    {
        m_runner->write(QStringLiteral("on-disk"), script + '\n');
        const ProgramResult result = m_runner->shell("mkdir -p disk; U='unshare -m'; $U true 2>/dev/null || U='unshare -rm'\n"
                                                     "$U sh -c 'mount -t tmpfs -o size="
            + QByteArray::number(size) + "M none disk || exit 77; . ./on-disk'");
        if (result.status == 77 || result.err.contains("unshare"))
            QTest::qSkip("no disk can be mounted here", __FILE__, __LINE__);
        return result;
    }

    std::unique_ptr<ProgramRunner> m_runner;
};

QTEST_GUILESS_MAIN(TestRunDisk)
#include "tst_rundisk.moc"
