// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "snapshotlookup.h"
#include "watchedprogram.h"

#include <procession/monitor/monitor.h>
#include <procession/sync/rlock.h>

#include <QtCore/QElapsedTimer>

#include <csignal>
#include <thread>

using namespace procession;

namespace {

using State = MonitoredProcess::State;

constexpr qint64 MostNanoseconds = 5'000'000'000; // on a busy machine; it takes less than a millisecond

AttachError::Reason refusalOf(qint64 pid)
{
    try {
        Monitor::attach(pid);
    } catch (const AttachError &error) {
        if (error.pid() == pid)
            return error.reason();
    }
    throw std::logic_error("it was attached to");
}

/// What the scene "locks" is to look like.
void verifyLocks(const Snapshot &snapshot, const WatchedProgram &program, State state)
{
    const MonitoredProcess *main = withPid(snapshot, program.pid());
    const MonitoredProcess *child = withPid(snapshot, program.childPid());
    QVERIFY(main && child && main->isMain() && !child->isMain());
    QCOMPARE(child->name, QStringLiteral("keeper"));
    QCOMPARE(child->parent, main->index);
    QCOMPARE(main->state, state);
    QCOMPARE(child->state, state);
    QVERIFY(main->memory > 100'000 && child->memory > 100'000);

    const MonitoredObject *database = named(snapshot, QStringLiteral("database"));
    QVERIFY(database);
    QCOMPARE(database->kind, ObjectKind::Lock);
    QCOMPARE(database->creator, std::optional(main->index));
    QCOMPARE(database->holders, std::vector{main->index});
    QCOMPARE(database->waiters.size(), std::size_t(1));
    const MonitoredThread *waiter = snapshot.thread(database->waiters.front());
    QVERIFY(waiter);
    QCOMPARE(waiter->process, main->index);
    QCOMPARE(waiter->waitingFor, database->id);
    QVERIFY(waiter->waitingSince > 0 && waiter->tid != program.pid());
    const LockOwner owner = lockNamed(snapshot, QStringLiteral("database")).owner;
    QCOMPARE(owner.pid, program.pid());
    QCOMPARE(owner.tid, program.pid());
    QVERIFY(!owner.hasDied && owner.thread != waiter->word);

    const MonitoredObject *cache = named(snapshot, QStringLiteral("cache äöü"));
    QVERIFY(cache);
    QCOMPARE(cache->kind, ObjectKind::RLock);
    QCOMPARE(cache->holders.size(), std::size_t(2));
    const LockDetails held = lockNamed(snapshot, cache->name);
    QCOMPARE(held.depth, 2);
    QCOMPARE(held.owner.pid, program.childPid());
    QCOMPARE(held.owner.process, QStringLiteral("keeper"));
    QVERIFY(snapshot.deadlocks.empty());
    QVERIFY(!snapshot.hasEnded());
}

bool isStopped(qint64 pid)
{
    const Snapshot snapshot = Monitor::attach(pid).snapshot();
    const MonitoredProcess *process = withPid(snapshot, pid);
    return process && process->state == State::Stopped;
}

} // namespace

class TestMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beforeAnythingIsShared();
    void thisProgram();
    void ofEachStartMethod_data() { addStartMethods(); }
    void ofEachStartMethod();
    void anotherProgram();
    void aStoppedProgram();
    void queues();
    void stoppedInTheMiddleOfPut();
    void aProgramThatEnds();
    void refusals();
};

void TestMonitor::beforeAnythingIsShared()
{
    const Snapshot snapshot = Monitor().snapshot();
    QVERIFY(snapshot.processes.empty() && snapshot.objects.empty());
    QCOMPARE(refusalOf(QCoreApplication::applicationPid()), AttachError::Reason::NothingShared);
}

void TestMonitor::thisProgram()
{
    Monitor monitor;
    const Lock lock;
    lock.setName(QStringLiteral("ours"));
    lock.acquire();
    std::thread waiting([&] { lock.acquire(); });
    Snapshot snapshot;
    QTRY_VERIFY(named(snapshot = monitor.snapshot(), QStringLiteral("ours"))->waiters.size() == 1);
    const auto *details = std::get_if<LockDetails>(&named(snapshot, QStringLiteral("ours"))->details);
    QVERIFY(details);
    QCOMPARE(details->owner.pid, QCoreApplication::applicationPid());
    QVERIFY(snapshot.processes.front().isMain());
    QCOMPARE(snapshot.processes.front().name, QStringLiteral("MainProcess"));
    QVERIFY(snapshot.processes.front().cpuLoad);
    QVERIFY(snapshot.memory.reserved > 0 && snapshot.memory.reserved < snapshot.memory.size);
    QCOMPARE(snapshot.memory.objects[static_cast<std::size_t>(ObjectKind::Lock)], 1);
    lock.release();
    waiting.join();
    snapshot = monitor.snapshot();
    QVERIFY(named(snapshot, QStringLiteral("ours"))->waiters.empty());
    QVERIFY(lockNamed(snapshot, QStringLiteral("ours")).owner.hasDied); // the thread has ended with it
}

