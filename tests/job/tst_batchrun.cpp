// SPDX-License-Identifier: MIT
#include "storeprobe.h"

#include <procession/job/run/batchrun.h>
#include <procession/job/store/jobstore.h>
#include <procession/job/task/taskfeed.h>
#include <procession/platform/base/invalidinput.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <atomic>

using namespace procession;

class TestBatchRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = m_folder->filePath(QStringLiteral("jobs.sqlite"));
    }

    void recordsWhatItRuns()
    {
        const BatchRequest request = requestFor("exit {}; :", {"0", "3"});
        QCOMPARE(run(BatchRun::prepare(request)), 1);
        const JobStore store(m_store);
        QCOMPARE(store.jobs().size(), 1);
        QCOMPARE(store.jobs().first().state, JobState::Finished);
        QCOMPARE(store.jobs().first().pid, 0);
        QCOMPARE(stateOf(store, 1, 0), TaskState::Done);
        QCOMPARE(stateOf(store, 1, 1), TaskState::Failed);
    }

    void holdsTheJobUntilItGoes()
    {
        std::optional<PreparedBatch> prepared = BatchRun::prepare(requestFor("true {}", {"a"}));
        BatchRequest second = requestFor("true {}", {"a"});
        second.begin = BatchRequest::Begin::ContinueLatest;
        QVERIFY_THROWS_EXCEPTION(JobStoreError, BatchRun::prepare(second));
        prepared.reset();
        QVERIFY(BatchRun::prepare(second).continued);
    }

    void continuesTheLatest()
    {
        run(BatchRun::prepare(requestFor("test {} != b", {"a", "b"})));
        BatchRequest request = requestFor("test {} != b", {"b", "c", "a"});
        request.begin = BatchRequest::Begin::ContinueLatest;
        const PreparedBatch prepared = BatchRun::prepare(request);
        QCOMPARE(prepared.job, 1);
        QCOMPARE(prepared.before.size(), std::size_t(3));
        QCOMPARE(prepared.before[0].state, TaskState::Failed);
        QCOMPARE(prepared.before[1].state, TaskState::Queued);
        QCOMPARE(prepared.before[2].state, TaskState::Done);
    }

    void rerunsWhatFailed()
    {
        run(BatchRun::prepare(requestFor("test {} != b", {"a", "b"})));
        BatchRequest request;
        request.storePath = m_store;
        request.begin = BatchRequest::Begin::ContinueJob;
        request.job = 1;
        request.rerunUnsuccessful = true;
        const PreparedBatch prepared = BatchRun::prepareAsync(request).takeResult();
        QCOMPARE(prepared.batch->definition().command, "test {} != b");
        QCOMPARE(prepared.batch->count(), 2);
        QCOMPARE(prepared.before[0].state, TaskState::Done);
        QCOMPARE(prepared.before[1].state, TaskState::Queued);
    }

    void takesOverWhatEndedElsewhere()
    {
        BatchRequest request = requestFor("exit 9; : {}", {"a", "b"});
        request.endedBefore = [](const JobBatch &) {
            TaskRecord record;
            record.state = TaskState::Done;
            return std::vector<EndedTask>{{1, record}};
        };
        QCOMPARE(run(BatchRun::prepare(request)), 1);
        QCOMPARE(stateOf(JobStore(m_store), 1, 1), TaskState::Done);
        request.storePath.clear();
        QCOMPARE(run(BatchRun::prepare(request)), 1);
    }

    void leavesNothingWithoutStore()
    {
        BatchRequest request = requestFor("head -c 200000 /dev/zero; : {}", {"a"});
        request.storePath.clear();
        PreparedBatch prepared = BatchRun::prepare(request);
        const QString folder = prepared.outputFolder;
        QVERIFY(QFileInfo(folder).isDir());
        QCOMPARE(run(std::move(prepared)), 0);
        QVERIFY(!QFile::exists(folder));
    }

    void failuresTravelThroughTheFuture()
    {
        QVERIFY_THROWS_EXCEPTION(InvalidInput, BatchRun::prepareAsync(requestFor("echo 'unclosed", {"a"})).waitForFinished());
        BatchRequest request;
        request.storePath = m_store;
        request.begin = BatchRequest::Begin::ContinueJob;
        request.job = 7;
        QVERIFY_THROWS_EXCEPTION(std::exception, BatchRun::prepareAsync(request).waitForFinished());
    }

    // While another program holds the database nothing can be written to it.
    void firstTasksDoNotWaitForTheStore()
    {
        run(BatchRun::prepare(requestFor("true {}", {"a"})));
        BatchRequest request = requestFor("touch {}", {m_folder->filePath(QStringLiteral("done")).toUtf8()});
        request.mayBeginAtOnce = true;
        std::unique_ptr<BatchRun> batch;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("block"));
            database.setDatabaseName(m_store);
            QVERIFY(database.open() && QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE")));
            batch = std::make_unique<BatchRun>(BatchRun::prepare(request), BatchRun::Observers{});
            batch->job().start();
            QTRY_VERIFY(QFile::exists(m_folder->filePath(QStringLiteral("done"))));
            QTRY_COMPARE(batch->job().summary().state, JobState::Finished);
            QCOMPARE(batch->storedJob(), 0);
            database.close();
        }
        QSqlDatabase::removeDatabase(QStringLiteral("block"));
        QTRY_COMPARE(batch->storedJob(), 2);
        batch.reset();
        const JobStore store(m_store);
        QCOMPARE(store.job(2)->state, JobState::Finished);
        QCOMPARE(stateOf(store, 2, 0), TaskState::Done);
        QVERIFY(store.latestJob(BatchRun::resumeKey(request.definition))->id == 2);
    }

    void largeOutputOfTheFirstTasksIsKept()
    {
        BatchRequest request = requestFor("head -c {} /dev/zero", {"300000"});
        request.mayBeginAtOnce = true;
        QCOMPARE(run(BatchRun::prepare(request)), 0);
        const QList<Attempt> attempts = JobStore(m_store).attempts(1, 0);
        QCOMPARE(attempts.size(), 1);
        QCOMPARE(attempts.first().output.out.file, m_store + QStringLiteral("-output/1/1.1.out"));
        QCOMPARE(QFileInfo(attempts.first().output.out.file).size(), 300'000);
    }

    // Its beginning is that of a store, and the rest is not.
    void storeThatIsRefusedLateIsToldOf()
    {
        run(BatchRun::prepare(requestFor("true {}", {"a"})));
        sql(m_store, QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
        QFile file(m_store);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(100);
        file.write(QByteArray(static_cast<qsizetype>(file.size()) - 100, 'x'));
        file.close();
        BatchRequest request = requestFor("true {}", {"a"});
        request.mayBeginAtOnce = true;
        std::atomic<int> reason = -1;
        BatchRun::Observers observers;
        observers.onStoreRefused = [&reason](const JobStoreError &error) { reason = static_cast<int>(error.reason()); };
        BatchRun batch(BatchRun::prepare(request), std::move(observers));
        batch.job().start();
        QTRY_COMPARE(reason.load(), static_cast<int>(JobStoreError::Reason::Damaged));
        QTRY_COMPARE(batch.job().summary().state, JobState::Finished);
        QVERIFY(batch.recorder()->flush(QDeadlineTimer(20'000)));
        QCOMPARE(batch.storedJob(), 0);
    }

    void whatShowsAtOnceIsRefusedBeforeAnythingRuns()
    {
        BatchRequest request = requestFor("true {}", {"a"});
        request.mayBeginAtOnce = true;
        QFile file(m_store);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        QVERIFY_THROWS_EXCEPTION(JobStoreError, BatchRun::prepare(request));
        request.storePath = m_folder->filePath(QStringLiteral("foreign.sqlite"));
        sql(request.storePath, QStringLiteral("CREATE TABLE other(a)"));
        QVERIFY_THROWS_EXCEPTION(JobStoreError, BatchRun::prepare(request));
    }

    void keysDifferByWhatMatters()
    {
        const BatchDefinition definition = requestFor("echo {}", {"a"}).definition;
        BatchDefinition other = definition;
        other.inputs = InputTable({InputList({"x"})});
        other.job.workers = 9;
        other.name = QStringLiteral("other");
        QCOMPARE(BatchRun::resumeKey(other), BatchRun::resumeKey(definition));
        other = definition;
        other.options.workingDirectory = "/usr";
        QVERIFY(BatchRun::resumeKey(other) != BatchRun::resumeKey(definition));
        other = definition;
        other.options.environment = {"A=1"};
        QVERIFY(BatchRun::resumeKey(other) != BatchRun::resumeKey(definition));
    }

private:
    BatchRequest requestFor(const QByteArray &command, const QByteArrayList &inputs) const
    {
        BatchRequest request;
        request.definition.command = command;
        request.definition.inputs = InputTable({InputList(inputs)});
        request.storePath = m_store;
        return request;
    }

    /// How many tasks failed.
    static qint64 run(PreparedBatch prepared)
    {
        BatchRun batch(std::move(prepared), {});
        const QSignalSpy finished(&batch.job(), &Job::finished);
        batch.job().start();
        if (!QTest::qWaitFor([&finished] { return !finished.isEmpty(); }, 20'000))
            return -1;
        return batch.job().summary().count(TaskState::Failed);
    }

    static TaskState stateOf(const JobStore &store, qint64 job, std::size_t task)
    {
        return store.taskRecords(job).at(task).state;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_store;
};

QTEST_GUILESS_MAIN(TestBatchRun)
#include "tst_batchrun.moc"
