// SPDX-License-Identifier: MIT
#include "faultoptions.h"
#include "killedbatch.h"
#include "storeprobe.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace procession;
using namespace std::chrono_literals;

/// Kills `procession run` at seeded random moments of a batch and resumes it: nothing that was recorded is lost or done again,
/// and no process of the batch outlives the program by more than two seconds.
class TestBatchKill : public QObject
{
    Q_OBJECT

public:
    explicit TestBatchKill(const FaultOptions &options) : m_options(options), m_random(options.seed) { }

private:
    void checkNothingLivesOn()
    {
        QElapsedTimer timer;
        timer.start();
        QByteArrayList living = m_batch.processes().living();
        while (!living.isEmpty() && timer.elapsed() < 2000) {
            QTest::qWait(5);
            living = m_batch.processes().living();
        }
        QVERIFY2(living.isEmpty(), living.join("; ").constData());
        m_longest = std::max(m_longest, timer.elapsed());
    }

    /// Tasks whose end is in the store must never begin again.
    void noteRecorded()
    {
        if (!QFile::exists(m_batch.storePath()))
            return;
        QCOMPARE(sql(m_batch.storePath(), QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
        const JobStore store(m_batch.storePath());
        const QList<StoredJob> jobs = store.jobs();
        QVERIFY(jobs.size() <= 1);
        if (jobs.isEmpty())
            return;
        const auto runs = m_batch.runs();
        const auto records = store.taskRecords(jobs.first().id);
        for (std::size_t task = 0; task < records.size(); ++task) {
            const int number = static_cast<int>(task) + 1;
            if (records[task].state == TaskState::Done || records[task].state == TaskState::Failed)
                m_runsWhenRecorded.emplace(number, runs.contains(number) ? runs.at(number) : 0);
        }
    }

    void checkStore() const
    {
        QCOMPARE(sql(m_batch.storePath(), QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
        const JobStore store(m_batch.storePath());
        const QList<StoredJob> jobs = store.jobs();
        QCOMPARE(jobs.size(), 1);
        QCOMPARE(nameOf(jobs.first().state), nameOf(JobState::Finished));
        QCOMPARE(jobs.first().total, qint64(m_batch.taskCount()));
        QCOMPARE(count(jobs.first(), TaskState::Done), qint64(m_batch.taskCount() - m_batch.failingTasks()));
        QCOMPARE(count(jobs.first(), TaskState::Failed), qint64(m_batch.failingTasks()));
        for (int number = 1; number <= m_batch.taskCount(); ++number)
            checkResult(store.attempts(jobs.first().id, static_cast<TaskIndex>(number - 1)), number);
    }

    /// One attempt has the result; all others were under way when the program was killed.
    static void checkResult(const QList<Attempt> &attempts, int number)
    {
        int results = 0;
        for (const Attempt &attempt : attempts) {
            if (attempt.status == ExitStatus::lost())
                continue;
            ++results;
            QCOMPARE(attempt.status, ExitStatus::exited(KilledBatch::fails(number) ? 3 : 0));
            QCOMPARE(contentOf(attempt.output.out), KilledBatch::expectedOutput(number));
        }
        QCOMPARE(results, 1);
    }

    static QByteArray contentOf(const CapturedStream &stream)
    {
        if (!stream.isInFile())
            return stream.bytes;
        QFile file(stream.file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void checkResultFiles() const
    {
        QCOMPARE(m_batch.resultFolders(), m_batch.taskCount());
        for (int number = 1; number <= m_batch.taskCount(); ++number)
            QVERIFY2(m_batch.resultFile(number) == KilledBatch::expectedOutput(number), qPrintable(QString::number(number)));
    }

    void checkRuns() const
    {
        const auto runs = m_batch.runs();
        int repeated = 0;
        for (int number = 1; number <= m_batch.taskCount(); ++number) {
            QVERIFY2(runs.contains(number), qPrintable(QString::number(number)));
            repeated += runs.at(number) - 1;
        }
        for (const auto &[number, times] : m_runsWhenRecorded)
            QVERIFY2(runs.at(number) == times, qPrintable(QStringLiteral("task %1 ran again").arg(number)));
        qInfo("seed %u: %d kills; %d tasks, each with one result; %d runs were under way when killed and repeated; "
              "the last process was gone %lld ms after its program",
            m_options.seed, m_options.rounds, m_batch.taskCount(), repeated, static_cast<long long>(m_longest));
    }

    FaultOptions m_options;
    QRandomGenerator m_random;
    KilledBatch m_batch{2000};
    std::map<int, int> m_runsWhenRecorded;
    qint64 m_longest = 0;

private Q_SLOTS:
    void killAndResume()
    {
        for (int round = 0; round < m_options.rounds; ++round) {
            const std::chrono::milliseconds life(20 + m_random.bounded(250));
            QCOMPARE(m_batch.runAndKill(life), KilledBatch::End::Killed);
            checkNothingLivesOn();
            noteRecorded();
            if (QTest::currentTestFailed())
                return;
        }
        QCOMPARE(m_batch.finish(), std::min(m_batch.failingTasks(), 101));
        checkNothingLivesOn();
        checkStore();
        checkResultFiles();
        checkRuns();
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    FaultOptions options{.rounds = 20};
    options.take(argc, argv);
    TestBatchKill test(options);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_batchkill.moc"
