// SPDX-License-Identifier: MIT
#include "storefixture.h"
#include "storeprobe.h"

#include <QtTest/QTest>

#include <unistd.h>

using namespace procession;
using Reason = JobStoreError::Reason;

class TestJobResume : public QObject, private StoreFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void jobThatNobodyHoldsIsInterrupted()
    {
        JobStore reader(path());
        qint64 job = 0;
        {
            JobStore writer(path());
            job = makeJob(writer, 3);
            writer.write(job, {jobIs(JobState::Running), started(0, runningRecord())}, ListedTasks(3));
            QCOMPARE(nameOf(reader.job(job)->state), nameOf(JobState::Running));
            QCOMPARE(reader.job(job)->pid, qint64(::getpid()));
            QCOMPARE(nameOf(reader.taskRecords(job).at(0).state), nameOf(TaskState::Running));
        }
        QCOMPARE(nameOf(reader.job(job)->state), nameOf(JobState::Interrupted));
        QCOMPARE(nameOf(reader.jobs().first().state), nameOf(JobState::Interrupted));
        QCOMPARE(reader.job(job)->pid, 0);
        QCOMPARE(count(*reader.job(job), TaskState::Lost), 1);
        QCOMPARE(count(*reader.job(job), TaskState::Running), 0);
        QCOMPARE(nameOf(reader.taskRecords(job).at(0).state), nameOf(TaskState::Lost));
    }

    void holdOutlivesTheStoreThatGaveIt()
    {
        JobStore reader(path());
        std::shared_ptr<JobLease> hold;
        qint64 job = 0;
        {
            JobStore writer(path());
            job = makeJob(writer, 3);
            hold = writer.takeHold(job);
            QVERIFY(!writer.takeHold(job));
            writer.releaseJob(job);
        }
        QCOMPARE(nameOf(reader.job(job)->state), nameOf(JobState::Ready));
        QCOMPARE(reasonOf([&] { reader.claimJob(job); }), Reason::JobInUse);
        hold.reset();
        QCOMPARE(nameOf(reader.job(job)->state), nameOf(JobState::Interrupted));
    }

    void onlyOneClaimsAJob()
    {
        JobStore one(path());
        JobStore two(path());
        const qint64 job = makeJob(one, 1);
        try {
            two.claimJob(job);
            QFAIL("claimed twice");
        } catch (const JobStoreError &error) {
            QCOMPARE(error.reason(), Reason::JobInUse);
            QCOMPARE(error.holder(), qint64(::getpid()));
            QVERIFY(QByteArray(error.what()).contains(QByteArray::number(::getpid())));
        }
        one.claimJob(job); // has it already
        one.releaseJob(job);
        two.claimJob(job);
        QCOMPARE(reasonOf([&] { one.claimJob(job); }), Reason::JobInUse);
        QCOMPARE(reasonOf([&] { one.claimJob(99); }), Reason::NoSuchJob);
    }

    void claimSettlesWhatWasUnderWay()
    {
        JobStore store(path());
        const ListedTasks source(5);
        const qint64 job = makeJob(store, 5);
        store.write(job, ranOnce(0), source);
        store.write(job, {started(1, runningRecord(2, 3))}, source); // never ended
        store.write(job, {started(2, runningRecord()), ended(endedAttempt(2, ExitStatus::exited(0), "kept"))},
            source); // its end is known
        store.write(
            job, {started(3, runningRecord()), ended(endedAttempt(3, ExitStatus::exited(9)))}, source); // so is its failure
        store.releaseJob(job);
        store.claimJob(job);
        QCOMPARE(nameOf(store.job(job)->state), nameOf(JobState::Ready));
        const auto records = store.taskRecords(job);
        QCOMPARE(nameOf(records.at(0).state), nameOf(TaskState::Done));
        QCOMPARE(nameOf(records.at(1).state), nameOf(TaskState::Queued));
        QCOMPARE(records.at(1).attempts, 2);
        QCOMPARE(records.at(1).status, ExitStatus::lost());
        QCOMPARE(nameOf(records.at(2).state), nameOf(TaskState::Done));
        QCOMPARE(records.at(2).status, ExitStatus::exited(0));
        QCOMPARE(records.at(2).duration, 1500);
        QCOMPARE(nameOf(records.at(3).state), nameOf(TaskState::Queued));
        QCOMPARE(store.job(job)->tasks, (std::array<qint64, TaskStateCount>{3, 0, 2, 0, 0, 0}));
        const QList<Attempt> lost = store.attempts(job, 1);
        QCOMPARE(lost.size(), 1);
        QCOMPARE(lost.first().number, 2);
        QCOMPARE(lost.first().worker, 3);
        QCOMPARE(lost.first().status, ExitStatus::lost());
        QCOMPARE(store.attempts(job, 2).first().output.out.bytes, QByteArray("kept"));
        QCOMPARE(store.attempts(job, 3).first().status, ExitStatus::exited(9));
    }

    void reconcileFollowsTheCommands()
    {
        JobStore store(path());
        const ListedTasks before(QByteArrayList{"a", "b", "c", "c", "d", "e"});
        const qint64 job = makeJob(store, 6);
        for (const TaskIndex task : {0U, 2U, 3U, 4U})
            store.write(job, ranOnce(task, 0, before.description(task) + QByteArray::number(task)), before);
        store.write(job, ranOnce(1, 1), before);
        // "a" stands elsewhere, one "c" has gone, "d" has gone, "e" never ran, "c" is there once, "x" is new
        const ListedTasks after(QByteArrayList{"x", "b", "a", "c", "e", "a"});
        const auto records = store.reconcile(job, after, "{\"new\":1}", "new inputs");
        const QList<TaskState> expected{
            TaskState::Queued, TaskState::Failed, TaskState::Done, TaskState::Done, TaskState::Queued, TaskState::Queued};
        QCOMPARE(records.size(), 6U);
        for (std::size_t i = 0; i < records.size(); ++i) {
            QCOMPARE(nameOf(records.at(i).state), nameOf(expected.at(qsizetype(i))));
            QCOMPARE(nameOf(store.taskRecords(job).at(i).state), nameOf(expected.at(qsizetype(i))));
        }
        QCOMPARE(store.attempts(job, 2).first().output.out.bytes, QByteArray("a0"));
        QCOMPARE(store.attempts(job, 3).first().output.out.bytes, QByteArray("c3"));
        QCOMPARE(store.inputs(job), QByteArray("new inputs"));
        QCOMPARE(store.job(job)->definition, QByteArray("{\"new\":1}"));
        QCOMPARE(store.job(job)->tasks, (std::array<qint64, TaskStateCount>{3, 0, 2, 1, 0, 0}));
        // What was forgotten is found when its command comes back.
        const auto again = store.reconcile(job, ListedTasks(QByteArrayList{"c", "d", "c", "c"}), "{}", "");
        QCOMPARE(nameOf(again.at(0).state), nameOf(TaskState::Done));
        QCOMPARE(nameOf(again.at(1).state), nameOf(TaskState::Done));
        QCOMPARE(nameOf(again.at(2).state), nameOf(TaskState::Queued));
        QCOMPARE(nameOf(again.at(3).state), nameOf(TaskState::Done)); // stood there before
        QCOMPARE(store.job(job)->total, 4);
    }

    void doneIsPreferredAmongEqualCommands()
    {
        JobStore store(path());
        const ListedTasks before(QByteArrayList{"x", "a", "a", "a"});
        const qint64 job = makeJob(store, 4);
        store.write(job, ranOnce(1, 1), before);
        store.write(job, ranOnce(2, 0), before);
        store.write(job, ranOnce(3, 1), before);
        QCOMPARE(nameOf(store.reconcile(job, ListedTasks(QByteArrayList{"a"}), "{}", "").at(0).state), nameOf(TaskState::Done));
    }

    void requeuedTasksKeepTheirAttempts()
    {
        JobStore store(path());
        const ListedTasks source(3);
        const qint64 job = makeJob(store, 3);
        store.write(job, ranOnce(0), source);
        store.write(job, ranOnce(1, 1), source);
        store.write(job, {changed(2, endedRecord(TaskState::Cancelled, {}))}, source);
        store.requeue(job, {TaskState::Failed});
        QCOMPARE(store.job(job)->tasks, (std::array<qint64, TaskStateCount>{1, 0, 1, 0, 1, 0}));
        QCOMPARE(store.taskRecords(job).at(1).attempts, 1);
        QCOMPARE(store.attempts(job, 1).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestJobResume)
#include "tst_jobresume.moc"
