// SPDX-License-Identifier: MIT
#include "faultoptions.h"
#include "storeprobe.h"
#include "storewriting.h"

#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtTest/QTest>

using namespace procession;

/// Kills a program that writes to the store, at seeded random moments: the database must stay whole, and what the store said to be
/// written must be there.
class TestStoreKill : public QObject
{
    Q_OBJECT

public:
    explicit TestStoreKill(const FaultOptions &options) : m_options(options), m_random(options.seed) { }

private:
    struct Said
    {
        qint64 job = 0;
        std::vector<TaskIndex> tasks;
    };

    /// Lets a writer live for `life` from its start, or, with `fromFirstWord`, from its first word.
    Said writeAndKill(const QString &path, qint64 job, quint32 seed, std::chrono::microseconds life, bool fromFirstWord)
    {
        QProcess writer;
        writer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        writer.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--write"), path, QString::number(job), QString::number(seed)});
        if (!writer.waitForStarted() || (fromFirstWord && !writer.waitForReadyRead()))
            qFatal("the writer does not run");
        QThread::usleep(static_cast<unsigned long>(life.count()));
        writer.kill();
        writer.waitForFinished();
        if (writer.exitStatus() != QProcess::CrashExit)
            qFatal("the writer ended by itself with %d", writer.exitCode());
        Said said;
        for (const QByteArray &line : writer.readAllStandardOutput().split('\n')) {
            if (line.startsWith("job "))
                said.job = line.mid(4).toLongLong();
            else if (line.startsWith("task "))
                said.tasks.push_back(line.mid(5).toUInt());
        }
        return said;
    }

    static void checkWhole(const QString &path)
    {
        QCOMPARE(sql(path, QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
        QVERIFY(!sql(path, QStringLiteral("PRAGMA foreign_key_check")).isValid());
    }

    static void checkTask(const JobStore &store, qint64 job, const std::vector<TaskRecord> &records, TaskIndex task)
    {
        QCOMPARE(nameOf(records.at(task).state), nameOf(TaskState::Done));
        const QList<Attempt> attempts = store.attempts(job, task);
        const auto successes
            = std::count_if(attempts.begin(), attempts.end(), [](const Attempt &attempt) { return attempt.status.isSuccess(); });
        QCOMPARE(successes, 1);
        QCOMPARE(attempts.last().output.out.bytes, expectedOutput(task));
    }

    static void checkSaid(const QString &path, const Said &said)
    {
        const JobStore store(path);
        const auto stored = store.job(said.job);
        QVERIFY(stored);
        QCOMPARE(nameOf(stored->state), nameOf(JobState::Interrupted));
        const std::vector<TaskRecord> records = store.taskRecords(said.job);
        for (const TaskIndex task : said.tasks)
            checkTask(store, said.job, records, task);
        std::array<qint64, TaskStateCount> counts{};
        for (const TaskRecord &record : records)
            ++counts.at(static_cast<std::size_t>(record.state));
        QCOMPARE(stored->tasks, counts);
    }

    FaultOptions m_options;
    QRandomGenerator m_random;

private Q_SLOTS:
    void writerIsKilledAndGoesOn()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
        Said all;
        for (int round = 0; round < m_options.rounds; ++round) {
            const std::chrono::microseconds life(m_random.bounded(15'000));
            const Said said = writeAndKill(path, all.job, m_random.generate(), life, true);
            all.job = said.job;
            all.tasks.insert(all.tasks.end(), said.tasks.begin(), said.tasks.end());
            checkWhole(path);
            checkSaid(path, said);
            if (QTest::currentTestFailed())
                return;
        }
        checkSaid(path, all);
        const qint64 recorded = count(*JobStore(path).job(all.job), TaskState::Done);
        qInfo("seed %u: %d kills; %zu results were said to be written, %lld are there, 0 lost", m_options.seed, m_options.rounds,
            all.tasks.size(), static_cast<long long>(recorded));
        QVERIFY(recorded >= qint64(all.tasks.size()));
    }

    void writerIsKilledWhileItMakesTheDatabase()
    {
        int made = 0;
        for (int round = 0; round < m_options.rounds / 2; ++round) {
            QTemporaryDir folder;
            const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
            const std::chrono::microseconds life(m_random.bounded(150'000));
            const Said said = writeAndKill(path, 0, m_random.generate(), life, false);
            made += said.job != 0 ? 1 : 0;
            {
                const JobStore usable(path);
            }
            checkWhole(path);
            if (said.job != 0)
                checkSaid(path, said);
            if (QTest::currentTestFailed())
                return;
        }
        qInfo("seed %u: %d kills, %d of them after a job was made", m_options.seed, m_options.rounds / 2, made);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 5 && qstrcmp(argv[1], "--write") == 0)
        return writeUntilKilled(argv[2], QByteArray(argv[3]).toLongLong(), QByteArray(argv[4]).toUInt());
    FaultOptions options{.rounds = 100};
    options.take(argc, argv);
    TestStoreKill test(options);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storekill.moc"