namespace {

void waitForParent(const Lock &, const Connection &parent)
{
    parent.send(true);
    parent.recv<bool>();
}

} // namespace

void TestMonitor::ofEachStartMethod()
{
    QFETCH(StartMethod, method);
    const Lock lock;
    lock.setName(QStringLiteral("passed on"));
    auto [ours, childs] = pipe();
    Process process = context(method).process(&waitForParent, lock, childs);
    process.start();
    QVERIFY(ours.recv<bool>());
    const Snapshot snapshot = Monitor().snapshot();
    ours.send(true);
    QVERIFY(process.join());
    QCOMPARE(snapshot.processes.size(), std::size_t(2));
    const MonitoredProcess &child = snapshot.processes.back();
    QCOMPARE(child.name, process.name());
    QCOMPARE(child.pid, process.pid());
    QCOMPARE(child.isThread, method == StartMethod::Thread);
    QCOMPARE(child.state, State::Running);
    QVERIFY2(child.work.contains(QStringLiteral("waitForParent")), qPrintable(child.work));
    QCOMPARE(named(snapshot, QStringLiteral("passed on"))->holders.size(), std::size_t(method == StartMethod::Thread ? 1 : 2));
    QCOMPARE(Monitor().snapshot().processes.size(), std::size_t(1));
}

void TestMonitor::anotherProgram()
{
    const WatchedProgram program(QStringLiteral("locks"));
    for (const qint64 pid : {program.pid(), program.childPid()}) {
        Monitor monitor = Monitor::attach(pid);
        QTRY_VERIFY(named(monitor.snapshot(), QStringLiteral("database"))->waiters.size() == 1);
        verifyLocks(monitor.snapshot(), program, State::Running);
    }
    const std::vector<MonitoredProgram> programs = Monitor::programs();
    const auto ours
        = std::find_if(programs.begin(), programs.end(), [&](const auto &known) { return known.pid == program.pid(); });
    QVERIFY(ours != programs.end());
    QCOMPARE(ours->program, QStringLiteral("watchedprogram"));
    QCOMPARE(ours->processes, 2);
    QCOMPARE(ours->objects, 2);
}

void TestMonitor::aStoppedProgram()
{
    const WatchedProgram program(QStringLiteral("locks"));
    QTRY_VERIFY(named(Monitor::attach(program.pid()).snapshot(), QStringLiteral("database"))->waiters.size() == 1);
    ::kill(static_cast<pid_t>(program.pid()), SIGSTOP);
    ::kill(static_cast<pid_t>(program.childPid()), SIGSTOP);
    QTRY_VERIFY(isStopped(program.pid()) && isStopped(program.childPid()));
    QElapsedTimer timer;
    timer.start();
    const Snapshot snapshot = Monitor::attach(program.pid()).snapshot();
    const qint64 took = timer.nsecsElapsed();
    verifyLocks(snapshot, program, State::Stopped);
    qInfo("to attach to a stopped program and look at it: %.2f ms", static_cast<double>(took) / 1e6);
    QVERIFY(took < MostNanoseconds);
}

