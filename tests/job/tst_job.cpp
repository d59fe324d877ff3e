// SPDX-License-Identifier: MIT
#include "testexecutor.h"

#include <procession/job/engine/job.h>
#include <procession/job/task/taskfeed.h>

#include <QtTest/QtTest>

#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

class Numbers : public TaskSource
{
public:
    explicit Numbers(qsizetype count) : m_count(count) { }
    qsizetype count() const override { return m_count; }
    QByteArray title(TaskIndex task) const override { return QByteArray::number(task); }
    QByteArray description(TaskIndex task) const override { return "number " + title(task); }
    QByteArrayList arguments(TaskIndex task) const override { return {title(task)}; }

private:
    qsizetype m_count;
};

/// Checks the promised order of an observer's calls and counts them.
class OrderObserver : public JobObserver
{
public:
    void taskStarted(TaskIndex task, const TaskRecord &record) override
    {
        inOrder &= record.state == TaskState::Running && !m_running.contains(task);
        m_running.insert(task);
        ++started;
    }
    void attemptEnded(const Attempt &attempt) override
    {
        inOrder &= m_running.remove(attempt.task);
        ++ended;
    }
    void taskChanged(TaskIndex task, const TaskRecord &record) override
    {
        inOrder &= !m_running.contains(task) && record.state != TaskState::Running;
    }
    void jobStateChanged(JobState state) override { states << state; }

    int started = 0;
    int ended = 0;
    bool inOrder = true;
    QList<JobState> states;

private:
    QSet<TaskIndex> m_running;
};

