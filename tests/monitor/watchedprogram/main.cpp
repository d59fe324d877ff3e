// SPDX-License-Identifier: MIT
#include <procession/ipc/pipe.h>
#include <procession/pool/pool.h>
#include <procession/process/launch/freezesupport.h>
#include <procession/process/process.h>
#include <procession/queue/joinablequeue.h>
#include <procession/shared/shareablelist.h>
#include <procession/shared/sharedarray.h>
#include <procession/shared/sharedmemory.h>
#include <procession/shared/sharedvalue.h>
#include <procession/sync/barrier.h>
#include <procession/sync/boundedsemaphore.h>
#include <procession/sync/condition.h>
#include <procession/sync/event.h>
#include <procession/sync/rlock.h>
#include <procession/sync/semaphore.h>

#include <QtCore/QCoreApplication>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <numeric>
#include <thread>

using namespace procession;

namespace {

/// Tells the test, and returns when it lets this program go.
void standby(qint64 childPid)
{
    std::printf("ready %lld\n", static_cast<long long>(childPid));
    std::fflush(stdout);
    while (std::getchar() != EOF) { }
}

void holdTwice(const RLock &lock, const Connection &parent)
{
    lock.acquire();
    lock.acquire();
    parent.send(true);
    parent.recv<bool>();
}

/// "database" is held here and waited for by a thread; "cache" is held twice by a child.
int holdAndWait()
{
    const Lock database;
    const RLock cache;
    database.setName(QStringLiteral("database"));
    cache.setName(QStringLiteral("cache äöü"));
    auto [ours, childs] = pipe();
    Process child({.name = QStringLiteral("keeper")}, &holdTwice, cache, childs);
    child.start();
    ours.recv<bool>();
    database.acquire();
    std::thread waiting([&] { database.acquire(); });
    standby(child.pid());
    database.release();
    waiting.join();
    ours.send(true);
    child.join();
    return 0;
}

template <typename AnyLock>
void acquireBoth(const AnyLock &first, const AnyLock &second, const Connection &parent)
{
    first.acquire();
    parent.send(true);
    parent.recv<bool>();
    second.acquire();
}

template <typename AnyLock>
int lockEachOtherOut(QDeadlineTimer patience)
{
    const AnyLock a;
    const AnyLock b;
    a.setName(QStringLiteral("a"));
    b.setName(QStringLiteral("b"));
    auto [ours, childs] = pipe();
    Process child({.name = QStringLiteral("other")}, &acquireBoth<AnyLock>, b, a, childs);
    a.acquire();
    child.start();
    ours.recv<bool>();
    ours.send(true);
    std::printf("ready %lld\n", static_cast<long long>(child.pid()));
    std::fflush(stdout);
    b.acquire(true, patience);
    return 0;
}

void dieWith(const Lock &lock)
{
    lock.acquire();
    ::raise(SIGKILL);
}

/// A child has died with "precious", and nobody has taken notice.
int loseOwner()
{
    const Lock precious;
    precious.setName(QStringLiteral("precious"));
    Process child({.name = QStringLiteral("victim")}, &dieWith, precious);
    child.start();
    standby(child.pid());
    child.join();
    return 0;
}

/// As above, and this process has cleaned up after the child.
int buryOwner()
{
    const Lock precious;
    precious.setName(QStringLiteral("precious"));
    Process child({.name = QStringLiteral("victim")}, &dieWith, precious);
    child.start();
    child.join();
    standby(child.pid());
    return 0;
}

void putThree(const Queue<int> &jobs)
{
    for (int i = 0; i < 3; ++i)
        jobs.put(i);
}

/// "jobs" is full and a child waits to put into it, "results" is empty and a thread waits for it, of "tasks" none is done.
int blockQueues()
{
    const Queue<int> jobs(2);
    const Queue<QString> results;
    const JoinableQueue<int> tasks;
    jobs.setName(QStringLiteral("jobs"));
    results.setName(QStringLiteral("results"));
    tasks.setName(QStringLiteral("tasks"));
    tasks.put(1);
    tasks.put(2);
    tasks.get();
    Process child({.name = QStringLiteral("producer")}, &putThree, jobs);
    child.start();
    std::thread getting([&] { results.get(); });
    std::thread joining([&] { tasks.join(); });
    standby(child.pid());
    std::quick_exit(0); // the threads wait for ever
}

void putForEver(const Queue<QByteArray> &queue)
{
    constexpr qsizetype Size = 16 << 20;
    for (const QByteArray message(Size, 'x');;)
        queue.put(message);
}

/// A child does nothing but put large messages into "large", and a thread takes them out.
int putLargeMessages()
{
    const Queue<QByteArray> large(2);
    large.setName(QStringLiteral("large"));
    Process child({.name = QStringLiteral("producer")}, &putForEver, large);
    child.start();
    std::thread getting([&] {
        for (;;)
            large.get();
    });
    standby(child.pid());
    std::quick_exit(0);
}

void dieWithUnits(const Semaphore &gone, const Semaphore &lost)
{
    gone.acquire();
    gone.acquire();
    lost.acquire();
    ::raise(SIGKILL);
}

void waitForAll(const Semaphore &slots, const BoundedSemaphore &permits, const Condition &condition, const Barrier &barrier,
    const Event &event, const Connection &parent)
{
    slots.acquire();
    permits.acquire();
    std::thread([condition] {
        const std::scoped_lock guard(condition);
        condition.waitFor([] { return false; });
    }).detach();
    std::thread([barrier] { barrier.wait(); }).detach();
    parent.send(true);
    event.wait();
}

/// Of "slots" this process has two units and "worker" one, which waits for all else too; "victim" died with one of "lost" and two of
/// "gone", and nobody has taken notice.
int acquireUnits()
{
    const Semaphore slots(5);
    const BoundedSemaphore permits(1);
    const Semaphore gone(2);
    const Semaphore lost(3);
    const Lock guard;
    const Condition condition(guard);
    const Event event;
    const Event done;
    const Barrier barrier(3);
    const Barrier broken(2);
    slots.setName(QStringLiteral("slots"));
    permits.setName(QStringLiteral("permits"));
    gone.setName(QStringLiteral("gone"));
    lost.setName(QStringLiteral("lost"));
    guard.setName(QStringLiteral("guard"));
    condition.setName(QStringLiteral("condition"));
    event.setName(QStringLiteral("event"));
    done.setName(QStringLiteral("done"));
    barrier.setName(QStringLiteral("barrier"));
    broken.setName(QStringLiteral("broken"));
    done.set();
    broken.abort();
    slots.acquire();
    slots.acquire();
    Process victim({.name = QStringLiteral("victim")}, &dieWithUnits, gone, lost);
    victim.start();
    auto [ours, childs] = pipe();
    Process worker({.name = QStringLiteral("worker")}, &waitForAll, slots, permits, condition, barrier, event, childs);
    worker.start();
    ours.recv<bool>();
    standby(worker.pid());
    return 0;
}

struct Point
{
    double x;
    double y;
};

int shareData()
{
    const Value<int> counter(7);
    const RawValue<Point> point(4, 6);
    const Array<double> table(std::size_t(100'000));
    const SharedMemory block(QStringLiteral("block"), 5000);
    const ShareableList few({1, 2.5, QStringLiteral("three")});
    const ShareableList many(QVariantList(50, QByteArray(100, 'x')));
    counter.setName(QStringLiteral("counter"));
    point.setName(QStringLiteral("point"));
    table.setName(QStringLiteral("table"));
    few.setName(QStringLiteral("few"));
    many.setName(QStringLiteral("many"));
    standby(0);
    return 0;
}

int squared(int x)
{
    if (x == 3)
        throw std::domain_error("three");
    return x * x;
}

/// Never returns.
int render(int row, const Event &event)
{
    if (row == 1) {
        reportProgress(2, 5, QStringLiteral("säule"));
        reportProgress(40, 100); // too soon to tell those who wait
        event.set();
    }
    const Event never;
    never.wait();
    return row;
}

/// "Pool-1" of two workers has done five calls of squared(), one of which threw; then one worker renders item 2 of 2 for ever, with its
/// progress told, and the other item 1. "idle" has nothing to do.
int runPools()
{
    const Pool idle({.processes = 3, .name = QStringLiteral("idle")});
    Pool pool({.processes = 2, .name = QStringLiteral("Pool-1")});
    std::vector<int> numbers(5);
    std::iota(numbers.begin(), numbers.end(), 1);
    pool.mapAsync(&squared, numbers, 1).wait();
    const Event event;
    const std::vector<std::pair<int, Event>> rows{{0, event}, {1, event}};
    const auto rendered = pool.starmapAsync({.chunkSize = 1}, &render, rows);
    event.wait();
    standby(0);
    return 0;
}

int shareNothing()
{
    standby(0);
    return 0;
}

constexpr int LongPatience = 100'000; // milliseconds

int play(const QByteArray &scene)
{
    if (scene == "locks")
        return holdAndWait();
    if (scene == "rlockDeadlock")
        return lockEachOtherOut<RLock>(QDeadlineTimer::Forever);
    if (scene == "impatientDeadlock")
        return lockEachOtherOut<RLock>(QDeadlineTimer(LongPatience));
    if (scene == "lockDeadlock")
        return lockEachOtherOut<Lock>(QDeadlineTimer::Forever);
    if (scene == "lostOwner")
        return loseOwner();
    if (scene == "buriedOwner")
        return buryOwner();
    if (scene == "queues")
        return blockQueues();
    if (scene == "largeMessages")
        return putLargeMessages();
    if (scene == "units")
        return acquireUnits();
    if (scene == "data")
        return shareData();
    if (scene == "pools")
        return runPools();
    if (scene == "nothing")
        return shareNothing();
    std::fprintf(stderr, "there is no scene \"%s\"\n", scene.constData());
    return 1;
}

} // namespace

/// watchedprogram SCENE: shares things in one of the ways above, for a test to watch it.
int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    return play(argc == 2 ? argv[1] : "");
}
