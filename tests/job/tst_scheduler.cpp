// SPDX-License-Identifier: MIT
#include <procession/job/engine/scheduler.h>

#include <QtTest/QtTest>

using namespace procession;
using namespace std::chrono_literals;

namespace {

const Scheduler::TimePoint Start{};

Attempt ended(TaskIndex task, ExitStatus status, EndCause cause = EndCause::Itself)
{
    Attempt attempt;
    attempt.task = task;
    attempt.status = status;
    attempt.cause = cause;
    return attempt;
}

std::vector<TaskIndex> drain(Scheduler &scheduler, Scheduler::TimePoint now = Start)
{
    std::vector<TaskIndex> tasks;
    while (const auto task = scheduler.next(now))
        tasks.push_back(*task);
    return tasks;
}

void run(
    Scheduler &scheduler, TaskIndex task, ExitStatus status, EndCause cause = EndCause::Itself, Scheduler::TimePoint now = Start)
{
    scheduler.begin(task, 1, 1);
    scheduler.end(ended(task, status, cause), now);
}

} // namespace

class tst_Scheduler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inOrder()
    {
        Scheduler scheduler(3, {}, {});
        QCOMPARE(scheduler.count(TaskState::Queued), 3);
        QCOMPARE(drain(scheduler), (std::vector<TaskIndex>{0, 1, 2}));
        QVERIFY(!scheduler.next(Start));
    }

    void whatBecomesOfATask_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("value");
        QTest::addColumn<int>("cause");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, ExitStatus::Kind kind, int value, EndCause cause, TaskState state) {
            QTest::newRow(name) << int(kind) << value << int(cause) << int(state);
        };
        row("success", ExitStatus::Kind::Exited, 0, EndCause::Itself, TaskState::Done);
        row("exit code", ExitStatus::Kind::Exited, 3, EndCause::Itself, TaskState::Failed);
        row("signal", ExitStatus::Kind::Signaled, 11, EndCause::Itself, TaskState::Failed);
        row("not started", ExitStatus::Kind::FailedToStart, 2, EndCause::Itself, TaskState::Failed);
        row("lost", ExitStatus::Kind::Lost, 0, EndCause::Itself, TaskState::Lost);
        row("timed out", ExitStatus::Kind::Signaled, 15, EndCause::TimedOut, TaskState::Failed);
        row("timed out, but polite", ExitStatus::Kind::Exited, 0, EndCause::TimedOut, TaskState::Failed);
        row("person", ExitStatus::Kind::Signaled, 15, EndCause::Person, TaskState::Cancelled);
        row("halt", ExitStatus::Kind::Signaled, 15, EndCause::Halt, TaskState::Cancelled);
        row("stop", ExitStatus::Kind::Exited, 1, EndCause::Stop, TaskState::Cancelled);
    }
    void whatBecomesOfATask()
    {
        QFETCH(int, kind);
        QFETCH(int, value);
        QFETCH(int, cause);
        QFETCH(int, state);
        Scheduler scheduler(1, {}, {});
        drain(scheduler);
        run(scheduler, 0, {ExitStatus::Kind(kind), false, value}, EndCause(cause));
        QCOMPARE(scheduler.record(0).state, TaskState(state));
        QCOMPARE(scheduler.count(TaskState(state)), 1);
        QCOMPARE(scheduler.count(TaskState::Running), 0);
        QCOMPARE(scheduler.record(0).cause, EndCause(cause));
        QCOMPARE(scheduler.record(0).attempts, 1);
    }

    void retriesWithBackOff()
    {
        JobOptions options;
        options.maxAttempts = 4;
        options.retryDelay = 100ms;
        options.maxRetryDelay = 250ms;
        Scheduler scheduler(1, options, {});
        drain(scheduler);
        auto now = Start;
        for (const auto delay : {100ms, 200ms, 250ms}) {
            run(scheduler, 0, ExitStatus::exited(1), EndCause::Itself, now);
            QCOMPARE(scheduler.record(0).state, TaskState::Queued);
            QVERIFY(scheduler.nextDue() == now + delay);
            QVERIFY(!scheduler.next(now + delay - 1ms));
            now += delay;
            QCOMPARE(scheduler.next(now), std::optional<TaskIndex>(0));
        }
        run(scheduler, 0, ExitStatus::exited(1), EndCause::Itself, now);
        QCOMPARE(scheduler.record(0).state, TaskState::Failed);
        QCOMPARE(scheduler.record(0).attempts, 4);
        QVERIFY(!scheduler.nextDue());
    }

    void aRetryThatSucceeds()
    {
        JobOptions options;
        options.maxAttempts = 2;
        Scheduler scheduler(2, options, {});
        scheduler.next(Start);
        run(scheduler, 0, ExitStatus::exited(1));
        QCOMPARE(drain(scheduler), (std::vector<TaskIndex>{0, 1}));
        run(scheduler, 0, ExitStatus::exited(0));
        QCOMPARE(scheduler.record(0).state, TaskState::Done);
    }

    void earlierRecords()
    {
        std::vector<TaskRecord> before(4);
        before[0].state = TaskState::Done;
        before[2].state = TaskState::Failed;
        before[3].attempts = 2;
        Scheduler scheduler(4, {}, before);
        QCOMPARE(drain(scheduler), (std::vector<TaskIndex>{1, 3}));
        QCOMPARE(scheduler.count(TaskState::Done), 1);
        scheduler.begin(3, 1, 1);
        QCOMPARE(scheduler.record(3).attempts, 3); // numbers go on; the tries allowed begin anew
        scheduler.end(ended(3, ExitStatus::exited(1)), Start);
        QCOMPARE(scheduler.record(3).state, TaskState::Failed);
    }

    void cancelAndRequeue()
    {
        Scheduler scheduler(3, {}, {});
        QVERIFY(scheduler.cancel(1, EndCause::Person));
        QVERIFY(!scheduler.cancel(1, EndCause::Person));
        QVERIFY(!scheduler.requeue(0));
        QCOMPARE(drain(scheduler), (std::vector<TaskIndex>{0, 2}));
        QVERIFY(scheduler.requeue(1));
        QCOMPARE(drain(scheduler), std::vector<TaskIndex>{1});
        run(scheduler, 1, ExitStatus::exited(0));
        QVERIFY(scheduler.requeue(1));
        QCOMPARE(drain(scheduler), std::vector<TaskIndex>{1});
    }

    void putBackIsNextAndCostsNoAttempt()
    {
        Scheduler scheduler(3, {}, {});
        QCOMPARE(scheduler.next(Start), std::optional<TaskIndex>(0));
        scheduler.begin(0, 1, 1);
        scheduler.putBack(0);
        QCOMPARE(scheduler.record(0).attempts, 0);
        QCOMPARE(drain(scheduler), (std::vector<TaskIndex>{0, 1, 2}));
    }

    void haltRule()
    {
        JobOptions options;
        options.halt = {HaltRule::When::Now, HaltRule::Count::Failed, 2, 0};
        Scheduler scheduler(5, options, {});
        drain(scheduler);
        run(scheduler, 0, ExitStatus::exited(1));
        QVERIFY(!scheduler.isHalted());
        run(scheduler, 1, ExitStatus::exited(0));
        QVERIFY(!scheduler.isHalted());
        run(scheduler, 2, ExitStatus::exited(1));
        QVERIFY(scheduler.isHalted());
        scheduler.forgetHalt();
        QVERIFY(!scheduler.isHalted());
    }

    void tasksComeLater()
    {
        Scheduler scheduler(1, {}, {});
        QCOMPARE(drain(scheduler), std::vector<TaskIndex>{0});
        TaskRecord done;
        done.state = TaskState::Done;
        scheduler.append({1, 3, {{2, done, 0}}, true});
        QCOMPARE(scheduler.taskCount(), 4);
        QCOMPARE(scheduler.count(TaskState::Done), 1);
        QCOMPARE(scheduler.endedBefore(), 1);
        QCOMPARE(drain(scheduler), (std::vector<TaskIndex>{1, 3}));
    }

    void endedTasksAreForgotten()
    {
        Scheduler scheduler(0, {}, {});
        constexpr TaskIndex Tasks = 100'000;
        for (TaskIndex task = 0; task < Tasks; ++task) {
            scheduler.forgetEnded();
            scheduler.append({task, 1, {}, true});
            QCOMPARE(scheduler.next(Start), task);
            scheduler.begin(task, 1, 0);
            Attempt attempt;
            attempt.task = task;
            attempt.status = ExitStatus::exited(0);
            scheduler.end(attempt, Start);
        }
        QVERIFY(scheduler.firstKept() > Tasks - 10'000);
        QVERIFY(!scheduler.isKnown(0));
        QVERIFY(!scheduler.requeue(0));
        QVERIFY(!scheduler.cancel(0, EndCause::Person));
        QVERIFY(scheduler.requeue(Tasks - 1));
        QCOMPARE(scheduler.next(Start), Tasks - 1);
        QCOMPARE(scheduler.count(TaskState::Done), qint64(Tasks) - 1);
    }

    void whatRunsIsNotForgotten()
    {
        Scheduler scheduler(0, {}, {});
        for (TaskIndex task = 0; task < 50'000; ++task) {
            scheduler.forgetEnded();
            scheduler.append({task, 1, {}, true});
            if (task > 0)
                scheduler.cancel(task, EndCause::Person);
        }
        QVERIFY(scheduler.isKnown(0));
        QCOMPARE(scheduler.next(Start), TaskIndex(0));
    }
};

QTEST_GUILESS_MAIN(tst_Scheduler)
#include "tst_scheduler.moc"
