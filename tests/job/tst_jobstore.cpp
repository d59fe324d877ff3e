// SPDX-License-Identifier: MIT
#include "storefixture.h"

#include <QtCore/QDateTime>
#include <QtCore/QElapsedTimer>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

#include <thread>
#include <unistd.h>

using namespace procession;
using Reason = JobStoreError::Reason;

namespace {

qint64 count(const StoredJob &job, TaskState state) { return job.tasks.at(static_cast<std::size_t>(state)); }

/// Runs a statement past the store, as another program would.
QVariant sql(const QString &path, const QString &statement)
{
    QVariant value;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("past"));
        database.setDatabaseName(path);
        QSqlQuery query(database);
        if (!database.open() || !query.exec(statement))
            qWarning() << statement << query.lastError();
        else if (query.next())
            value = query.value(0);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("past"));
    return value;
}

template <typename Call>
std::optional<Reason> reasonOf(Call call)
{
    try {
        call();
    } catch (const JobStoreError &error) {
        qInfo() << error.what();
        return error.reason();
    }
    return std::nullopt;
}

} // namespace

class TestJobStore : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString path() const { return m_folder->filePath(QStringLiteral("new folder/jobs.sqlite")); }
    qint64 makeJob(JobStore &store, qint64 total) const
    {
        return store.createJob(QStringLiteral("batch"), QStringLiteral("command"), "{}", "inputs", total);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void filesAreForTheirOwnerAlone()
    {
        const auto forOthers
            = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        JobStore store(path());
        const qint64 job = makeJob(store, 1);
        const QString output = store.outputFolder(job);
        QVERIFY(QFileInfo(output).isDir());
        for (const QString &file : {path(), path() + QStringLiteral("-wal"), path() + QStringLiteral("-shm"),
                 path() + QStringLiteral("-locks"), QFileInfo(path()).path(), QFileInfo(output).path(), output}) {
            QVERIFY2(QFileInfo::exists(file), qPrintable(file));
            QVERIFY2(!(QFile::permissions(file) & forOthers), qPrintable(file));
        }
    }

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

    void outputMovesWithTheStore()
    {
        qint64 job = 0;
        {
            JobStore store(path());
            job = makeJob(store, 1);
            Attempt attempt = endedAttempt(0, ExitStatus::exited(0));
            attempt.output.out.file = store.outputFolder(job) + QStringLiteral("/0.out");
            store.write(job, {started(0, runningRecord()), ended(attempt)}, ListedTasks(1));
        }
        const QString moved = m_folder->filePath(QStringLiteral("moved"));
        QVERIFY(QDir().rename(QFileInfo(path()).path(), moved));
        JobStore store(moved + QStringLiteral("/jobs.sqlite"));
        QCOMPARE(store.attempts(job, 0).first().output.out.file, store.outputFolder(job) + QStringLiteral("/0.out"));
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
        std::shared_ptr<JobHold> hold;
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

    void numbersOfALostDatabaseAreNotUsedAgain()
    {
        JobStore lost(path());
        const qint64 job = makeJob(lost, 1);
        for (const char *suffix : {"", "-wal", "-shm"})
            QVERIFY(QFile::remove(path() + QLatin1StringView(suffix)));
        JobStore store(path());
        QVERIFY(makeJob(store, 1) > job);
    }

    void damagedFileIsRefusedAndKept()
    {
        QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
        const QByteArray content = QByteArray("this is no database. ").repeated(500);
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
        QCOMPARE(reasonOf([&] { JobStore store(path()); }), Reason::Damaged);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }

    void tornFileIsRefusedAndKept()
    {
        {
            JobStore store(path());
            const qint64 job = makeJob(store, 1000);
            for (TaskIndex task = 0; task < 1000; ++task)
                store.write(job, ranOnce(task), ListedTasks(1000));
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(4096));
        const QByteArray garbage(40'000, '\x5a');
        QCOMPARE(file.write(garbage), garbage.size());
        file.close();
        QCOMPARE(reasonOf([&] {
            JobStore store(path());
            store.jobs();
        }),
            Reason::Damaged);
        QVERIFY(file.exists());
    }

    void newerSchemaIsRefused()
    {
        {
            JobStore store(path());
        }
        sql(path(), QStringLiteral("PRAGMA user_version = 1000"));
        QCOMPARE(reasonOf([&] { JobStore store(path()); }), Reason::NewerSchema);
        QCOMPARE(sql(path(), QStringLiteral("PRAGMA user_version")).toInt(), 1000);
    }

    void databaseOfAnotherProgramIsRefused()
    {
        QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
        sql(path(), QStringLiteral("CREATE TABLE theirs(x)"));
        QCOMPARE(reasonOf([&] { JobStore store(path()); }), Reason::Foreign);
        QCOMPARE(sql(path(), QStringLiteral("PRAGMA journal_mode")).toString(), QStringLiteral("delete"));
        QCOMPARE(sql(path(), QStringLiteral("SELECT count(*) FROM sqlite_master")).toInt(), 1);
    }

    void manyMayOpenANewFileAtOnce()
    {
        std::vector<std::thread> threads;
        std::atomic<int> failures = 0;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([this, &failures] {
                try {
                    JobStore store(path());
                    const qint64 job = makeJob(store, 50);
                    for (TaskIndex task = 0; task < 50; ++task)
                        store.write(job, ranOnce(task), ListedTasks(50));
                } catch (const JobStoreError &error) {
                    qWarning() << error.what();
                    ++failures;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures, 0);
        const QList<StoredJob> jobs = JobStore(path()).jobs();
        QCOMPARE(jobs.size(), 8);
        for (const StoredJob &job : jobs)
            QCOMPARE(count(job, TaskState::Done), 50);
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
