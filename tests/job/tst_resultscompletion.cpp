// SPDX-License-Identifier: MIT
#include "storefixture.h"

#include <procession/job/output/resultsfolder.h>
#include <procession/job/run/resultscompletion.h>

#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace procession;

class TestResultsCompletion : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<JobStore> m_store;
    qint64 m_job = 0;
    const ListedTasks m_tasks{QByteArrayList{"a", "b", "c", "d"}};

    QString fileOf(const char *value) const
    {
        return m_folder->filePath(QStringLiteral("results/1/%1/stdout").arg(QLatin1StringView(value)));
    }
    QByteArray resultOf(const char *value) const
    {
        QFile file(fileOf(value));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("missing");
    }
    ResultsFolder results() const { return ResultsFolder(QFile::encodeName(m_folder->filePath(QStringLiteral("results")))); }
    int complete() { return completeResults(results(), *m_store, m_job, m_tasks, m_store->taskRecords(m_job)); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<JobStore>(m_folder->filePath(QStringLiteral("jobs.sqlite")));
        m_job = m_store->createJob(QStringLiteral("batch"), QStringLiteral("command"), "{}", "", 4);
        m_store->write(m_job, ranOnce(0, 0, "of a"), m_tasks);
        m_store->write(m_job, ranOnce(1, 3, "of b"), m_tasks);
        m_store->write(m_job, {started(2, runningRecord())}, m_tasks);
    }
    void cleanup() { m_store.reset(); }

    void writesWhatIsMissing()
    {
        QCOMPARE(complete(), 2);
        QCOMPARE(resultOf("a"), QByteArray("of a"));
        QCOMPARE(resultOf("b"), QByteArray("of b"));
        QCOMPARE(resultOf("c"), QByteArray("missing")); // runs
        QCOMPARE(resultOf("d"), QByteArray("missing")); // is queued
        QCOMPARE(complete(), 0);
    }

    void leavesWhatIsThere()
    {
        results().write({"a"}, 0, endedAttempt(0, ExitStatus::exited(0), "there already").output);
        QCOMPARE(complete(), 1);
        QCOMPARE(resultOf("a"), QByteArray("there already"));
    }

    void replacesTheResultOfAnEarlierAttempt()
    {
        results().write({"a"}, 0, endedAttempt(0, ExitStatus::exited(1), "of the first try").output);
        QFile file(fileOf("a"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::fromMSecsSinceEpoch(1'600'000'000'000), QFile::FileModificationTime));
        file.close();
        QCOMPARE(complete(), 2);
        QCOMPARE(resultOf("a"), QByteArray("of a"));
    }
};

QTEST_GUILESS_MAIN(TestResultsCompletion)
#include "tst_resultscompletion.moc"
