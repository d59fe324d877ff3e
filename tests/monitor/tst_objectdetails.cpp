// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "snapshotlookup.h"
#include "watchedprogram.h"

#include <procession/memory/arena/sleep.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/monitor/monitor.h>
#include <procession/shared/sharedmemory.h>
#include <procession/sync/barrier.h>
#include <procession/sync/condition.h>
#include <procession/sync/event.h>
#include <procession/sync/semaphore.h>

#include <thread>

using namespace procession;

namespace {

template <typename Details>
Details detailsOf(const Snapshot &snapshot, const char *name)
{
    const MonitoredObject *object = named(snapshot, QString::fromLatin1(name));
    if (!object)
        throw std::logic_error(std::string("there is no ") + name);
    return std::get<Details>(object->details);
}

std::size_t waitersOf(const Snapshot &snapshot, const char *name)
{
    const MonitoredObject *object = named(snapshot, QString::fromLatin1(name));
    return object ? object->waiters.size() : 0;
}

qint64 sinceOf(const Snapshot &snapshot, const char *name)
{
    return snapshot.thread(named(snapshot, QString::fromLatin1(name))->waiters.front())->waitingSince;
}

BarrierDetails::State stateOf(const char *barrier) { return detailsOf<BarrierDetails>(Monitor().snapshot(), barrier).state; }

} // namespace

/// What a monitor tells of each kind of object besides locks and queues.
class TestObjectDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void semaphores();
    void semaphoresOfTheDead();
    void whoWaits();
    void events();
    void barriers();
    void barrierThatActs();
    void data();
    void unlinkedMemory();
    void longWaits();
    void longWaitForPredicate();
    void waitWithinAWait();
};

void TestObjectDetails::semaphores()
{
    const WatchedProgram program(QStringLiteral("units"));
    const Snapshot snapshot = Monitor::attach(program.pid()).snapshot();
    const auto slots = detailsOf<SemaphoreDetails>(snapshot, "slots");
    QCOMPARE(slots.initial, 5);
    QCOMPARE(slots.free, 2);
    QCOMPARE(slots.returned, 0);
    QCOMPARE(slots.owners.size(), std::size_t(2));
    QCOMPARE(slots.owners[0].pid, program.pid());
    QCOMPARE(slots.owners[0].units, 2);
    QCOMPARE(slots.owners[0].process, QStringLiteral("MainProcess"));
    QCOMPARE(slots.owners[1].pid, program.childPid());
    QCOMPARE(slots.owners[1].units, 1);
    QCOMPARE(slots.owners[1].process, QStringLiteral("worker"));
    QVERIFY(!slots.owners[0].hasDied && !slots.owners[1].hasDied);
    QCOMPARE(named(snapshot, QStringLiteral("permits"))->kind, ObjectKind::BoundedSemaphore);
    QCOMPARE(detailsOf<SemaphoreDetails>(snapshot, "permits").free, 0);
    QCOMPARE(detailsOf<SemaphoreDetails>(snapshot, "permits").owners.size(), std::size_t(1));
}

void TestObjectDetails::semaphoresOfTheDead()
{
    const WatchedProgram program(QStringLiteral("units"));
    Monitor monitor = Monitor::attach(program.pid());
    Snapshot snapshot;
    const auto hasDied = [&](const char *name) {
        const auto owners = detailsOf<SemaphoreDetails>(snapshot = monitor.snapshot(), name).owners;
        return owners.size() == 1 && owners.front().hasDied;
    };
    QTRY_VERIFY(hasDied("lost"));
    QVERIFY(hasDied("gone"));
    const auto gone = detailsOf<SemaphoreDetails>(snapshot, "gone");
    QCOMPARE(gone.free, 0);
    QCOMPARE(gone.owners.front().units, 2);
    QVERIFY(gone.owners.front().pid > 0);
    const auto lost = detailsOf<SemaphoreDetails>(snapshot, "lost");
    QCOMPARE(lost.free, 2);
    QCOMPARE(lost.owners.front().units, 1);
    QCOMPARE(lost.owners.front().pid, gone.owners.front().pid);
}

