// SPDX-License-Identifier: MIT
// Makes and drops a great many shared objects, sends a great many messages, and looks whether the arena is as it was. `--rounds=N`
// thousands of each.
#include "faultoptions.h"
#include "processtest.h"
#include "sanitizers.h"

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/segment.h>
#include <procession/queue/queue.h>
#include <procession/sync/rlock.h>

using namespace procession;

namespace {

FaultOptions options{20 / Slowness + 1};

/// What of the arena is in use.
struct Usage
{
    quint32 objects = 0;
    quint32 segments = 0;
    quint64 bytes = 0; ///< but for those that are kept for the next object
    quint64 everUsed = 0; ///< bytes of addresses

    static Usage now()
    {
        const ArenaMap &map = Arena::get().map();
        Usage usage;
        for (quint32 i = 0; i < map.objects().used(); ++i)
            usage.objects += map.objects()[i].kind.load() != 0;
        for (quint32 i = 0; i < map.segments().used(); ++i) {
            if (map.segments()[i].owner.load() == 0)
                continue;
            ++usage.segments;
            usage.bytes += map.segments()[i].reserved.load();
        }
        usage.everUsed = map.header().dataEnd.load();
        return usage;
    }
    friend bool operator==(const Usage &, const Usage &) = default;
};

void count(const Queue<quint64> &queue, const Queue<quint64> &results, quint64 messages)
{
    quint64 sum = 0;
    for (quint64 i = 0; i < messages; ++i)
        sum += queue.get();
    results.put(sum);
}

void dropAll(const std::vector<Queue<int>> &queues)
{
    if (queues.empty() || queues.front().get() != 1)
        throw std::runtime_error("the queue is not the one that was meant");
}

} // namespace

class TestEndurance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void queuesMadeAndDropped();
    void queuesThatGrow();
    void messages();
    void handlesGivenAway_data() { addStartMethods(); }
    void handlesGivenAway();
};

void TestEndurance::queuesMadeAndDropped()
{
    const Queue<QByteArray> first; // what is made once is there from here on
    const Usage before = Usage::now();
    std::optional<Usage> afterOne;
    for (int i = 0; i < options.rounds * 1000; ++i) {
        const Queue<QByteArray> queue;
        queue.put("a message");
        const Lock lock;
        lock.acquire();
        if (!afterOne)
            afterOne = Usage::now();
    }
    QCOMPARE(Usage::now().objects, before.objects);
    QCOMPARE(Usage::now().bytes, before.bytes);
    QCOMPARE(Usage::now().everUsed, afterOne->everUsed);
    qInfo("%d queues and locks", options.rounds * 1000);
}

void TestEndurance::queuesThatGrow()
{
    const Usage before = Usage::now();
    quint64 everUsed = 0;
    for (int i = 0; i < options.rounds; ++i) {
        const Queue<QByteArray> queue;
        for (int k = 0; k < 200; ++k)
            queue.put(QByteArray(10'000, 'x'));
        for (int k = 0; k < 100; ++k)
            queue.get();
        if (i == 0)
            everUsed = Usage::now().everUsed;
    }
    QCOMPARE(Usage::now().objects, before.objects);
    QCOMPARE(Usage::now().segments, before.segments);
    QCOMPARE(Usage::now().bytes, before.bytes);
    QVERIFY(keptMemory() <= MostKept);
    QCOMPARE(Usage::now().everUsed, everUsed);
}

void TestEndurance::messages()
{
    const quint64 count = static_cast<quint64>(options.rounds) * 100'000;
    const Queue<quint64> queue(1000);
    const Queue<quint64> results;
    Process process(&::count, queue, results, count);
    process.start();
    const Usage before = Usage::now();
    quint64 sum = 0;
    for (quint64 i = 0; i < count; ++i) {
        queue.put(i);
        sum += i;
    }
    QCOMPARE(results.get(), sum);
    QVERIFY(process.join());
    QVERIFY(Usage::now().bytes <= before.bytes + 64 * 1024); // rings that it took to hold a thousand
    QCOMPARE(queue.putTotal(), count);
    QCOMPARE(queue.getTotal(), count);
    qInfo("%llu messages", static_cast<unsigned long long>(count));
}

void TestEndurance::handlesGivenAway()
{
    QFETCH(StartMethod, method);
    const Usage before = Usage::now();
    for (int i = 0; i < std::min(options.rounds, 100); ++i) {
        std::vector<Queue<int>> queues(20);
        queues.front().put(1);
        Process process = context(method).process(&dropAll, queues);
        queues.clear(); // the process has the last handles
        process.start();
        QVERIFY(process.join());
        QCOMPARE(process.exitCode(), 0);
    }
    QCOMPARE(Usage::now().objects, before.objects);
    QCOMPARE(Usage::now().bytes, before.bytes);
}

int main(int argc, char **argv)
{
    procession::freezeSupport(argc, argv);
    options.take(argc, argv);
    const QCoreApplication application(argc, argv);
    TestEndurance test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_endurance.moc"
