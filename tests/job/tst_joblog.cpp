// SPDX-License-Identifier: MIT
#include "problem.h"

#include <procession/job/output/joblog.h>

#include <QtCore/QBuffer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/resource.h>

using namespace procession;
using Mode = JobLogWriter::Mode;

namespace {

const QByteArray Header = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n";

JobLogEntry entry(qint64 sequence, const QByteArray &command, int exitValue = 0, int signal = 0)
{
    JobLogEntry result;
    result.sequence = sequence;
    result.startedAt = 1'795'355'031'675'000;
    result.duration = 11'000;
    result.received = 3;
    result.exitValue = exitValue;
    result.signal = signal;
    result.command = command;
    return result;
}

std::vector<JobLogEntry> read(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::ReadOnly))
        qFatal("a buffer cannot be opened");
    return readJobLog(buffer);
}

Attempt attempt(const ExitStatus &status, EndCause cause = EndCause::Itself)
{
    Attempt result;
    result.task = 4;
    result.startedAt = 1'000'000;
    result.duration = 2'500'000;
    result.output.out.size = 42;
    result.output.err.size = 7;
    result.status = status;
    result.cause = cause;
    return result;
}

} // namespace

class TestJobLog : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path() const { return m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction())); }

    QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }

    void put(const QByteArray &bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

private Q_SLOTS:
    void writesWhatGnuParallelWrites()
    {
        JobLogWriter log(path(), Mode::Replace);
        log.write(entry(1, "printf %s 'a b'"));
        log.write(entry(2, "two\nlines", 3));
        QCOMPARE(content(),
            Header + "1\t:\t1795355031.675\t     0.011\t0\t3\t0\t0\tprintf %s 'a b'\n"
                + QByteArrayLiteral("2\t:\t1795355031.675\t     0.011\t0\t3\t3\t0\ttwo\0lines\n"));
    }

    void readsWhatGnuParallelWrote()
    {
        const auto entries = read(Header + "1\t:\t1795355032.007\t     0.021\t0\t3\t0\t11\tprintf 't\tx'\n"
            + QByteArrayLiteral("12\tserver1\t1795355083.934\t     1.138\t5\t0\t-1\t15\tsleep\0005\n"));
        QCOMPARE(entries.size(), std::size_t(2));
        QCOMPARE(entries[0].sequence, 1);
        QCOMPARE(entries[0].host, QByteArray(":"));
        QCOMPARE(entries[0].startedAt, 1'795'355'032'007'000);
        QCOMPARE(entries[0].duration, 21'000);
        QCOMPARE(entries[0].received, 3);
        QCOMPARE(entries[0].exitValue, 0);
        QCOMPARE(entries[0].signal, 11);
        QCOMPARE(entries[0].command, QByteArray("printf 't\tx'"));
        QVERIFY(!entries[0].isSuccess());
        QCOMPARE(entries[1].host, QByteArray("server1"));
        QCOMPARE(entries[1].sent, 5);
        QCOMPARE(entries[1].exitValue, -1);
        QCOMPARE(entries[1].command, QByteArray("sleep\n5"));
    }

    void givesBackWhatItWrote()
    {
        const std::vector<JobLogEntry> entries{entry(1, "a\tb\nc\\d\xff"), entry(4'000'000'000, "", 255), entry(3, "x", 0, 9)};
        {
            JobLogWriter log(path(), Mode::Replace);
            for (const JobLogEntry &one : entries)
                log.write(one);
        }
        QVERIFY(readJobLog(path()) == entries);
        QVERIFY(entry(1, "x").isSuccess());
    }

    void tellsHowAnAttemptEnded()
    {
        const JobLogEntry done = JobLogEntry::of(attempt(ExitStatus::exited(3)), "x");
        QCOMPARE(done.sequence, 5);
        QCOMPARE(done.startedAt, 1'000'000);
        QCOMPARE(done.duration, 2'500'000);
        QCOMPARE(done.received, 42);
        QCOMPARE(done.exitValue, 3);
        QCOMPARE(done.signal, 0);
        QCOMPARE(done.command, QByteArray("x"));

        const JobLogEntry crashed = JobLogEntry::of(attempt(ExitStatus::signaled(SIGSEGV)), "x");
        QCOMPARE(crashed.exitValue, 0);
        QCOMPARE(crashed.signal, SIGSEGV);
        const JobLogEntry late = JobLogEntry::of(attempt(ExitStatus::signaled(SIGKILL), EndCause::TimedOut), "x");
        QCOMPARE(late.exitValue, -1);
        QCOMPARE(late.signal, SIGKILL);
        QCOMPARE(JobLogEntry::of(attempt(ExitStatus::exited(0), EndCause::TimedOut), "x").signal, SIGTERM);
        QCOMPARE(JobLogEntry::of(attempt(ExitStatus::failedToStart(ENOENT)), "x").exitValue, 127);
        QCOMPARE(JobLogEntry::of(attempt(ExitStatus::failedToStart(EACCES)), "x").exitValue, 126);
        QCOMPARE(JobLogEntry::of(attempt(ExitStatus::lost()), "x").exitValue, -1);
    }

    void replacesOrAppends()
    {
        JobLogWriter(path(), Mode::Append).write(entry(1, "a"));
        JobLogWriter(path(), Mode::Append).write(entry(2, "b"));
        QVERIFY(readJobLog(path()) == (std::vector{entry(1, "a"), entry(2, "b")}));
        JobLogWriter(path(), Mode::Replace).write(entry(3, "c"));
        QVERIFY(readJobLog(path()) == std::vector{entry(3, "c")});
    }

    void everyLineIsThereAtOnce()
    {
        JobLogWriter log(path(), Mode::Replace);
        QVERIFY(readJobLog(path()).empty());
        log.write(entry(1, QByteArray(100'000, 'x')));
        QCOMPARE(readJobLog(path()).size(), std::size_t(1));
    }

    void leavesOutATornLine()
    {
        const QByteArray first = "1\t:\t1795355031.675\t     0.011\t0\t3\t0\t0\ta\n";
        const QByteArray second = "2\t:\t1795355031.675\t     0.011\t0\t3\t0\t0\tb\n";
        const QByteArray whole = Header + first + second;
        for (qsizetype size = 0; size < whole.size(); ++size)
            QCOMPARE(read(whole.left(size)).size(), std::size_t(size < Header.size() + first.size() ? 0 : 1));
        QCOMPARE(read(whole).size(), std::size_t(2));
    }

    void readsLogsLargerThanABuffer()
    {
        const QByteArray line = "1\t:\t1795355031.675\t     0.011\t0\t3\t0\t0\t" + QByteArray(1'000, 'a') + '\n';
        const auto entries = read(Header + line.repeated(3'000) + "torn");
        QCOMPARE(entries.size(), std::size_t(3'000));
        QVERIFY(std::all_of(entries.begin(), entries.end(), [](auto &one) { return one == entry(1, QByteArray(1'000, 'a')); }));
    }

    void appendsBehindATornLine()
    {
        const QByteArray first = "1\t:\t1795355031.675\t     0.011\t0\t3\t0\t0\ta\n";
        for (const QByteArray &torn : {QByteArray("2\t:\t17953"), QByteArray(10'000, 'x'), QByteArray()}) {
            put(Header + first + torn);
            JobLogWriter(path(), Mode::Append).write(entry(2, "b"));
            QVERIFY(readJobLog(path()) == (std::vector{entry(1, "a"), entry(2, "b")}));
        }
        put(Header.left(20));
        JobLogWriter(path(), Mode::Append).write(entry(2, "b"));
        QVERIFY(readJobLog(path()) == std::vector{entry(2, "b")});
    }

    void refusesOtherFilesAndKeepsThem()
    {
        put("dear diary,\ntoday");
        QCOMPARE(problemOf([&] { JobLogWriter(path(), Mode::Append); }), QByteArray("joblog.header"));
        QCOMPARE(problemOf([&] { readJobLog(path()); }), QByteArray("joblog.header"));
        QCOMPARE(content(), QByteArray("dear diary,\ntoday"));
    }

    void refusesWrongLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("few fields") << QByteArray("1\t:\t1\t1\t0\t0\t0\t0");
        QTest::newRow("no number") << QByteArray("x\t:\t1\t1\t0\t0\t0\t0\tc");
        QTest::newRow("task 0") << QByteArray("0\t:\t1\t1\t0\t0\t0\t0\tc");
        QTest::newRow("no time") << QByteArray("1\t:\tx\t1\t0\t0\t0\t0\tc");
        QTest::newRow("endless time") << QByteArray("1\t:\tinf\t1\t0\t0\t0\t0\tc");
        QTest::newRow("immense time") << QByteArray("1\t:\t1\t1e300\t0\t0\t0\t0\tc");
        QTest::newRow("immense exit value") << QByteArray("1\t:\t1\t1\t0\t0\t99999999999\t0\tc");
        QTest::newRow("immense signal") << QByteArray("1\t:\t1\t1\t0\t0\t0\t99999999999\tc");
    }

    void refusesWrongLines()
    {
        QFETCH(QByteArray, line);
        try {
            read(Header + "1\t:\t1\t1\t0\t0\t0\t0\tc\n" + line + '\n');
            QFAIL("accepted");
        } catch (const InvalidInput &invalid) {
            QCOMPARE(QByteArray(invalid.problem()), QByteArray("joblog.line"));
            QCOMPARE(invalid.input(), QByteArray("3"));
        }
    }

    void reportsWhatTheFileSystemRefuses()
    {
        QVERIFY_THROWS_EXCEPTION(JobLogError, JobLogWriter(m_folder.path(), Mode::Replace));
        QVERIFY_THROWS_EXCEPTION(JobLogError, JobLogWriter(m_folder.filePath(QStringLiteral("no/log")), Mode::Append));
        QVERIFY_THROWS_EXCEPTION(JobLogError, readJobLog(m_folder.filePath(QStringLiteral("none"))));
        if (!QFile::exists(QStringLiteral("/dev/full")))
            return;
        for (const Mode mode : {Mode::Replace, Mode::Append}) {
            std::string reason;
            try {
                JobLogWriter(QStringLiteral("/dev/full"), mode);
            } catch (const JobLogError &error) {
                reason = error.what();
            }
            QVERIFY2(QByteArray::fromStdString(reason).endsWith(std::strerror(ENOSPC)), reason.c_str());
        }
    }

    void saysWhyALineWasCutOff()
    {
        const QString path = m_folder.filePath(QStringLiteral("limited"));
        JobLogWriter log(path, Mode::Replace);
        JobLogEntry entry;
        entry.sequence = 1;
        entry.command = QByteArray(500, 'x');
        // The first write takes some bytes, and only the second says why it takes no more, as on a full disk.
        const auto before = std::signal(SIGXFSZ, SIG_IGN);
        rlimit old{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
        rlimit small = old;
        small.rlim_cur = 200;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        std::string reason;
        try {
            log.write(entry);
        } catch (const JobLogError &error) {
            reason = error.what();
        }
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
        std::signal(SIGXFSZ, before);
        QVERIFY2(QByteArray::fromStdString(reason).endsWith(std::strerror(EFBIG)), reason.c_str());
        // What is torn is cut off by the next one.
        JobLogWriter(path, Mode::Append).write(entry);
        QCOMPARE(readJobLog(path).size(), std::size_t(1));
    }

    void survivesDamage()
    {
        const QByteArray whole = Header + "1\t:\t1795355031.675\t     0.011\t0\t3\t0\t0\ta\n2\t:\t1.5\t2\t0\t3\t-1\t15\tb\n";
        QRandomGenerator random(3);
        for (int round = 0; round < 20'000; ++round) {
            QByteArray damaged = whole;
            for (int flips = random.bounded(1, 4); flips > 0; --flips)
                damaged[random.bounded(damaged.size())] = static_cast<char>(random.bounded(256));
            const QByteArray problem = problemOf([&] { read(damaged); });
            QVERIFY(problem.isEmpty() || problem == "joblog.line" || problem == "joblog.header");
        }
    }
};

QTEST_GUILESS_MAIN(TestJobLog)
#include "tst_joblog.moc"
