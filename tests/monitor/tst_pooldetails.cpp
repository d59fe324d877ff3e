// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "snapshotlookup.h"
#include "watchedprogram.h"

#include <procession/memory/arena/sleep.h>
#include <procession/monitor/describe/settled.h>
#include <procession/monitor/monitor.h>
#include <procession/pool/pool.h>
#include <procession/pool/shared/taskevent.h>
#include <procession/sync/event.h>

#include <QtCore/QScopeGuard>

#include <csignal>
#include <numeric>

using namespace procession;

namespace {

PoolDetails poolNamed(const Snapshot &snapshot, const QString &name)
{
    const MonitoredObject *object = named(snapshot, name);
    const auto *details = object ? std::get_if<PoolDetails>(&object->details) : nullptr;
    return details ? *details : PoolDetails();
}

/// In the order of their numbers.
std::vector<PoolWorkerDetails> workersOf(const Snapshot &snapshot, const QString &pool)
{
    std::vector<PoolWorkerDetails> workers;
    for (const ObjectId id : poolNamed(snapshot, pool).workers)
        workers.push_back(std::get<PoolWorkerDetails>(snapshot.object(id)->details));
    return workers;
}

std::vector<EndedPoolTask> endedTasks(const Snapshot &snapshot, const QString &pool)
{
    std::vector<EndedPoolTask> tasks;
    for (const PoolWorkerDetails &worker : workersOf(snapshot, pool))
        tasks.insert(tasks.end(), worker.ended.begin(), worker.ended.end());
    std::sort(tasks.begin(), tasks.end(), [](const auto &a, const auto &b) { return a.task.id < b.task.id; });
    return tasks;
}

/// A task of `function` that begins with the call `first` and runs.
std::optional<RunningPoolTask> running(const Snapshot &snapshot, const QString &pool, const char *function, quint64 first)
{
    for (const PoolWorkerDetails &worker : workersOf(snapshot, pool)) {
        if (worker.running && worker.running->task.function == QLatin1String(function) && worker.running->task.first == first)
            return worker.running;
    }
    return std::nullopt;
}

bool areAllReady(const Snapshot &snapshot, const QString &pool, std::size_t count)
{
    const auto workers = workersOf(snapshot, pool);
    return workers.size() == count
        && std::all_of(workers.begin(), workers.end(), [](const auto &worker) { return worker.isReady; });
}

int doubled(int x) { return 2 * x; }

template <int Number>
int added(int x)
{
    return x + Number;
}

template <int... Numbers>
void callEach(Pool &pool, std::integer_sequence<int, Numbers...>)
{
    (pool.apply(&added<Numbers>, 1), ...);
}

void waitFor(const Event &event) { event.wait(); }

void announceAndWaitFor(const Event &begun, const Event &event)
{
    begun.set();
    event.wait();
}

int die(int x)
{
    ::raise(SIGKILL);
    return x;
}

} // namespace

/// What a monitor tells of pools and their workers.
class TestPoolDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWatchedPool_data();
    void aWatchedPool();
    void idlePoolsAreNoDeadlock();
    void startMethods_data() { addStartMethods(); }
    void startMethods();
    void busyWorkers();
    void halfWritten();
    void manyFunctions();
    void phases();
    void lostTasks_data() { addStartMethods(false); }
    void lostTasks();
    void manyLostTasks();
};

void TestPoolDetails::aWatchedPool_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("that runs") << false;
    QTest::newRow("that is stopped") << true;
}