void TestObjectDetails::whoWaits()
{
    const WatchedProgram program(QStringLiteral("units"));
    Monitor monitor = Monitor::attach(program.pid());
    Snapshot snapshot;
    QTRY_VERIFY((snapshot = monitor.snapshot(),
        waitersOf(snapshot, "condition") == 1 && waitersOf(snapshot, "barrier") == 1 && waitersOf(snapshot, "event") == 1));
    const auto condition = detailsOf<ConditionDetails>(snapshot, "condition");
    QCOMPARE(condition.lock, named(snapshot, QStringLiteral("guard"))->id);
    QCOMPARE(condition.lockKind, ObjectKind::Lock);
    QCOMPARE(condition.lockName, QStringLiteral("guard"));
    QVERIFY(!detailsOf<EventDetails>(snapshot, "event").isSet);
    QVERIFY(detailsOf<EventDetails>(snapshot, "done").isSet);
    const auto arrived = [&] { return detailsOf<BarrierDetails>(monitor.snapshot(), "barrier").arrived; };
    QTRY_COMPARE(arrived(), 1);
    const auto barrier = detailsOf<BarrierDetails>(snapshot, "barrier");
    QCOMPARE(barrier.parties, 3);
    QCOMPARE(barrier.state, BarrierDetails::State::Filling);
    QCOMPARE(barrier.culpritPid, 0);
    const auto broken = detailsOf<BarrierDetails>(snapshot, "broken");
    QCOMPARE(broken.parties, 2);
    QCOMPARE(broken.arrived, 0);
    QCOMPARE(broken.state, BarrierDetails::State::Broken);
    QCOMPARE(broken.culpritPid, program.pid());
    QCOMPARE(broken.culprit, QStringLiteral("MainProcess"));
}

void TestObjectDetails::events()
{
    const Event event;
    event.setName(QStringLiteral("changing"));
    const auto isSet = [] { return detailsOf<EventDetails>(Monitor().snapshot(), "changing").isSet; };
    QVERIFY(!isSet());
    event.set();
    QVERIFY(isSet());
    event.clear();
    QVERIFY(!isSet());
}

void TestObjectDetails::barriers()
{
    const Barrier barrier(2);
    barrier.setName(QStringLiteral("ours"));
    QCOMPARE(stateOf("ours"), BarrierDetails::State::Filling);
    std::thread other([&] { barrier.wait(); });
    QTRY_COMPARE(detailsOf<BarrierDetails>(Monitor().snapshot(), "ours").arrived, 1);
    barrier.wait();
    other.join();
    QCOMPARE(stateOf("ours"), BarrierDetails::State::Filling);
    QCOMPARE(detailsOf<BarrierDetails>(Monitor().snapshot(), "ours").arrived, 0);
    barrier.abort();
    QCOMPARE(stateOf("ours"), BarrierDetails::State::Broken);
    barrier.reset();
    QCOMPARE(stateOf("ours"), BarrierDetails::State::Filling);
}

namespace {

BarrierDetails::State stateWhileActing = BarrierDetails::State::Filling;
int arrivedWhileActing = 0;

void lookAtBarrier()
{
    const auto barrier = detailsOf<BarrierDetails>(Monitor().snapshot(), "acting");
    stateWhileActing = barrier.state;
    arrivedWhileActing = barrier.arrived;
}

} // namespace

void TestObjectDetails::barrierThatActs()
{
    const Barrier barrier(1, BarrierAction(&lookAtBarrier));
    barrier.setName(QStringLiteral("acting"));
    barrier.wait();
    QCOMPARE(stateWhileActing, BarrierDetails::State::Acting);
    QCOMPARE(arrivedWhileActing, 1);
}

void TestObjectDetails::data()
{
    const WatchedProgram program(QStringLiteral("data"));
    const Snapshot snapshot = Monitor::attach(program.pid()).snapshot();
    const auto verify = [&](const char *name, const char *type, quint64 count, quint64 bytes) {
        const auto data = detailsOf<SharedDataDetails>(snapshot, name);
        QCOMPARE(data.type, QString::fromLatin1(type));
        QCOMPARE(data.count, count);
        if (bytes != 0)
            QCOMPARE(data.bytes, bytes);
    };
    verify("counter", "int", 1, sizeof(int));
    verify("table", "double", 100'000, 100'000 * sizeof(double));
    verify("block", "std::byte", 5000, 5000);
    QVERIFY(detailsOf<SharedDataDetails>(snapshot, "block").isNamed);
    verify("few", "", 3, 0); // in its record
    verify("many", "", 50, 0); // in memory of its own
    QVERIFY(detailsOf<SharedDataDetails>(snapshot, "many").bytes >= 5000);
    // A type that only the program itself knows.
    const auto point = detailsOf<SharedDataDetails>(snapshot, "point");
    QVERIFY2(point.type.isEmpty(), qPrintable(point.type));
    QCOMPARE(point.elementSize, 2 * sizeof(double));
    QCOMPARE(point.bytes, 2 * sizeof(double));
}

