// SPDX-License-Identifier: MIT
#include "storefixture.h"

#include <procession/job/store/jobhistory.h>

#include <QtCore/QFutureWatcher>
#include <QtTest/QTest>

#include <unistd.h>

using namespace procession;

class TestJobHistory : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString path() const { return m_folder->filePath(QStringLiteral("jobs.sqlite")); }

    template <typename Result>
    static Result answer(QFuture<Result> future)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000))
            qFatal("no answer");
        return future.takeResult();
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void answersAreThoseOfTheStore()
    {
        JobStore store(path());
        const qint64 job = store.createJob(QStringLiteral("batch"), QStringLiteral("command"), "{}", "inputs", 3);
        store.write(job, ranOnce(1, 0, "hello"), ListedTasks(3));
        JobHistory history(path());
        const auto jobs = answer(history.jobs());
        QCOMPARE(jobs.size(), 1);
        QCOMPARE(jobs.first().id, job);
        QCOMPARE(answer(history.attempts(job, 1)).first().output.out.bytes, QByteArray("hello"));
        QCOMPARE(answer(history.taskRecords(job)).size(), 3U);
        QCOMPARE(answer(history.inputs(job)), QByteArray("inputs"));
        store.releaseJob(job);
        QFuture<void> removed = history.removeJob(job);
        QTRY_VERIFY(removed.isFinished());
        QVERIFY(!store.job(job));
    }

    void newJobIsHeldUntilItsHoldGoes()
    {
        JobHistory history(path());
        NewJob job{QStringLiteral("batch"), QStringLiteral("command"), "{}", "inputs", 3, "key"};
        HeldJob held = answer(history.createJob(job));
        QVERIFY(held.hold);
        QVERIFY(QFileInfo(held.outputFolder).isDir());
        JobStore store(path());
        QCOMPARE(store.latestJob("key")->id, held.id);
        QCOMPARE(store.job(held.id)->pid, qint64(::getpid()));
        held.hold.reset();
        QCOMPARE(nameOf(store.job(held.id)->state), nameOf(JobState::Interrupted));
    }

    void interruptedJobCanBeClaimed()
    {
        JobStore store(path());
        const qint64 job = store.createJob(QStringLiteral("batch"), QStringLiteral("command"), "{}", "inputs", 4);
        store.write(job, {jobIs(JobState::Running)}, ListedTasks(4));
        store.write(job, ranOnce(0), ListedTasks(4));
        store.write(job, ranOnce(1, 2), ListedTasks(4));
        store.write(job, {started(2, runningRecord())}, ListedTasks(4));
        store.releaseJob(job);
        JobHistory history(path());
        HeldJob held = answer(history.claimJob(job, {TaskState::Failed}));
        QCOMPARE(held.id, job);
        QCOMPARE(held.records.size(), 4U);
        QCOMPARE(nameOf(held.records.at(0).state), nameOf(TaskState::Done));
        for (std::size_t task = 1; task < 4; ++task)
            QCOMPARE(nameOf(held.records.at(task).state), nameOf(TaskState::Queued));
        QVERIFY_THROWS_EXCEPTION(JobStoreError, store.claimJob(job));
        held.hold.reset();
        store.claimJob(job);
    }

    void errorsReachTheFuture()
    {
        JobHistory history(path());
        QFuture<QByteArray> inputs = history.inputs(99);
        std::optional<JobStoreError::Reason> reason;
        auto handled
            = inputs.then(this, [](const QByteArray &) { return true; }).onFailed(this, [&reason](const JobStoreError &error) {
                  reason = error.reason();
                  return false;
              });
        QTRY_VERIFY(handled.isFinished());
        QCOMPARE(reason, JobStoreError::Reason::NoSuchJob);
        QVERIFY(answer(history.jobs()).isEmpty()); // and the next question is answered
    }

    void storeThatCannotBeOpenedIsTriedAgain()
    {
        QVERIFY(QDir().mkdir(path()));
        JobHistory history(path());
        QFuture<QList<StoredJob>> jobs = history.jobs();
        QTRY_VERIFY(jobs.isFinished());
        QVERIFY_THROWS_EXCEPTION(JobStoreError, jobs.waitForFinished());
        QVERIFY(QDir().rmdir(path()));
        QVERIFY(answer(history.jobs()).isEmpty());
    }

    void destructorDropsWhatWasNotAnswered()
    {
        QList<QFuture<QList<StoredJob>>> futures;
        {
            JobHistory history(path());
            for (int i = 0; i < 2000; ++i)
                futures.append(history.jobs());
        }
        for (const auto &future : futures)
            QVERIFY(future.isFinished());
        QVERIFY(futures.last().isCanceled());
    }
};

QTEST_GUILESS_MAIN(TestJobHistory)
#include "tst_jobhistory.moc"
