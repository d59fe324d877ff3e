// SPDX-License-Identifier: MIT
#include "arenaprobe.h"
#include "processtest.h"

#include <procession/ipc/pipe.h>
#include <procession/queue/queue.h>
#include <procession/queue/simplequeue.h>
#include <procession/sync/lock.h>
#include <procession/sync/rlock.h>

#include <QtCore/QElapsedTimer>

#include <chrono>

using namespace procession;
using namespace std::chrono_literals;

/// That shared objects go although the messages with their handles never arrive.
class TestHandlesUnderWay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedBeforeItTakesThem_data() { addStartMethods(false); }
    void killedBeforeItTakesThem();
    void neverStarted();
    void takenTwice_data() { addStartMethods(); }
    void takenTwice();
    void noRoomInTheQueue();
    void nobodyReceives();
    void cannotBeEncoded();
    void queueIsDropped_data();
    void queueIsDropped();
    void queueOfADeadProcess_data() { addStartMethods(false); }
    void queueOfADeadProcess();
    void queuesInQueues();
    void heldUntilTheyArrive_data() { addStartMethods(); }
    void heldUntilTheyArrive();
};

namespace {

/// Cannot be sent after what was written before it.
struct Unsendable
{
};

/// A queue in which there are others.
struct Link
{
    std::shared_ptr<Queue<Link>> queue{};
};

void doNothing(const Lock &, const Queue<Lock> &, const QList<RLock> &) { }

void lockTwice(const Lock &first, const QList<Lock> &again)
{
    first.acquire();
    first.release();
    for (const Lock &lock : again) {
        lock.acquire();
        lock.release();
    }
}

void fillAQueue(const Connection &parent)
{
    const Queue<std::pair<int, Lock>> queue;
    for (int i = 0; i < 20; ++i)
        queue.put({i, Lock()});
    queue.get();
    parent.send(0);
    parent.recv<int>(); // until it is killed
}

void putLocks(const Queue<std::pair<int, Lock>> &queue, int count)
{
    for (int i = 0; i < count; ++i) {
        const Lock lock;
        lock.setName(QString::number(i));
        queue.put({i, lock});
    }
}

void spin(std::chrono::nanoseconds duration)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.nsecsElapsed() < duration.count())
        continue;
}

} // namespace

template <>
struct procession::Codec<Unsendable>
{
    static void encode(Encoder &, const Unsendable &) { throw EncodeError("this cannot be sent"); }
    static Unsendable decode(Decoder &) { return {}; }
};

template <>
struct procession::Codec<Link>
{
    static void encode(Encoder &encoder, const Link &link)
    {
        encoder << (link.queue != nullptr);
        if (link.queue)
            encoder << *link.queue;
    }
    static Link decode(Decoder &decoder)
    {
        return decoder.read<bool>() ? Link{std::make_shared<Queue<Link>>(decoder.read<Queue<Link>>())} : Link();
    }
};

