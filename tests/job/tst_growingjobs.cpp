// SPDX-License-Identifier: MIT
// Jobs in the store whose inputs come while they run.
#include "storefixture.h"

#include <procession/job/inputs/growinginputs.h>

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QtTest>

using namespace procession;

namespace {

/// "run" and the input.
class GrowingTasks : public TaskSource
{
public:
    explicit GrowingTasks(const QByteArrayList &rows) : m_inputs(GrowingInputs::Form())
    {
        for (const QByteArray &row : rows)
            m_inputs.append({row});
    }

    qsizetype count() const override { return m_inputs.rowCount(); }
    bool isGrowing() const override { return true; }
    QByteArray title(TaskIndex task) const override { return m_inputs.row(task).first(); }
    QByteArray description(TaskIndex task) const override { return "run " + title(task); }
    QByteArrayList arguments(TaskIndex task) const override { return m_inputs.row(task); }
    QByteArray storedInputs(TaskIndex first, qsizetype count) const override { return m_inputs.rows(first, count).serialize(); }

private:
    GrowingInputs m_inputs;
};

QByteArray form() { return GrowingInputs(GrowingInputs::Form()).emptyTable().serialize(); }

QByteArrayList rowsOf(const JobStore &store, qint64 job)
{
    const InputTable table = InputTable::deserialize(store.inputs(job));
    QByteArrayList rows;
    for (qsizetype row = 0; row < table.rowCount(); ++row)
        rows += table.row(row).join(' ');
    return rows;
}

qint64 count(const StoredJob &job, TaskState state) { return job.tasks.at(static_cast<std::size_t>(state)); }

} // namespace