void TestMonitor::queues()
{
    const WatchedProgram program(QStringLiteral("queues"));
    Monitor monitor = Monitor::attach(program.pid());
    Snapshot snapshot;
    const auto waits = [&](const char *name) { return queueNamed(snapshot, QString::fromLatin1(name)); };
    QTRY_VERIFY((snapshot = monitor.snapshot(),
        waits("jobs").waitingToPut == 1 && waits("results").waitingToGet == 1 && waits("tasks").waitingToJoin == 1));
    QCOMPARE(named(snapshot, QStringLiteral("jobs"))->kind, ObjectKind::Queue);
    QVERIFY(named(snapshot, QStringLiteral("jobs"))->memory >= 4096);
    QCOMPARE(waits("jobs").size, 2);
    QCOMPARE(waits("jobs").maxSize, 2);
    QCOMPARE(waits("jobs").put, quint64(2));
    QCOMPARE(waits("jobs").taken, quint64(0));
    QCOMPARE(waits("results").size, 0);
    QCOMPARE(named(snapshot, QStringLiteral("tasks"))->kind, ObjectKind::JoinableQueue);
    QCOMPARE(waits("tasks").size, 1);
    QCOMPARE(waits("tasks").put, quint64(2));
    QCOMPARE(waits("tasks").taken, quint64(1));
    QCOMPARE(waits("tasks").unfinished, 2);
    QVERIFY(snapshot.deadlocks.empty());
    // Those who wait look around once a second; that they have waited all the time is to be seen all the same.
    const ThreadWord getter = named(snapshot, QStringLiteral("results"))->waiters.front();
    const qint64 since = snapshot.thread(getter)->waitingSince;
    QTRY_VERIFY((snapshot = monitor.snapshot()).thread(getter)->waitingTime > 1'200'000);
    QCOMPARE(snapshot.thread(getter)->waitingSince, since);
}

void TestMonitor::stoppedInTheMiddleOfPut()
{
    const WatchedProgram program(QStringLiteral("largeMessages"));
    const auto child = static_cast<pid_t>(program.childPid());
    Snapshot snapshot;
    qint64 took = 0;
    Monitor monitor = Monitor::attach(program.pid());
    const auto putter = [](const Snapshot &look) { return queueNamed(look, QStringLiteral("large")).putter.pid; };
    const auto isStoppedInPut = [&] {
        ::kill(child, SIGCONT);
        if (putter(monitor.snapshot()) != child)
            return false;
        ::kill(child, SIGSTOP);
        while (!isStopped(child)) { }
        QElapsedTimer timer;
        timer.start();
        snapshot = Monitor::attach(child).snapshot();
        took = timer.nsecsElapsed();
        return putter(snapshot) == child;
    };
    QTRY_VERIFY(queueNamed(monitor.snapshot(), QStringLiteral("large")).put > 0); // so that it has its memory
    bool isFound = false; // QTRY_VERIFY asks once more after it was true
    QTRY_VERIFY(isFound || (isFound = isStoppedInPut()));
    qInfo("to attach to a program whose producer is stopped in put() and look at it: %.2f ms", static_cast<double>(took) / 1e6);
    QVERIFY(took < MostNanoseconds);
    QCOMPARE(withPid(snapshot, child)->state, State::Stopped);
    QCOMPARE(withPid(snapshot, program.pid())->state, State::Running);
    const QueueDetails queue = queueNamed(snapshot, QStringLiteral("large"));
    QCOMPARE(queue.putter.process, QStringLiteral("producer"));
    QVERIFY(!queue.putter.hasDied);
    QVERIFY(queue.size <= 2);
    QVERIFY(named(snapshot, QStringLiteral("large"))->memory >= quint64(16) << 20);
}

void TestMonitor::aProgramThatEnds()
{
    auto program = std::make_unique<WatchedProgram>(QStringLiteral("locks"));
    const qint64 pid = program->pid();
    Monitor monitor = Monitor::attach(pid);
    QVERIFY(!monitor.snapshot().hasEnded());
    program.reset();
    QTRY_VERIFY(monitor.snapshot().hasEnded());
    QVERIFY(lockNamed(monitor.snapshot(), QStringLiteral("database")).owner.hasDied);
    QCOMPARE(refusalOf(pid), AttachError::Reason::NoProcess);
}

void TestMonitor::refusals()
{
    const WatchedProgram program(QStringLiteral("nothing"));
    QCOMPARE(refusalOf(program.pid()), AttachError::Reason::NothingShared);
    QCOMPARE(refusalOf(0), AttachError::Reason::NoProcess);
    QCOMPARE(refusalOf(-1), AttachError::Reason::NoProcess);
    QCOMPARE(refusalOf(std::numeric_limits<int>::max()), AttachError::Reason::NoProcess);
    if (::geteuid() != 0)
        QCOMPARE(refusalOf(1), AttachError::Reason::NotPermitted);
    VERIFY_CONTAINS(errorOf([&] { Monitor::attach(program.pid()); }), "has no shared memory");
}

PROCESSION_TEST_MAIN(TestMonitor)
#include "tst_monitor.moc"