void TestPoolDetails::aWatchedPool()
{
    QFETCH(bool, isStopped);
    const QString name = QStringLiteral("Pool-1");
    const WatchedProgram program(QStringLiteral("pools"));
    Monitor monitor = Monitor::attach(program.pid());
    Snapshot snapshot;
    QTRY_VERIFY((snapshot = monitor.snapshot(),
        running(snapshot, name, "render", 0) && running(snapshot, name, "render", 1)
            && poolNamed(snapshot, name).queuedReports == 0)); // it has told its progress
    if (isStopped) {
        for (const MonitoredProcess &process : snapshot.processes)
            QCOMPARE(::kill(static_cast<pid_t>(process.pid), SIGSTOP), 0);
        QTRY_COMPARE(withPid(snapshot = monitor.snapshot(), program.pid())->state, MonitoredProcess::State::Stopped);
    }
    const PoolDetails pool = poolNamed(snapshot, name);
    QCOMPARE(pool.phase, PoolPhase::Open);
    QCOMPARE(pool.processes, 2);
    QCOMPARE(pool.workers.size(), std::size_t(2));
    QCOMPARE(pool.waiting, quint64(0));
    QCOMPARE(pool.done, quint64(4));
    QCOMPARE(pool.failed, quint64(1));
    QCOMPARE(pool.restarts, quint64(0));
    QCOMPARE(pool.queuedTasks, 0);
    QCOMPARE(snapshot.object(pool.taskQueue)->name, QStringLiteral("Pool-1 tasks"));
    QCOMPARE(snapshot.object(pool.reportQueue)->name, QStringLiteral("Pool-1 reports"));

    quint32 number = 0;
    for (const PoolWorkerDetails &worker : workersOf(snapshot, name)) {
        QCOMPARE(worker.number, ++number);
        QCOMPARE(worker.poolName, name);
        QCOMPARE(worker.pool, named(snapshot, name)->id);
        QVERIFY(worker.isReady && worker.isBusy && !worker.isLeaving);
        QVERIFY(withPid(snapshot, worker.thread.pid));
        QCOMPARE(worker.thread.process, withPid(snapshot, worker.thread.pid)->name);
        QVERIFY(worker.running->since > 0 && worker.running->since <= Sleep::now());
        QCOMPARE(worker.tasks, quint64(worker.ended.size()));
    }
    const RunningPoolTask second = *running(snapshot, name, "render", 1);
    QCOMPARE(second.task.function, QStringLiteral("render"));
    QCOMPARE(second.task.calls, quint64(1));
    QCOMPARE(second.task.of, quint64(2));
    QCOMPARE(second.done, 40);
    QCOMPARE(second.total, 100);
    QCOMPARE(second.progressText, QStringLiteral("säule"));
    const RunningPoolTask first = *running(snapshot, name, "render", 0);
    QCOMPARE(first.total, 0);
    QVERIFY(first.progressText.isEmpty());
    QTRY_VERIFY(running(monitor.snapshot(), name, "render", 1)->runningTime > second.runningTime);

    const auto ended = endedTasks(snapshot, name);
    QCOMPARE(ended.size(), std::size_t(5));
    std::vector<quint64> firsts;
    for (const EndedPoolTask &task : ended) {
        QCOMPARE(task.task.function, QStringLiteral("squared"));
        QCOMPARE(task.task.of, quint64(5));
        QCOMPARE(task.task.calls, quint64(1));
        QCOMPARE(task.outcome, TaskOutcome::Done);
        QCOMPARE(task.failures, quint64(task.task.first == 2 ? 1 : 0));
        QVERIFY(task.begin > 0 && task.begin <= task.end && task.end <= Sleep::now());
        firsts.push_back(task.task.first);
    }
    QCOMPARE(firsts, (std::vector<quint64>{0, 1, 2, 3, 4}));
}

/// Threads of a pool wait for ever when there is nothing to do.
void TestPoolDetails::idlePoolsAreNoDeadlock()
{
    const WatchedProgram program(QStringLiteral("pools"));
    Monitor monitor = Monitor::attach(program.pid());
    Snapshot snapshot;
    const auto forever = [&snapshot] {
        return std::count_if(snapshot.threads.begin(), snapshot.threads.end(), [&](const MonitoredThread &thread) {
            const MonitoredObject *object = snapshot.object(thread.waitingFor);
            return thread.waitsForever && object && object->name.startsWith(QStringLiteral("idle "));
        });
    };
    QTRY_VERIFY((snapshot = monitor.snapshot(), forever() == 4)); // three workers and the thread of their pool
    QVERIFY(snapshot.deadlocks.empty());
    for (const PoolWorkerDetails &worker : workersOf(snapshot, QStringLiteral("idle"))) {
        QVERIFY(worker.isReady && !worker.isBusy && !worker.running);
        QVERIFY(worker.ended.empty());
    }
}

