// SPDX-License-Identifier: MIT
#include "storefixture.h"
#include "storeprobe.h"

#include <QtCore/QDateTime>
#include <QtTest/QTest>

#include <unistd.h>

using namespace procession;
using Reason = JobStoreError::Reason;

class TestJobStore : public QObject, private StoreFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void jobIsWhatWasCreated()
    {
        JobStore store(path());
        const QByteArray definition("{\"a\": \"\xff\"}");
        const QByteArray inputs("a\0b\xfe", 4);
        const qint64 id = store.createJob(QStringLiteral("Fotos ü"), QStringLiteral("command"), definition, inputs, 5);
        const auto job = store.job(id);
        QVERIFY(job);
        QCOMPARE(job->name, QStringLiteral("Fotos ü"));
        QCOMPARE(job->kind, QStringLiteral("command"));
        QCOMPARE(job->definition, definition);
        QCOMPARE(store.inputs(id), inputs);
        QCOMPARE(nameOf(job->state), nameOf(JobState::Ready));
        QCOMPARE(job->total, 5);
        QCOMPARE(count(*job, TaskState::Queued), 5);
        QCOMPARE(job->pid, qint64(::getpid()));
        QVERIFY(qAbs(QDateTime::currentMSecsSinceEpoch() - job->createdAt / 1000) < 60'000);
        QVERIFY(!store.job(id + 1));
    }

    void nothingIsNeededToBeSomething()
    {
        JobStore store(path());
        const qint64 id = store.createJob(QString(), QString(), QByteArray(), QByteArray(), 0);
        QCOMPARE(store.inputs(id), QByteArray());
        QCOMPARE(store.taskRecords(id).size(), 0U);
        store.reconcile(id, ListedTasks(QByteArrayList{QByteArray()}), QByteArray(), QByteArray());
        store.write(id, ranOnce(0), ListedTasks(QByteArrayList{QByteArray()}));
        QCOMPARE(store.attempts(id, 0).size(), 1);
    }

    void statesAndCountsFollowTheChanges()
    {
        JobStore store(path());
        const ListedTasks source(4);
        const qint64 job = makeJob(store, 4);
        store.write(job, {jobIs(JobState::Running), started(0, runningRecord()), started(1, runningRecord())}, source);
        auto stored = store.job(job);
        QCOMPARE(nameOf(stored->state), nameOf(JobState::Running));
        QVERIFY(stored->startedAt > 0);
        QCOMPARE(count(*stored, TaskState::Running), 2);
        QCOMPARE(count(*stored, TaskState::Queued), 2);
        store.write(job,
            {ended(endedAttempt(0, ExitStatus::exited(0))), changed(0, endedRecord(TaskState::Done, ExitStatus::exited(0)))},
            source);
        store.write(job, ranOnce(2, 3), source);
        store.write(job,
            {changed(1, endedRecord(TaskState::Lost, ExitStatus::lost())), changed(3, endedRecord(TaskState::Cancelled, {}))},
            source);
        store.write(job, {jobIs(JobState::Finished)}, source);
        stored = store.job(job);
        QCOMPARE(nameOf(stored->state), nameOf(JobState::Finished));
        QVERIFY(stored->endedAt >= stored->startedAt);
        QCOMPARE(stored->tasks, (std::array<qint64, TaskStateCount>{0, 0, 1, 1, 1, 1}));
        QCOMPARE(store.taskRecords(job).at(2).status, ExitStatus::exited(3));
        QCOMPARE(nameOf(store.taskRecords(job).at(2).state), nameOf(TaskState::Failed));
    }

    void timesAreThoseOfTheChange()
    {
        JobStore store(path());
        const ListedTasks source(1);
        const qint64 job = makeJob(store, 1);
        const auto at = [](JobState state, qint64 time) {
            StoreChange change = jobIs(state);
            change.at = time;
            return change;
        };
        store.write(job, {at(JobState::Running, 10), at(JobState::Paused, 20), at(JobState::Running, 30)}, source);
        QCOMPARE(store.job(job)->startedAt, 10);
        store.write(job, {at(JobState::Finished, 40)}, source);
        QCOMPARE(store.job(job)->endedAt, 40);
        store.write(job, {at(JobState::Running, 50)}, source); // a task is retried
        QCOMPARE(store.job(job)->startedAt, 10);
        QCOMPARE(store.job(job)->endedAt, 0);
    }

    void attemptComesBackWhole()
    {
        JobStore store(path());
        const ListedTasks source(2);
        const qint64 job = makeJob(store, 2);
        Attempt first = endedAttempt(1, ExitStatus::signaled(11, true), QByteArray("o\0\xff", 3));
        first.cause = EndCause::TimedOut;
        first.leftProcesses = true;
        first.output.err.bytes = "first part";
        first.output.err.size = 200'000'000;
        first.output.err.error = 28;
        first.output.err.file = store.outputFolder(job) + QStringLiteral("/1.err");
        Attempt second = endedAttempt(1, ExitStatus::failedToStart(2), {}, 2);
        second.output.out.file = QStringLiteral("/elsewhere/2.out");
        store.write(job, {started(1, runningRecord(1, 3)), ended(first), started(1, runningRecord(2, 4)), ended(second)}, source);
        const QList<Attempt> attempts = store.attempts(job, 1);
        QCOMPARE(attempts.size(), 2);
        const Attempt &back = attempts.first();
        QCOMPARE(back.task, 1U);
        QCOMPARE(back.number, 1);
        QCOMPARE(back.worker, first.worker);
        QCOMPARE(back.pid, first.pid);
        QCOMPARE(back.startedAt, first.startedAt);
        QCOMPARE(back.duration, first.duration);
        QCOMPARE(back.cpuTime, first.cpuTime);
        QCOMPARE(back.peakMemory, first.peakMemory);
        QCOMPARE(back.status, first.status);
        QCOMPARE(nameOf(back.cause), nameOf(EndCause::TimedOut));
        QVERIFY(back.leftProcesses);
        QCOMPARE(back.output.out.bytes, first.output.out.bytes);
        QCOMPARE(back.output.out.size, 3);
        QVERIFY(!back.output.out.isInFile());
        QCOMPARE(back.output.err.bytes, first.output.err.bytes);
        QCOMPARE(back.output.err.size, first.output.err.size);
        QCOMPARE(back.output.err.error, 28);
        QCOMPARE(back.output.err.file, first.output.err.file);
        QCOMPARE(attempts.last().status, ExitStatus::failedToStart(2));
        QCOMPARE(attempts.last().output.out.file, second.output.out.file);
        QCOMPARE(store.taskRecords(job).at(1).worker, 4);
        QVERIFY(store.attempts(job, 0).isEmpty());
    }

    void writingTwiceIsWritingOnce()
    {
        JobStore store(path());
        const qint64 job = makeJob(store, 1);
        store.write(job, ranOnce(0), ListedTasks(1));
        store.write(job, ranOnce(0), ListedTasks(1));
        QCOMPARE(store.attempts(job, 0).size(), 1);
        QCOMPARE(count(*store.job(job), TaskState::Done), 1);
    }

    void failedWriteChangesNothing()
    {
        JobStore store(path());
        QCOMPARE(reasonOf([&] { store.write(77, ranOnce(0), ListedTasks(1)); }), Reason::Internal);
        const qint64 job = makeJob(store, 2);
        std::vector<StoreChange> changes = ranOnce(0);
        changes.push_back(ended(endedAttempt(5, ExitStatus::exited(0))));
        QVERIFY_THROWS_EXCEPTION(std::exception, store.write(job, changes, ListedTasks(1)));
        QCOMPARE(count(*store.job(job), TaskState::Queued), 2);
        store.write(job, ranOnce(0), ListedTasks(1));
    }

    void newestJobComesFirst()
    {
        JobStore store(path());
        QList<qint64> ids;
        for (int i = 0; i < 5; ++i)
            ids.prepend(makeJob(store, i));
        const QList<StoredJob> jobs = store.jobs(3);
        QCOMPARE(jobs.size(), 3);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(jobs.at(i).id, ids.at(i));
        store.setResumeKey(ids.at(3), "key \xff");
        store.setResumeKey(ids.at(2), "key \xff");
        QCOMPARE(store.latestJob("key \xff")->id, ids.at(2));
        QVERIFY(!store.latestJob("other key"));
    }

    void removedJobLeavesNothing()
    {
        JobStore store(path());
        const ListedTasks source(100);
        const qint64 job = makeJob(store, 100);
        for (TaskIndex task = 0; task < 100; ++task)
            store.write(job, ranOnce(task, 0, QByteArray(1000, 'x')), source);
        QFile output(store.outputFolder(job) + QStringLiteral("/1.out"));
        QVERIFY(output.open(QIODevice::WriteOnly));
        QCOMPARE(reasonOf([&] { store.removeJob(job); }), Reason::JobInUse);
        store.releaseJob(job);
        store.removeJob(job);
        QVERIFY(!store.job(job));
        for (const char *table : {"job", "job_inputs", "task", "attempt"})
            QCOMPARE(sql(path(), QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1StringView(table))).toInt(), 0);
        QVERIFY(!output.exists());
        QCOMPARE(reasonOf([&] { store.removeJob(job); }), Reason::NoSuchJob);
        QVERIFY(makeJob(store, 1) > job);
        QCOMPARE(sql(path(), QStringLiteral("PRAGMA freelist_count")).toInt(), 0);
    }

    void emptyOutputFolderGoesWithTheJob()
    {
        JobStore store(path());
        const qint64 job = makeJob(store, 1);
        const QString folder = store.outputFolder(job);
        store.releaseJob(job);
        QVERIFY(!QFileInfo::exists(folder));
    }

    void peopleCanReadTheViews()
    {
        JobStore store(path());
        const qint64 job = makeJob(store, 2);
        store.write(job, ranOnce(0, 3, "hello"), ListedTasks(2));
        QCOMPARE(sql(path(), QStringLiteral("SELECT failed || '/' || queued FROM jobs")).toString(), QStringLiteral("1/1"));
        QCOMPARE(sql(path(), QStringLiteral("SELECT command || ' ' || state || ' ' || exit_value FROM tasks WHERE seq = 1"))
                     .toString(),
            QStringLiteral("command 0 failed 3"));
        QCOMPARE(sql(path(), QStringLiteral("SELECT out FROM attempts WHERE seq = 1")).toString(), QStringLiteral("hello"));
    }
};

QTEST_GUILESS_MAIN(TestJobStore)
#include "tst_jobstore.moc"
