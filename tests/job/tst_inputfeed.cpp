// SPDX-License-Identifier: MIT
#include "testexecutor.h"

#include <procession/job/run/inputfeed.h>
#include <procession/platform/base/invalidinput.h>

#include <QtTest/QtTest>

#include <unistd.h>

using namespace procession;

namespace {

/// A job that is fed from a pipe.
class FedJob
{
public:
    explicit FedJob(TestExecutor *testExecutor, InputFeed::Matcher matcher = {}, int workers = 2)
        : executor(testExecutor), batch(makeBatch())
    {
        auto [readEnd, writeEnd] = Descriptor::pipe();
        pipe = std::move(writeEnd);
        auto stream = std::make_shared<RowStream>(std::move(readEnd), RowStream::Options());
        feed = std::make_unique<InputFeed>(stream, batch, std::move(matcher), [this](const std::exception &error) {
            const std::scoped_lock lock(m_mutex);
            m_error = error.what();
        });
        JobOptions options;
        options.workers = workers;
        job = std::make_unique<Job>(batch, std::unique_ptr<Executor>(executor), options, std::vector{feed->observer()});
        finished = std::make_unique<QSignalSpy>(job.get(), &Job::finished);
        feed->start(*job);
        job->start();
    }
    ~FedJob()
    {
        feed.reset();
        job.reset();
    }

    void write(const QByteArray &bytes) const
    {
        QCOMPARE(::write(pipe.get(), bytes.constData(), static_cast<std::size_t>(bytes.size())), bytes.size());
    }
    bool waitForEnd() const { return !finished->isEmpty() || finished->wait(10'000); }
    qint64 count(TaskState state) const { return job->summary().count(state); }
    QByteArray error()
    {
        const std::scoped_lock lock(m_mutex);
        return m_error;
    }

    Descriptor pipe;
    TestExecutor *executor;
    std::shared_ptr<const JobBatch> batch;
    std::unique_ptr<Job> job;
    std::unique_ptr<QSignalSpy> finished;
    std::unique_ptr<InputFeed> feed;

private:
    static std::shared_ptr<const JobBatch> makeBatch()
    {
        BatchDefinition definition;
        definition.command = "echo {}";
        definition.growing = std::make_shared<GrowingInputs>(GrowingInputs::Form());
        definition.inputs = definition.growing->emptyTable();
        return JobBatch::of(definition);
    }

    std::mutex m_mutex;
    QByteArray m_error;
};

ExitStatus succeed(TaskIndex, int) { return ExitStatus::exited(0); }

TaskRecord done()
{
    TaskRecord record;
    record.state = TaskState::Done;
    record.attempts = 1;
    return record;
}

} // namespace

class TestInputFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theJobWaitsForTheEndOfItsInputs()
    {
        FedJob f(new TestExecutor(succeed));
        f.write("a\nb\n");
        QTRY_COMPARE(f.count(TaskState::Done), 2);
        QCOMPARE(f.job->summary().state, JobState::Running);
        QVERIFY(f.job->summary().moreMayCome);
        f.write("c");
        f.pipe.reset();
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Done), 3);
        QVERIFY(!f.job->summary().moreMayCome);
        QCOMPARE(f.batch->description(2), QByteArray("echo c"));
    }

    void withoutInputs()
    {
        FedJob f(new TestExecutor(succeed));
        f.pipe.reset();
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.job->summary().total(), 0);
    }

    void readsAheadOnlySoFar()
    {
        FedJob f(new TestExecutor);
        f.write(QByteArray("x\n").repeated(InputFeed::MostWaiting + 2'000)); // fits into the pipe
        constexpr qsizetype Most = InputFeed::MostWaiting + 4; // those that have started have made room
        QTRY_COMPARE(f.executor->running().size(), 2U);
        QTRY_VERIFY(f.batch->count() >= InputFeed::MostWaiting);
        f.executor->finish(1);
        f.executor->finish(2);
        QTRY_COMPARE(f.count(TaskState::Done), 2);
        QTRY_COMPARE(f.executor->running().size(), 2U);
        f.job->stop(StopMode::Kill);
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.job->summary().total(), f.batch->count());
        QVERIFY2(f.batch->count() <= Most, QByteArray::number(f.batch->count()).constData());
    }

    void stopEndsTheWaiting()
    {
        for (const StopMode mode : {StopMode::Finish, StopMode::Terminate, StopMode::Kill}) {
            FedJob f(new TestExecutor);
            f.write("a\n");
            QTRY_COMPARE(f.executor->running().size(), 1U);
            f.job->stop(mode);
            if (mode == StopMode::Finish)
                f.executor->finish(1);
            QVERIFY(f.waitForEnd());
            QCOMPARE(f.job->summary().total(), 1);
        }
    }

    void pausedJobsGetInputs()
    {
        FedJob f(new TestExecutor(succeed));
        f.job->pause();
        f.write("a\n");
        QTRY_COMPARE(f.count(TaskState::Queued), 1);
        f.pipe.reset();
        f.job->resume();
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Done), 1);
    }

    void earlierRecordsCount()
    {
        int known = 2;
        FedJob f(new TestExecutor(succeed), [&known](const JobBatch &batch, TaskIndex task) -> std::optional<EarlierTask> {
            const QByteArray command = batch.description(task);
            if (command != "echo a" || known == 0)
                return std::nullopt;
            --known;
            return EarlierTask{0, done(), 0};
        });
        f.write("a\nb\na\na\n");
        f.pipe.reset();
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Done), 4);
        QCOMPARE(f.job->summary().endedBefore, 2);
        QCOMPARE(f.job->summary().attemptsEnded, 2);
    }

    /// They do not count as waiting.
    void earlierRecordsWithoutEnd()
    {
        FedJob f(new TestExecutor(succeed), [](const JobBatch &, TaskIndex) -> std::optional<EarlierTask> {
            return EarlierTask{0, done(), 0};
        });
        const QByteArray rows = QByteArray("x\n").repeated(1'000);
        for (int i = 0; i < 20; ++i)
            f.write(rows);
        f.pipe.reset();
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.job->summary().endedBefore, 20'000);
    }

    void whatCannotBeAnInputIsTold()
    {
        FedJob f(new TestExecutor(succeed));
        f.write(QByteArray("a\nb\0c\nd\n", 8));
        QVERIFY(f.waitForEnd()); // though the pipe is open
        QCOMPARE(f.count(TaskState::Done), 1);
        QVERIFY2(f.error().contains("NUL"), f.error().constData());
    }

    void manyTasksAreForgotten()
    {
        FedJob f(new TestExecutor(succeed));
        const QByteArray rows = QByteArray("x\n").repeated(1'000);
        for (int i = 0; i < 60; ++i)
            f.write(rows);
        f.pipe.reset();
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Done), 60'000);
        f.job->retryUnsuccessful();
        f.job->retry({0, 59'999});
        QTRY_VERIFY(f.job->summary().attemptsEnded >= 60'001); // the last is known still, the first is not
        QTRY_COMPARE(f.job->summary().state, JobState::Finished);
        QCOMPARE(f.job->summary().attemptsEnded, 60'001);
        QCOMPARE(f.count(TaskState::Done), 60'000);
    }
};

QTEST_GUILESS_MAIN(TestInputFeed)
#include "tst_inputfeed.moc"