void TestPoolDetails::startMethods()
{
    QFETCH(StartMethod, method);
    const QString name = QStringLiteral("ours");
    Monitor monitor;
    {
        Pool pool({.processes = 2, .context = Context(method), .name = name});
        pool.map(&doubled, std::vector<int>{1, 2, 3}, 2);
        const Event event;
        const auto result = pool.applyAsync(&waitFor, event);
        const auto atEnd = qScopeGuard([&event] { event.set(); }); // threads cannot be killed
        Snapshot snapshot;
        QTRY_VERIFY((snapshot = monitor.snapshot(), running(snapshot, name, "waitFor", 0)));
        const PoolTask task = running(snapshot, name, "waitFor", 0)->task;
        QCOMPARE(task.of, quint64(1));
        QCOMPARE(poolNamed(snapshot, name).done, quint64(3));
        const auto ended = endedTasks(snapshot, name);
        QCOMPARE(ended.size(), std::size_t(2));
        QCOMPARE(ended[0].task.function, QStringLiteral("doubled"));
        QCOMPARE(ended[0].task.calls, quint64(2));
        QCOMPARE(ended[1].task.first, quint64(2));
        QCOMPARE(ended[1].task.calls, quint64(1));
        event.set();
        result.wait();
        QTRY_VERIFY(!running(monitor.snapshot(), name, "waitFor", 0));
    }
    QVERIFY(!named(monitor.snapshot(), name));
}

/// A monitor that looks while tasks of less than a microsecond come and go sees none that never was.
void TestPoolDetails::busyWorkers()
{
    const QString name = QStringLiteral("busy");
    constexpr int Count = 20'000;
    constexpr int MostLooks = 200;
    Pool pool({.processes = 2, .name = name});
    std::vector<int> numbers(Count);
    std::iota(numbers.begin(), numbers.end(), 0);
    const auto result = pool.mapAsync(&doubled, numbers, 1);
    Monitor monitor;
    for (int i = 0; i < MostLooks && !(i > 0 && result.isReady()); ++i) {
        const Snapshot snapshot = monitor.snapshot();
        for (const PoolWorkerDetails &worker : workersOf(snapshot, name)) {
            if (worker.running) {
                QCOMPARE(worker.running->task.function, QStringLiteral("doubled"));
                QCOMPARE(worker.running->task.of, quint64(Count));
                QVERIFY(worker.running->task.first < Count);
            }
            qint64 before = 0;
            for (const EndedPoolTask &ended : worker.ended) {
                QCOMPARE(ended.task.function, QStringLiteral("doubled"));
                QCOMPARE(ended.task.calls, quint64(1));
                QVERIFY(ended.begin >= before && ended.end >= ended.begin);
                before = ended.end;
            }
        }
        QVERIFY(snapshot.deadlocks.empty());
    }
    result.wait();
    const Snapshot snapshot = monitor.snapshot();
    std::size_t most = 0;
    for (const PoolWorkerDetails &worker : workersOf(snapshot, name))
        most = std::max(most, worker.ended.size());
    QCOMPARE(most, std::size_t(256));
}

/// What is copied while it is written is not taken for whole.
void TestPoolDetails::halfWritten()
{
    constexpr std::size_t Count = 4;
    std::vector<TaskEventRecord> copy(Count);
    std::vector<TaskEventRecord> again(Count);
    for (quint64 i = 0; i < Count; ++i) {
        copy[i].write(i + 1, {.task = i});
        again[i].write(i + 1, {.task = i});
    }
    QCOMPARE(settledPlaces(copy, again), (std::vector<std::size_t>{0, 1, 2, 3}));
    again[1].task = 100; // has been written between the copies
    copy[2].number = 0; // its writer was killed in the middle
    again[2].number = 0;
    QCOMPARE(settledPlaces(copy, again), (std::vector<std::size_t>{0, 3}));
    again.pop_back();
    QCOMPARE(settledPlaces(copy, again), (std::vector<std::size_t>{0}));
}

/// Of so many functions that not all names are kept, the last ones' are.
void TestPoolDetails::manyFunctions()
{
    constexpr int Count = 70;
    const QString name = QStringLiteral("many");
    Pool pool({.processes = 1, .name = name});
    callEach(pool, std::make_integer_sequence<int, Count>());
    const auto ended = endedTasks(Monitor().snapshot(), name);
    QCOMPARE(ended.size(), std::size_t(Count));
    for (int i = 0; i < Count; ++i) {
        const QString function = ended[static_cast<std::size_t>(i)].task.function;
        const bool isKept = i >= Count - 64;
        QCOMPARE(function, isKept ? QStringLiteral("added<%1>").arg(i) : QString());
    }
    QCOMPARE(pool.apply(&added<0>, 1), 1);
    QCOMPARE(endedTasks(Monitor().snapshot(), name).back().task.function, QStringLiteral("added<0>"));
}