struct Fixture
{
    Fixture(qsizetype count, TestExecutor *testExecutor, const JobOptions &options, std::vector<TaskRecord> before = {})
        : executor(testExecutor),
          job(std::make_shared<Numbers>(count), std::unique_ptr<Executor>(testExecutor), options, {observer, feed}, before),
          finished(&job, &Job::finished)
    {
        job.start();
    }
    bool waitForEnd() { return !finished.isEmpty() || finished.wait(10'000); }
    qint64 count(TaskState state) const { return job.summary().count(state); }

    TestExecutor *executor;
    std::shared_ptr<OrderObserver> observer = std::make_shared<OrderObserver>();
    std::shared_ptr<TaskFeed> feed = std::make_shared<TaskFeed>();
    Job job;
    QSignalSpy finished;
};

JobOptions workers(int count)
{
    JobOptions options;
    options.workers = count;
    return options;
}

ExitStatus succeed(TaskIndex, int) { return ExitStatus::exited(0); }

} // namespace

class tst_Job : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsEveryTaskOnce()
    {
        Fixture f(1000, new TestExecutor(succeed), workers(7));
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Done), 1000);
        QCOMPARE(f.observer->started, 1000);
        QCOMPARE(f.observer->ended, 1000);
        QVERIFY(f.observer->inOrder);
        QCOMPARE(f.observer->states, (QList<JobState>{JobState::Running, JobState::Finished}));
        QCOMPARE(f.feed->take().size(), 2000U);
        QVERIFY(f.job.summary().endedAt >= f.job.summary().startedAt);
    }

    void withoutTasks()
    {
        Fixture f(0, new TestExecutor(succeed), workers(1));
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.job.summary().total(), 0);
    }

    void neverMoreThanTheWorkers()
    {
        Fixture f(10, new TestExecutor, workers(3));
        QTRY_COMPARE(f.executor->running().size(), 3U);
        QTRY_COMPARE(f.job.summary().busyWorkers, 3);
        f.executor->finish(2);
        QTRY_COMPARE(f.executor->running()[2].task, 3U);
        QCOMPARE(f.executor->running().size(), 3U);
    }

    void changeOfWorkers()
    {
        Fixture f(100, new TestExecutor, workers(2));
        QTRY_COMPARE(f.executor->running().size(), 2U);
        f.job.setWorkerCount(5);
        QTRY_COMPARE(f.executor->running().size(), 5U);
        f.job.setWorkerCount(1);
        QTRY_COMPARE(f.job.summary().workers, 1);
        QCOMPARE(f.executor->running().size(), 5U); // nobody is interrupted
        for (int worker = 1; worker <= 5; ++worker)
            f.executor->finish(worker);
        QTRY_COMPARE(f.job.workers().size(), 1U);
        QTRY_COMPARE(f.executor->running().size(), 1U);
    }

    void pauseAndResume()
    {
        Fixture f(3, new TestExecutor, workers(1));
        QTRY_COMPARE(f.executor->running().size(), 1U);
        f.job.pause();
        QTRY_COMPARE(f.job.summary().state, JobState::Paused);
        f.executor->finish(1);
        QTRY_COMPARE(f.count(TaskState::Done), 1);
        QCOMPARE(f.count(TaskState::Running), 0);
        f.job.resume();
        QTRY_COMPARE(f.executor->running().size(), 1U);
    }

    void stop_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("done");
        QTest::addColumn<int>("signals");
        QTest::newRow("finish") << int(StopMode::Finish) << 2 << 0;
        QTest::newRow("terminate") << int(StopMode::Terminate) << 0 << 2;
        QTest::newRow("kill") << int(StopMode::Kill) << 0 << 2;
    }
    void stop()
    {
        QFETCH(int, mode);
        QFETCH(int, done);
        QFETCH(int, signals);
        Fixture f(10, new TestExecutor, workers(2));
        QTRY_COMPARE(f.executor->running().size(), 2U);
        f.job.stop(StopMode(mode));
        QTRY_COMPARE(f.count(TaskState::Queued), 0);
        f.executor->finish(1);
        f.executor->finish(2);
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Done), done);
        QCOMPARE(f.count(TaskState::Cancelled), 10 - done);
        QCOMPARE(f.executor->signalsSent().size(), std::size_t(signals));
        QCOMPARE(f.observer->states, (QList<JobState>{JobState::Running, JobState::Stopping, JobState::Finished}));
    }

    void timeOutThenKill()
    {
        JobOptions options = workers(1);
        options.timeout = 20ms;
        options.killGrace = 20ms;
        auto *executor = new TestExecutor;
        executor->ignoreTerminate();
        Fixture f(1, executor, options);
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Failed), 1);
        const auto changes = f.feed->take();
        QCOMPARE(changes.back().record.cause, EndCause::TimedOut);
        QCOMPARE(changes.back().record.status, ExitStatus::signaled(9));
        const auto sent = f.executor->signalsSent();
        QCOMPARE(sent.size(), 2U);
        QCOMPARE(sent[0].second, WorkerSignal::Terminate);
        QCOMPARE(sent[1].second, WorkerSignal::Kill);
    }

    /// Where many are started at once, on a machine that is busy or is stopped for a while, the last ones are not late before they began.
    void timeOutCountsFromTheStart()
    {
        class Slow : public OrderObserver
        {
        public:
            void taskStarted(TaskIndex task, const TaskRecord &record) override
            {
                OrderObserver::taskStarted(task, record);
                std::this_thread::sleep_for(task == 1 ? 3s : 0s); // before it is executed
            }
        };
        JobOptions options = workers(2);
        options.timeout = 2s;
        auto *executor = new TestExecutor;
        const auto feed = std::make_shared<TaskFeed>();
        Job job(std::make_shared<Numbers>(2), std::unique_ptr<Executor>(executor), options, {std::make_shared<Slow>(), feed}, {});
        const QSignalSpy finished(&job, &Job::finished);
        job.start();
        QTRY_VERIFY(executor->running().contains(2));
        executor->finish(2);
        QTRY_COMPARE(job.summary().count(TaskState::Done), 1);
        QTRY_COMPARE(finished.size(), 1); // the first one is late
        QCOMPARE(job.summary().count(TaskState::Failed), 1);
    }

    void suspendedTimeDoesNotCount()
    {
        JobOptions options = workers(1);
        options.timeout = 300ms;
        Fixture f(1, new TestExecutor, options);
        QTRY_COMPARE(f.executor->running().size(), 1U);
        f.job.signalWorkers({1}, WorkerSignal::Suspend);
        QTRY_COMPARE(f.job.workers().front().state, WorkerState::Suspended);
        QTest::qWait(400); // the time that must not count
        QCOMPARE(f.executor->signalsSent().size(), 1U);
        f.job.signalWorkers({1}, WorkerSignal::Resume);
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.feed->take().back().record.cause, EndCause::TimedOut);
    }

    void standStill()
    {
        JobOptions options = workers(2);
        options.timeout = 300ms;
        Fixture f(3, new TestExecutor, options);
        QTRY_COMPARE(f.executor->running().size(), 2U);
        f.job.signalWorkers({1}, WorkerSignal::Suspend); // which a person did
        QVERIFY(f.job.standStill(QDeadlineTimer(10s)));
        QTest::qWait(400); // the time that must not count
        f.executor->finish(1);
        QTRY_COMPARE(f.count(TaskState::Done), 1);
        QCOMPARE(f.executor->running().size(), 1U); // nothing is started
        using Sent = std::vector<std::pair<int, WorkerSignal>>;
        QCOMPARE(f.executor->signalsSent(), (Sent{{1, WorkerSignal::Suspend}, {2, WorkerSignal::Suspend}}));
        f.job.goOn();
        QTRY_COMPARE(f.executor->running().size(), 2U); // before the time-out of the one that stood
        f.executor->finish(2);
        f.executor->finish(1);
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Done), 3);
        QCOMPARE(
            f.executor->signalsSent(), (Sent{{1, WorkerSignal::Suspend}, {2, WorkerSignal::Suspend}, {2, WorkerSignal::Resume}}));
        const JobSummary summary = f.job.summary();
        QVERIFY(summary.stoodStill >= 400'000 && summary.stoodStill <= summary.endedAt - summary.startedAt);
    }

    void graceStandsStill()
    {
        JobOptions options = workers(1);
        options.killGrace = 300ms;
        auto *executor = new TestExecutor;
        executor->ignoreTerminate();
        Fixture f(1, executor, options);
        QTRY_COMPARE(f.executor->running().size(), 1U);
        f.job.stop(StopMode::Terminate);
        QVERIFY(f.job.standStill(QDeadlineTimer(10s)));
        QTest::qWait(400); // the time that must not count
        QCOMPARE(f.executor->running().size(), 1U);
        f.job.goOn();
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.executor->signalsSent().back().second, WorkerSignal::Kill);
    }

    void stoppedAttemptsAreShown()
    {
        Fixture f(1, new TestExecutor, workers(1));
        f.job.setUsageInterval(5ms);
        QTRY_COMPARE(f.executor->running().size(), 1U);
        f.executor->setStopped(true);
        QTRY_COMPARE(f.job.workers().front().state, WorkerState::Stopped);
        QCOMPARE(f.job.summary().stoppedWorkers, 1);
        f.job.signalWorkers({1}, WorkerSignal::Resume);
        QTRY_COMPARE(f.executor->signalsSent().size(), 1U);
        f.executor->setStopped(false);
        QTRY_COMPARE(f.job.workers().front().state, WorkerState::Busy);
        QCOMPARE(f.job.summary().stoppedWorkers, 0);
        f.executor->finish(1);
        QVERIFY(f.waitForEnd());
    }

    void haltNow()
    {
        JobOptions options = workers(2);
        options.halt = {HaltRule::When::Now, HaltRule::Count::Failed, 1, 0};
        Fixture f(10, new TestExecutor, options);
        QTRY_COMPARE(f.executor->running().size(), 2U);
        f.executor->finish(1, ExitStatus::exited(1));
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Failed), 1);
        QCOMPARE(f.count(TaskState::Cancelled), 9);
        QVERIFY(f.job.summary().halted);
    }

    void retriesEnd()
    {
        JobOptions options = workers(2);
        options.maxAttempts = 3;
        Fixture f(4, new TestExecutor([](TaskIndex task, int number) {
            return ExitStatus::exited(task == 0 || number < 3 ? 1 : 0); // 0 never succeeds, the others at the third try
        }),
            options);
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Failed), 1);
        QCOMPARE(f.count(TaskState::Done), 3);
        QCOMPARE(f.observer->ended, 12);
    }

    void shortageIsWaitedOut()
    {
        auto *executor = new TestExecutor;
        executor->setCapacity(2);
        Fixture f(6, executor, workers(4));
        for (int done = 0; done < 6; ++done) {
            QTRY_COMPARE(f.executor->running().size(), std::size_t(std::min(2, 6 - done)));
            QTRY_COMPARE(f.count(TaskState::Running), std::min(2, 6 - done));
            f.executor->finish(f.executor->running().begin()->first);
            QTRY_COMPARE(f.count(TaskState::Done), done + 1);
        }
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Failed), 0);
    }

    void shortageWithNothingRunningIsAnError()
    {
        auto *executor = new TestExecutor;
        executor->setCapacity(0);
        Fixture f(3, executor, workers(2));
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.count(TaskState::Failed), 3);
    }

    void personActsOnTasks()
    {
        Fixture f(4, new TestExecutor, workers(2));
        QTRY_COMPARE(f.executor->running().size(), 2U);
        f.job.signalTasks({0}, WorkerSignal::Kill);
        f.job.cancel({1, 3});
        QTRY_COMPARE(f.count(TaskState::Cancelled), 3);
        QTRY_COMPARE(f.executor->running()[1].task, 2U);
        f.executor->finish(1);
        QVERIFY(f.waitForEnd());
        f.finished.clear();
        f.job.retry({0, 2});
        QTRY_COMPARE(f.executor->running().size(), 2U);
        QCOMPARE(f.job.summary().state, JobState::Running);
        f.executor->finish(1);
        f.executor->finish(2);
        QVERIFY(f.waitForEnd());
        f.finished.clear();
        f.job.retryUnsuccessful();
        QTRY_COMPARE(f.executor->running().size(), 2U);
    }

    void resumedRunsOnlyWhatIsMissing()
    {
        std::vector<TaskRecord> before(4);
        before[0].state = TaskState::Done;
        before[2].state = TaskState::Done;
        Fixture f(4, new TestExecutor(succeed), workers(1), before);
        QVERIFY(f.waitForEnd());
        QCOMPARE(f.observer->started, 2);
        QCOMPARE(f.count(TaskState::Done), 4);
    }

    void usageAndOutputOfRunningTasks()
    {
        Fixture f(2, new TestExecutor, workers(1));
        f.job.setUsageInterval(5ms);
        QTRY_COMPARE(f.job.workers().front().memory, 3'000);
        QFuture<TaskOutput> running = f.job.runningOutput(0);
        QFuture<TaskOutput> queued = f.job.runningOutput(1);
        QTRY_VERIFY(running.isFinished() && queued.isFinished());
        QCOMPARE(running.result().out.bytes, "so far");
        QCOMPARE(queued.result().out.bytes, "");
    }

    void destroyedWhileRunning()
    {
        auto executor = new TestExecutor;
        auto observer = std::make_shared<OrderObserver>();
        {
            Job job(std::make_shared<Numbers>(5), std::unique_ptr<Executor>(executor), workers(2), {observer});
            job.start();
            QTRY_COMPARE(executor->running().size(), 2U);
        }
        QCOMPARE(observer->ended, 2);
    }
};

QTEST_GUILESS_MAIN(tst_Job)
#include "tst_job.moc"