void TestHandlesUnderWay::killedBeforeItTakesThem()
{
    QFETCH(StartMethod, method);
    constexpr int Rounds = 100;
    const ArenaProbe probe;
    for (int i = 0; i < Rounds; ++i) {
        const Lock lock;
        const Queue<Lock> queue;
        queue.put(lock);
        Process process = context(method).process(&doNothing, lock, queue, QList<RLock>{RLock(), RLock()});
        process.start();
        spin(i % 10 * (method == StartMethod::Spawn ? 2ms : 100us)); // to kill it at many points of its beginning
        process.kill();
        QVERIFY(process.join());
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestHandlesUnderWay::neverStarted()
{
    const ArenaProbe probe;
    {
        struct Refused : Process
        {
            using Process::Process;
            void run() override { }
        } process; // cannot be made anew
        process.setProperty("lock", 1);
        QVERIFY_THROWS_EXCEPTION(NotTransferable, process.start());
        const Lock lock;
        Process other = context(StartMethod::Spawn).process([](const Lock &, Unsendable) {}, lock, Unsendable());
        QVERIFY_THROWS_EXCEPTION(EncodeError, other.start());
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestHandlesUnderWay::takenTwice()
{
    QFETCH(StartMethod, method);
    const ArenaProbe probe;
    {
        const Lock lock;
        Process process = context(method).process(&lockTwice, lock, QList<Lock>{lock, Lock(), lock});
        process.start();
        QVERIFY(process.join());
        QCOMPARE(process.exitCode(), 0);
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestHandlesUnderWay::noRoomInTheQueue()
{
    const ArenaProbe probe;
    {
        const Queue<Lock> queue(1);
        queue.put(Lock());
        for (int i = 0; i < 5; ++i) {
            QVERIFY(!queue.tryPut(Lock()));
            QVERIFY(!queue.tryPut(Lock(), QDeadlineTimer(1ms)));
            QVERIFY_THROWS_EXCEPTION(Full, queue.putNowait(Lock()));
        }
        queue.close();
        QVERIFY_THROWS_EXCEPTION(QueueError, queue.tryPut(Lock()));
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestHandlesUnderWay::nobodyReceives()
{
    auto [ours, theirs] = pipe();
    theirs.close();
    const ArenaProbe probe;
    for (int i = 0; i < 5; ++i)
        QVERIFY_THROWS_EXCEPTION(SystemError, ours.send(std::pair(Lock(), QByteArray(1'000'000, 'x'))));
    ours.close();
    QVERIFY_THROWS_EXCEPTION(SystemError, ours.send(Lock()));
    QCOMPARE(probe.growth(), QByteArray());
}

void TestHandlesUnderWay::cannotBeEncoded()
{
    const auto [ours, theirs] = pipe();
    const ArenaProbe probe;
    {
        const Queue<std::pair<Lock, Unsendable>> queue;
        for (int i = 0; i < 5; ++i) {
            QVERIFY_THROWS_EXCEPTION(EncodeError, ours.send(std::pair(Lock(), Unsendable())));
            QVERIFY_THROWS_EXCEPTION(EncodeError, queue.put({Lock(), Unsendable()}));
        }
        static_cast<void>(encodeValue(Lock()));
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestHandlesUnderWay::queueIsDropped_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("taken");
    QTest::newRow("one") << 1 << 0;
    QTest::newRow("some") << 10 << 3;
    QTest::newRow("none left") << 10 << 10;
    QTest::newRow("several rings") << 5000 << 1;
    QTest::newRow("several rings, of which some are gone") << 5000 << 2000;
}

void TestHandlesUnderWay::queueIsDropped()
{
    QFETCH(int, count);
    QFETCH(int, taken);
    const ArenaProbe probe;
    {
        const Queue<std::pair<int, Lock>> queue;
        const Queue<QList<Lock>> lists;
        const SimpleQueue<QByteArray> others; // have nothing to give back
        putLocks(queue, count);
        lists.put({});
        lists.put({Lock(), Lock(), Lock()});
        others.put("text");
        for (int i = 0; i < taken; ++i) {
            const auto [number, lock] = queue.get();
            QCOMPARE(number, i);
            QCOMPARE(lock.name(), QString::number(i));
        }
        // A ring that is written from its beginning again.
        putLocks(queue, taken / 2);
        QCOMPARE(queue.size(), count - taken + taken / 2);
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestHandlesUnderWay::queueOfADeadProcess()
{
    QFETCH(StartMethod, method);
    const ArenaProbe probe;
    for (int i = 0; i < 5; ++i) {
        auto [ours, theirs] = pipe();
        Process process = context(method).process(&fillAQueue, theirs);
        process.start();
        QCOMPARE(ours.recv<int>(), 0);
        process.kill();
        QVERIFY(process.join());
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestHandlesUnderWay::queuesInQueues()
{
    constexpr int Depth = 20'000; // more than fit on a stack if each let go the next
    const ArenaProbe probe;
    {
        Link last;
        for (int i = 0; i < Depth; ++i) {
            const Link next{std::make_shared<Queue<Link>>()};
            next.queue->put(last);
            last = next;
        }
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestHandlesUnderWay::heldUntilTheyArrive()
{
    QFETCH(StartMethod, method);
    const ArenaProbe probe;
    {
        constexpr int Count = 200;
        const Queue<std::pair<int, Lock>> queue;
        Process process = context(method).process(&putLocks, queue, Count);
        process.start();
        QVERIFY(process.join()); // nobody has a handle now
        for (int i = 0; i < Count; ++i) {
            const auto [number, lock] = queue.get();
            QCOMPARE(number, i);
            QCOMPARE(lock.name(), QString::number(i));
            QVERIFY(lock.acquire(true, QDeadlineTimer(0)));
            lock.release();
        }
    }
    QCOMPARE(probe.growth(), QByteArray());
}

PROCESSION_TEST_MAIN(TestHandlesUnderWay)
#include "tst_handlesunderway.moc"