void TestPoolDetails::phases()
{
    const QString name = QStringLiteral("changing");
    Monitor monitor;
    const auto phase = [&] { return poolNamed(monitor.snapshot(), name).phase; };
    Pool pool({.processes = 1, .name = name});
    QTRY_VERIFY(areAllReady(monitor.snapshot(), name, 1));
    QCOMPARE(phase(), PoolPhase::Open);
    pool.pause();
    QCOMPARE(phase(), PoolPhase::Paused);
    const auto waiting = pool.mapAsync(&doubled, std::vector<int>{1, 2, 3}, 1);
    QCOMPARE(poolNamed(monitor.snapshot(), name).waiting, quint64(3));
    pool.resume();
    waiting.wait();
    pool.resize(2);
    QTRY_VERIFY(areAllReady(monitor.snapshot(), name, 2));
    QCOMPARE(poolNamed(monitor.snapshot(), name).processes, 2);
    pool.close();
    QCOMPARE(phase(), PoolPhase::Closed);
    pool.join();
    QVERIFY(workersOf(monitor.snapshot(), name).empty());
}

/// What a worker did last goes with it; its pool tells that.
void TestPoolDetails::lostTasks()
{
    QFETCH(StartMethod, method);
    const QString name = QStringLiteral("losing");
    const qint64 before = Sleep::now();
    Monitor monitor;
    Pool pool({.processes = 1, .context = Context(method), .name = name});
    QCOMPARE(pool.apply(&doubled, 1), 2);
    QVERIFY(poolNamed(monitor.snapshot(), name).lost.empty());
    QVERIFY_THROWS_EXCEPTION(WorkerLost, pool.map(&die, std::vector<int>{1, 2, 3}, 2));
    const Event never;
    const TaskOptions soon{.timeout = std::chrono::milliseconds(50)};
    QVERIFY_THROWS_EXCEPTION(TaskTimeout, pool.apply(soon, &waitFor, never));
    const Event begun;
    const auto unwanted = pool.applyAsync(&announceAndWaitFor, begun, never);
    begun.wait(); // a worker that has claimed it only would leave it in the queue, to be dropped and not lost
    unwanted.cancel();
    QCOMPARE(pool.apply(&doubled, 1), 2); // by the worker that has come in its place

    std::vector<LostPoolTask> lost; // the new one may be done before the old one is seen to have ended
    QTRY_COMPARE((lost = poolNamed(monitor.snapshot(), name).lost).size(), std::size_t(4));
    const auto outcomes = {TaskOutcome::Lost, TaskOutcome::Lost, TaskOutcome::TimedOut, TaskOutcome::Cancelled};
    QVERIFY(std::ranges::equal(outcomes, lost, {}, {}, &LostPoolTask::outcome));
    qint64 last = before;
    quint32 worker = 0;
    for (const LostPoolTask &task : lost) {
        QCOMPARE(task.worker, ++worker);
        QVERIFY(task.begin >= before && task.end >= task.begin && task.end >= last && task.end <= Sleep::now());
        QCOMPARE(task.failures, quint64(0));
        last = task.end;
    }
    QCOMPARE(lost[0].task.function, QStringLiteral("die"));
    QCOMPARE(lost[0].task.calls, quint64(2));
    QCOMPARE(lost[1].task.first, quint64(2));
    QCOMPARE(lost[1].task.of, quint64(3));
    QCOMPARE(lost[2].task.function, QStringLiteral("waitFor"));
    QVERIFY(lost[2].end - lost[2].begin >= 50'000'000);
}

void TestPoolDetails::manyLostTasks()
{
    const QString name = QStringLiteral("losing");
    Pool pool({.processes = 1, .context = Context(StartMethod::Fork), .name = name});
    QVERIFY_THROWS_EXCEPTION(WorkerLost, pool.map(&die, std::vector<int>(40), 1));
    const std::vector<LostPoolTask> lost = poolNamed(Monitor().snapshot(), name).lost;
    QCOMPARE(lost.size(), std::size_t(32));
    for (std::size_t i = 0; i < lost.size(); ++i)
        QCOMPARE(lost[i].task.first, quint64(i + 8)); // the oldest have made way
}

PROCESSION_TEST_MAIN(TestPoolDetails)
#include "tst_pooldetails.moc"
