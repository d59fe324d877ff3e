// SPDX-License-Identifier: MIT
#include "storefixture.h"

#include <procession/job/store/jobrecorder.h>

#include <QtCore/QElapsedTimer>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

#include <mutex>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// Keeps the database from being written, as another program would, until it is destroyed.
class WriteBlock
{
public:
    explicit WriteBlock(const QString &path)
    {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("block"));
        m_database.setDatabaseName(path);
        if (!m_database.open() || !QSqlQuery(m_database).exec(QStringLiteral("BEGIN IMMEDIATE")))
            qFatal("cannot block the database");
    }
    Q_DISABLE_COPY_MOVE(WriteBlock)
    ~WriteBlock()
    {
        m_database.close();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(QStringLiteral("block"));
    }

private:
    QSqlDatabase m_database;
};

/// Writes down what it is told and asks the store whether it is there already.
class Witness : public JobObserver
{
public:
    Witness(const QString &path, qint64 job) : m_path(path), m_job(job) { }

    void taskStarted(TaskIndex task, const TaskRecord &) override { note("started", task); }
    void attemptEnded(const Attempt &attempt) override
    {
        if (JobStore(m_path).attempts(m_job, attempt.task).isEmpty())
            note("told too early of", attempt.task);
        note("ended", attempt.task);
    }
    void taskChanged(TaskIndex task, const TaskRecord &) override { note("changed", task); }
    void jobStateChanged(JobState state) override { note(nameOf(state).data(), 0); }

    QByteArrayList notes() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_notes;
    }

private:
    void note(const char *what, TaskIndex task)
    {
        const std::scoped_lock lock(m_mutex);
        m_notes.append(what + (' ' + QByteArray::number(task)));
    }

    const QString m_path;
    const qint64 m_job;
    mutable std::mutex m_mutex;
    QByteArrayList m_notes;
};

class Errors
{
public:
    void add(const QString &text)
    {
        const std::scoped_lock lock(m_mutex);
        m_texts.append(text);
    }
    QStringList texts() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_texts;
    }

private:
    mutable std::mutex m_mutex;
    QStringList m_texts;
};

void run(JobObserver &recorder, TaskIndex task, int exitCode = 0, const QByteArray &out = {})
{
    const auto changes = ranOnce(task, exitCode, out);
    recorder.taskStarted(task, changes.at(0).record);
    recorder.attemptEnded(changes.at(1).attempt);
    recorder.taskChanged(task, changes.at(2).record);
}

} // namespace

class TestJobRecorder : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<JobStore> m_store;
    qint64 m_job = 0;
    std::unique_ptr<Errors> m_errors;

    static constexpr int Tasks = 2000;
    QString path() const { return m_folder->filePath(QStringLiteral("jobs.sqlite")); }
    std::unique_ptr<JobRecorder> makeRecorder(std::vector<std::shared_ptr<JobObserver>> downstream = {})
    {
        return std::make_unique<JobRecorder>(path(), JobRecorder::Job{.id = m_job}, std::make_shared<ListedTasks>(Tasks),
            std::move(downstream), [this](const QString &text) { m_errors->add(text); });
    }
    /// Puts something in the place of the database that cannot be opened.
    void hideStore()
    {
        m_store.reset();
        QVERIFY(QDir().rename(path(), path() + QStringLiteral("-away")));
        QVERIFY(QDir().mkdir(path()));
    }
    void bringBackStore()
    {
        QVERIFY(QDir().rmdir(path()));
        QVERIFY(QDir().rename(path() + QStringLiteral("-away"), path()));
        m_store = std::make_unique<JobStore>(path());
    }
    qint64 count(TaskState state) const { return m_store->job(m_job)->tasks.at(static_cast<std::size_t>(state)); }