class TestGrowingJobs : public QObject, private StoreFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void tasksAreAddedToTheTotal()
    {
        JobStore store(path());
        const GrowingTasks source({"a", "b", "c"});
        const qint64 job = makeGrowing(store);
        QVERIFY(store.job(job)->moreMayCome);
        QCOMPARE(store.job(job)->total, 0);
        QCOMPARE(rowsOf(store, job), QByteArrayList());
        std::vector<StoreChange> changes = ranOnce(0);
        changes.insert(changes.begin(), added({0, 2, {}, true}));
        store.write(job, changes, source);
        store.write(job, changes, source); // the same again, as after a commit that nobody saw
        QCOMPARE(store.job(job)->total, 2);
        QCOMPARE(count(*store.job(job), TaskState::Done), 1);
        QCOMPARE(rowsOf(store, job), (QByteArrayList{"a", "b"}));
        QCOMPARE(store.taskRecords(job).size(), 2U);
        store.write(job, {added({2, 1, {}, true}), added({3, 0, {}, false})}, source);
        QCOMPARE(store.job(job)->total, 3);
        QVERIFY(!store.job(job)->moreMayCome);
        QCOMPARE(rowsOf(store, job), (QByteArrayList{"a", "b", "c"}));
    }

    /// Whatever the transaction, the store is that of a whole job.
    void claimedAfterAKill()
    {
        qint64 job = 0;
        {
            JobStore store(path());
            job = makeGrowing(store);
            store.write(job, {added({0, 3, {}, true}), jobIs(JobState::Running), started(0, runningRecord())},
                GrowingTasks({"a", "b", "c"}));
        }
        JobStore store(path());
        QCOMPARE(store.job(job)->state, JobState::Interrupted);
        QVERIFY(store.job(job)->moreMayCome);
        store.claimJob(job);
        QVERIFY(!store.job(job)->moreMayCome); // it is what was recorded now
        QCOMPARE(store.job(job)->total, 3);
        QCOMPARE(count(*store.job(job), TaskState::Queued), 3);
        QCOMPARE(rowsOf(store, job), (QByteArrayList{"a", "b", "c"}));
    }

    void tasksTakenOffGetNewPlaces()
    {
        JobStore store(path());
        const qint64 job = makeGrowing(store);
        std::vector<StoreChange> changes{added({0, 2, {}, false})};
        for (const StoreChange &change : ranOnce(0, 0, "old output"))
            changes.push_back(change);
        for (const StoreChange &change : ranOnce(1, 3))
            changes.push_back(change);
        store.write(job, changes, GrowingTasks({"a", "b"}));

        const std::vector<RecordedTask> taken = store.takeOffTasks(job, "{}", form());
        QCOMPARE(taken.size(), 2U);
        QCOMPARE(taken[0].command, QByteArray("run a"));
        QCOMPARE(taken[1].record.state, TaskState::Failed);
        QCOMPARE(store.job(job)->total, 0);
        QCOMPARE(count(*store.job(job), TaskState::Done), 0);
        QVERIFY(store.job(job)->moreMayCome);
        QCOMPARE(rowsOf(store, job), QByteArrayList());

        const StoreChange again = added({0, 3, {{2, taken[0].record, taken[0].storeId}}, true});
        const GrowingTasks source({"x", "y", "a"});
        store.write(job, {again}, source);
        store.write(job, {again}, source);
        QCOMPARE(count(*store.job(job), TaskState::Done), 1);
        QCOMPARE(store.taskRecords(job).at(2).state, TaskState::Done);
        QCOMPARE(store.attempts(job, 2).first().output.out.bytes, QByteArray("old output"));
        // The other one has not come. It is known still, and can be run again.
        store.requeue(job, {TaskState::Failed});
        const std::vector<RecordedTask> later = store.takeOffTasks(job, "{}", form());
        QCOMPARE(later.size(), 2U);
        QCOMPARE(later[1].command, QByteArray("run b"));
        QCOMPARE(later[1].record.state, TaskState::Queued);
    }

    void whatAnotherRecordShowsIsAdded()
    {
        JobStore store(path());
        const qint64 job = makeGrowing(store);
        const TaskRecord done = endedRecord(TaskState::Done, ExitStatus::exited(0));
        store.write(job, {added({0, 2, {{1, done, 0}}, true})}, GrowingTasks({"a", "b"}));
        QCOMPARE(count(*store.job(job), TaskState::Done), 1);
        QCOMPARE(store.taskRecords(job).at(1).state, TaskState::Done);
    }

    void otherInputsReplaceThem()
    {
        JobStore store(path());
        const qint64 job = makeGrowing(store);
        store.write(job, {added({0, 2, {}, true})}, GrowingTasks({"a", "b"}));
        store.claimJob(job);
        const ListedTasks listed({"run b"});
        store.reconcile(job, listed, "{}", InputTable({InputList({"b"})}).serialize());
        QCOMPARE(rowsOf(store, job), QByteArrayList{"b"});
        QCOMPARE(store.job(job)->total, 1);
    }

    /// A database of the version before.
    void olderStoresAreTaken()
    {
        qint64 job = 0;
        {
            JobStore store(path());
            job = makeJob(store, 2);
            store.write(job, ranOnce(1), ListedTasks(2));
        }
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("old"));
            database.setDatabaseName(path());
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY(query.exec(QStringLiteral("DROP TABLE job_input_part")));
            QVERIFY(query.exec(QStringLiteral("ALTER TABLE job DROP COLUMN more_may_come")));
            QVERIFY(query.exec(QStringLiteral("PRAGMA user_version = 1")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("old"));
        const JobStore store(path());
        QCOMPARE(store.job(job)->total, 2);
        QVERIFY(!store.job(job)->moreMayCome);
        QCOMPARE(store.inputs(job), QByteArray("inputs"));
        QCOMPARE(count(*store.job(job), TaskState::Done), 1);
    }

private:
    static qint64 makeGrowing(JobStore &store)
    {
        return store.createJob(QStringLiteral("stream"), QStringLiteral("command"), "{}", form(), 0, true);
    }
};

QTEST_GUILESS_MAIN(TestGrowingJobs)
#include "tst_growingjobs.moc"