void TestObjectDetails::unlinkedMemory()
{
    const SharedMemory memory(QStringLiteral("named"), 10);
    QVERIFY(detailsOf<SharedDataDetails>(Monitor().snapshot(), "named").isNamed);
    memory.unlink();
    QVERIFY(!detailsOf<SharedDataDetails>(Monitor().snapshot(), "named").isNamed);
}

/// Who waits looks around once a second, and has waited all the time.
void TestObjectDetails::longWaits()
{
    const Semaphore semaphore(0);
    const Event event;
    const Barrier barrier(2);
    const Condition condition;
    semaphore.setName(QStringLiteral("long semaphore"));
    event.setName(QStringLiteral("long event"));
    barrier.setName(QStringLiteral("long barrier"));
    condition.setName(QStringLiteral("long condition"));
    std::thread acquiring([&] { semaphore.acquire(); });
    std::thread waiting([&] { event.wait(); });
    std::thread arriving([&] { barrier.wait(); });
    std::thread notified([&] {
        const std::scoped_lock guard(condition);
        condition.wait();
    });
    constexpr std::array Names{"long semaphore", "long event", "long barrier", "long condition"};
    Snapshot snapshot;
    const auto areThere = [&](qint64 microseconds) {
        snapshot = Monitor().snapshot();
        return std::all_of(Names.begin(), Names.end(), [&](const char *name) {
            const MonitoredObject *object = named(snapshot, QString::fromLatin1(name));
            return object->waiters.size() == 1 && snapshot.thread(object->waiters.front())->waitingTime >= microseconds;
        });
    };
    QTRY_VERIFY(areThere(0));
    const Snapshot before = snapshot;
    QTRY_VERIFY(areThere(1'200'000));
    for (const char *name : Names)
        QCOMPARE(sinceOf(snapshot, name), sinceOf(before, name));
    semaphore.release();
    event.set();
    barrier.wait();
    {
        const std::scoped_lock guard(condition);
        condition.notifyAll();
    }
    for (std::thread *thread : {&acquiring, &waiting, &arriving, &notified})
        thread->join();
}

/// Notified again and again without what it waits for, a thread has waited from the first time on.
void TestObjectDetails::longWaitForPredicate()
{
    const Condition condition;
    condition.setName(QStringLiteral("asked often"));
    bool isDone = false;
    int asked = 0;
    std::thread waiting([&] {
        const std::scoped_lock guard(condition);
        condition.waitFor([&] {
            ++asked;
            return isDone;
        });
    });
    Snapshot snapshot;
    const auto askedTimes = [&](int times) {
        const std::scoped_lock guard(condition);
        return condition.waiters() == 1 && asked >= times && waitersOf(snapshot = Monitor().snapshot(), "asked often") == 1;
    };
    QTRY_VERIFY(askedTimes(1));
    const qint64 since = sinceOf(snapshot, "asked often");
    for (int times = 2; times < 5; ++times) {
        {
            const std::scoped_lock guard(condition);
            condition.notify();
        }
        QTRY_VERIFY(askedTimes(times));
        QCOMPARE(sinceOf(snapshot, "asked often"), since);
    }
    {
        const std::scoped_lock guard(condition);
        isDone = true;
        condition.notify();
    }
    waiting.join();
}

/// Who waits for an object may have to wait for those who are just changing it.
void TestObjectDetails::waitWithinAWait()
{
    constexpr qint64 Long = 1;
    const Event event;
    const Event other;
    const ThreadRecord &thread = currentThreadRecord();
    const Sleep outer(event.id(), Long);
    {
        const Sleep same(event.id());
        QCOMPARE(thread.waitingSince.load(), Long);
    }
    QCOMPARE(thread.waitingSince.load(), Long);
    {
        const Sleep another(other.id());
        QVERIFY(thread.waitingSince.load() > Long);
    }
    QCOMPARE(thread.waitingSince.load(), Long);
    QCOMPARE(thread.waitingFor.load(), event.id().packed());
}

PROCESSION_TEST_MAIN(TestObjectDetails)
#include "tst_objectdetails.moc"