private Q_SLOTS:
    void init()
    {
        m_errors = std::make_unique<Errors>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<JobStore>(path());
        m_job = m_store->createJob(QStringLiteral("batch"), QStringLiteral("command"), "{}", "", Tasks);
    }

    void cleanup() { m_store.reset(); }

    void allThatWasToldIsWritten()
    {
        const auto recorder = makeRecorder();
        recorder->jobStateChanged(JobState::Running);
        for (TaskIndex task = 0; task < Tasks; ++task)
            run(*recorder, task, task % 10 == 0 ? 1 : 0, QByteArray::number(task));
        recorder->jobStateChanged(JobState::Finished);
        QVERIFY(recorder->flush(QDeadlineTimer(30s)));
        QCOMPARE(count(TaskState::Done), Tasks * 9 / 10);
        QCOMPARE(count(TaskState::Failed), Tasks / 10);
        QCOMPARE(nameOf(m_store->job(m_job)->state), nameOf(JobState::Finished));
        for (const TaskIndex task : {0U, 777U, Tasks - 1U})
            QCOMPARE(m_store->attempts(m_job, task).first().output.out.bytes, QByteArray::number(task));
    }

    void destructorWritesWhatIsLeft()
    {
        auto recorder = makeRecorder();
        for (TaskIndex task = 0; task < Tasks; ++task)
            run(*recorder, task);
        recorder.reset();
        QCOMPARE(count(TaskState::Done), Tasks);
    }

    void loneChangeIsWrittenWithoutBeingAsked()
    {
        const auto recorder = makeRecorder();
        recorder->taskStarted(5, runningRecord());
        QTRY_COMPARE(count(TaskState::Running), 1);
        run(*recorder, 6);
        QTRY_COMPARE(count(TaskState::Done), 1);
    }

    void attemptIsNotWrittenWithoutWhatBecomesOfItsTask()
    {
        const auto recorder = makeRecorder();
        const auto changes = ranOnce(0, 7);
        recorder->attemptEnded(changes.at(1).attempt);
        recorder->jobStateChanged(JobState::Running);
        recorder->attemptEnded(changes.at(1).attempt);
        QTRY_COMPARE(nameOf(m_store->job(m_job)->state), nameOf(JobState::Running));
        recorder->taskStarted(1, runningRecord());
        recorder->attemptEnded(ranOnce(1, 7).at(1).attempt);
        QTRY_COMPARE(count(TaskState::Running), 1);
        QCOMPARE(m_store->attempts(m_job, 0).size(), 1);
        QVERIFY(m_store->attempts(m_job, 1).isEmpty());
        recorder->taskChanged(1, ranOnce(1, 7).at(2).record);
        QTRY_COMPARE(count(TaskState::Failed), 1);
        QCOMPARE(m_store->attempts(m_job, 1).size(), 1);
    }

    void othersAreToldAfterwardsInOrder()
    {
        const auto witness = std::make_shared<Witness>(path(), m_job);
        const auto recorder = makeRecorder({witness});
        QByteArrayList expected{"running 0"};
        recorder->jobStateChanged(JobState::Running);
        for (TaskIndex task = 0; task < 50; ++task) {
            run(*recorder, task);
            for (const char *what : {"started ", "ended ", "changed "})
                expected.append(what + QByteArray::number(task));
        }
        QVERIFY(recorder->flush(QDeadlineTimer(30s)));
        QCOMPARE(witness->notes(), expected);
    }

    void flushOfNothingReturns()
    {
        const auto recorder = makeRecorder();
        QVERIFY(recorder->flush(QDeadlineTimer(QDeadlineTimer::Forever)));
    }

    void flushGivesUpAtItsDeadline()
    {
        const auto recorder = makeRecorder();
        QVERIFY(recorder->flush(QDeadlineTimer(0)));
        {
            const WriteBlock block(path());
            run(*recorder, 0);
            QVERIFY(!recorder->flush(QDeadlineTimer(50ms)));
        }
        QVERIFY(recorder->flush(QDeadlineTimer(30s)));
        QCOMPARE(count(TaskState::Done), 1);
        QVERIFY(m_errors->texts().isEmpty()); // waiting for another program is no trouble
    }

    void troubleIsToldOnceAndThenMended()
    {
        hideStore();
        auto recorder = makeRecorder();
        for (TaskIndex task = 0; task < 10; ++task)
            run(*recorder, task);
        QTRY_COMPARE(m_errors->texts().size(), 1);
        QVERIFY2(m_errors->texts().first().contains(path()), qPrintable(m_errors->texts().first()));
        QVERIFY(!recorder->flush(QDeadlineTimer(1500ms))); // another try has failed meanwhile
        QCOMPARE(m_errors->texts().size(), 1);
        bringBackStore();
        QVERIFY(recorder->flush(QDeadlineTimer(30s)));
        QCOMPARE(count(TaskState::Done), 10);
        QCOMPARE(m_errors->texts().size(), 1);
    }

    void contradictionIsReportedAndLeftOut()
    {
        const auto recorder = makeRecorder();
        {
            const WriteBlock block(path()); // so that all go into one transaction
            for (TaskIndex task = 0; task < 10; ++task)
                run(*recorder, task == 5 ? Tasks + 5 : task);
        }
        QVERIFY(!recorder->flush(QDeadlineTimer(30s)));
        QCOMPARE(count(TaskState::Done), 9);
        QCOMPARE(m_errors->texts().size(), 3); // started, ended, changed
        recorder->taskStarted(11, runningRecord());
        QTRY_COMPARE(count(TaskState::Running), 1);
    }

    void jobWaitsWhenTooMuchIsWaiting()
    {
        const auto recorder = makeRecorder();
        const QByteArray output(1024 * 1024, 'x');
        std::atomic<int> told = 0;
        std::thread job;
        {
            const WriteBlock block(path());
            job = std::thread([&] {
                for (TaskIndex task = 0; task < 100; ++task, ++told)
                    run(*recorder, task, 0, output);
            });
            QTRY_VERIFY(told >= 60);
            QVERIFY(!recorder->flush(QDeadlineTimer(200ms)));
            QVERIFY2(told < 70, qPrintable(QString::number(told)));
        }
        job.join();
        QVERIFY(recorder->flush(QDeadlineTimer(30s)));
        QCOMPARE(count(TaskState::Done), 100);
    }

    void givingUpFreesTheJob()
    {
        hideStore();
        auto recorder = makeRecorder();
        const QByteArray output(1024 * 1024, 'x');
        std::atomic<int> told = 0;
        std::thread job([&] {
            for (TaskIndex task = 0; task < 100; ++task, ++told)
                run(*recorder, task, 0, output);
        });
        QTRY_VERIFY(told >= 60);
        recorder->giveUp();
        job.join();
        QVERIFY(!recorder->flush(QDeadlineTimer(30s)));
        recorder.reset();
        bringBackStore();
        QVERIFY(count(TaskState::Done) < 100);
    }

    void destructorGivesUpAfterSomeSeconds()
    {
        hideStore();
        auto recorder = makeRecorder();
        run(*recorder, 0);
        QElapsedTimer timer;
        timer.start();
        recorder.reset();
        QVERIFY2(timer.elapsed() > 3000 && timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void aLongTransactionIsNotStuck()
    {
        auto recorder = makeRecorder();
        QVERIFY(recorder->flush(QDeadlineTimer(0)));
        {
            const WriteBlock block(path()); // as long as another program, or a busy machine, takes
            run(*recorder, 0);
            QVERIFY(!recorder->flush(QDeadlineTimer(5500ms)));
            QVERIFY(!recorder->isStuck());
        }
        recorder.reset();
        QCOMPARE(count(TaskState::Done), 1);
        QVERIFY(m_errors->texts().isEmpty());
    }

    void triesInVainAreStuck()
    {
        hideStore();
        auto recorder = makeRecorder();
        run(*recorder, 0);
        QVERIFY(!recorder->flush(QDeadlineTimer(500ms)));
        QVERIFY(!recorder->isStuck());
        QTRY_VERIFY_WITH_TIMEOUT(recorder->isStuck(), 20'000);
        bringBackStore();
        QTRY_VERIFY(!recorder->isStuck()); // it has gone on trying
        QCOMPARE(count(TaskState::Done), 1);
    }

    void holdGoesWithTheRecorder()
    {
        auto recorder = std::make_unique<JobRecorder>(
            path(), JobRecorder::Job{.id = m_job, .hold = m_store->takeHold(m_job)}, std::make_shared<ListedTasks>(Tasks));
        recorder->jobStateChanged(JobState::Running);
        QVERIFY(recorder->flush(QDeadlineTimer(30s)));
        QCOMPARE(nameOf(m_store->job(m_job)->state), nameOf(JobState::Running));
        recorder.reset();
        QCOMPARE(nameOf(m_store->job(m_job)->state), nameOf(JobState::Interrupted));
    }
};

QTEST_GUILESS_MAIN(TestJobRecorder)
#include "tst_jobrecorder.moc"
