// SPDX-License-Identifier: MIT
#include "arenacopy.h"
#include "processtest.h"

#include <procession/pool/pool.h>
#include <procession/pool/shared/poolstate.h>
#include <procession/queue/joinablequeue.h>
#include <procession/shared/shareablelist.h>
#include <procession/sync/barrier.h>
#include <procession/sync/condition.h>
#include <procession/sync/rlock.h>
#include <procession/sync/semaphore.h>

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <random>
#include <thread>

using namespace procession;

namespace {

constexpr int Seeds = 2000;
constexpr std::size_t Objects = 12; // with a pool, its two queues and two workers
constexpr int MostParties = 0xFFFF;

/// Nothing else may be told of any object.
struct DetailsBounds
{
    bool operator()(const SemaphoreDetails &semaphore) const
    {
        return semaphore.free >= 0 && semaphore.owners.size() <= ArenaMap::MostProcesses;
    }
    bool operator()(const BarrierDetails &barrier) const
    {
        return barrier.parties <= MostParties && barrier.arrived >= 0 && barrier.arrived <= barrier.parties;
    }
    bool operator()(const SharedDataDetails &data) const
    {
        constexpr quint64 Most = std::numeric_limits<qint64>::max();
        return data.count <= Most && data.bytes <= Most;
    }
    bool operator()(const PoolDetails &pool) const
    {
        return pool.phase <= LastPoolPhase && pool.processes >= 0 && pool.queuedTasks >= 0 && pool.queuedReports >= 0
            && pool.lost.size() <= PoolMemory::MostLosses
            && std::all_of(pool.lost.begin(), pool.lost.end(), [this](const LostPoolTask &lost) { return isBounded(lost); });
    }
    bool operator()(const PoolWorkerDetails &worker) const
    {
        const bool isRunningBounded = !worker.running
            || (worker.running->done >= 0 && worker.running->total >= 0 && worker.running->runningTime >= 0
                && isBounded(worker.running->task) && worker.running->progressText.size() <= 80);
        return isRunningBounded && worker.ended.size() <= WorkerMemory::MostEvents
            && std::all_of(
                worker.ended.begin(), worker.ended.end(), [this](const EndedPoolTask &ended) { return isBounded(ended); });
    }
    bool operator()(const auto &) const { return true; }

private:
    static bool isBounded(const PoolTask &task) { return task.function.size() <= 120; }
    static bool isBounded(const EndedPoolTask &ended)
    {
        return isBounded(ended.task) && ended.failures <= ended.task.calls && ended.begin >= 0 && ended.begin <= ended.end
            && ended.outcome <= LastTaskOutcome;
    }
};

int nothing(int x) { return x; }

} // namespace

/// Whatever an arena holds, a monitor reads it without harm to itself.
class TestHostileArena : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theCopyIsRight();
    void flippedBits();
    void randomBytes();
    void allOnes();
    void fullTables();
    void sharedSegments();
    void ringsOfWaits();
    void cleanupTestCase();

private:
    static void verifyBounds(const Snapshot &snapshot);

    std::optional<Semaphore> m_semaphore; // the first to take memory of its own, of which there is a copy
    std::optional<Lock> m_lock;
    std::optional<RLock> m_recursive;
    std::optional<JoinableQueue<int>> m_queue;
    std::optional<Barrier> m_barrier;
    std::optional<Condition> m_condition;
    std::optional<ShareableList> m_list;
    std::optional<Pool> m_pool;
    std::thread m_waiting;
    std::unique_ptr<ArenaCopy> m_copy;
};

void TestHostileArena::initTestCase()
{
    m_lock.emplace();
    m_recursive.emplace();
    m_semaphore.emplace(3);
    m_semaphore->acquire();
    m_queue.emplace();
    m_barrier.emplace(2);
    m_condition.emplace(*m_recursive);
    m_list.emplace(QVariantList{1, 2});
    m_queue->put(1);
    m_lock->setName(QStringLiteral("lock"));
    m_lock->acquire();
    m_recursive->acquire();
    m_waiting = std::thread([this] { m_lock->acquire(); });
    m_pool.emplace(PoolOptions{.processes = 2, .context = Context(StartMethod::Thread)});
    m_pool->map(&nothing, std::vector<int>{1, 2, 3}, 1);
    m_copy = std::make_unique<ArenaCopy>();
    QTRY_VERIFY((m_copy->copy(), m_copy->look()->objects.front().waiters.size() == 1));
}

void TestHostileArena::cleanupTestCase()
{
    m_pool.reset();
    m_lock->release();
    m_waiting.join();
}

void TestHostileArena::verifyBounds(const Snapshot &snapshot)
{
    QVERIFY(snapshot.processes.size() <= ArenaMap::MostProcesses);
    QVERIFY(snapshot.threads.size() <= ArenaMap::MostThreads);
    QVERIFY(snapshot.objects.size() <= ArenaMap::MostObjects);
    for (const MonitoredObject &object : snapshot.objects) {
        QVERIFY(object.kind >= ObjectKind::Lock && object.kind <= LastObjectKind);
        QVERIFY(object.holders.size() <= ArenaMap::MostProcesses);
        QVERIFY(object.waiters.size() <= snapshot.threads.size());
        QVERIFY(object.name.size() <= 64);
        QVERIFY(std::visit(DetailsBounds(), object.details));
    }
    for (const Deadlock &deadlock : snapshot.deadlocks) {
        QVERIFY(!deadlock.waits.empty());
        for (const Deadlock::Wait &wait : deadlock.waits)
            QVERIFY(snapshot.thread(wait.thread) && snapshot.object(wait.object));
    }
}

void TestHostileArena::theCopyIsRight()
{
    const std::optional<Snapshot> snapshot = m_copy->look();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->objects.size(), Objects);
    QCOMPARE(std::get<SemaphoreDetails>(snapshot->objects[2].details).owners.front().units, 1);
    QCOMPARE(std::get<QueueDetails>(snapshot->objects[3].details).unfinished, 1);
    QCOMPARE(std::get<BarrierDetails>(snapshot->objects[4].details).parties, 2);
    QCOMPARE(std::get<ConditionDetails>(snapshot->objects[5].details).lock, m_recursive->id());
    QCOMPARE(std::get<SharedDataDetails>(snapshot->objects[6].details).count, quint64(2));
    QCOMPARE(snapshot->objects.front().name, QStringLiteral("lock"));
    const auto isPool = [](const MonitoredObject &object) { return object.kind == ObjectKind::Pool; };
    const auto pool = std::find_if(snapshot->objects.begin(), snapshot->objects.end(), isPool);
    QVERIFY(pool != snapshot->objects.end());
    const auto details = std::get<PoolDetails>(pool->details);
    QCOMPARE(details.done, quint64(3));
    QCOMPARE(details.workers.size(), std::size_t(2));
    std::size_t ended = 0;
    for (const ObjectId id : details.workers)
        ended += std::get<PoolWorkerDetails>(snapshot->object(id)->details).ended.size();
    QCOMPARE(ended, std::size_t(3));
    verifyBounds(*snapshot);
}

void TestHostileArena::flippedBits()
{
    int taken = 0;
    for (unsigned seed = 0; seed < Seeds; ++seed) {
        std::mt19937_64 random(seed);
        m_copy->copy();
        for (unsigned i = 0; i < 1 + seed % 64; ++i)
            m_copy->byteAt(random()) ^= std::byte(1U << random() % 8);
        const std::optional<Snapshot> snapshot = m_copy->look();
        if (!snapshot)
            continue;
        ++taken;
        verifyBounds(*snapshot);
        if (QTest::currentTestFailed())
            qFatal("seed %u", seed);
    }
    QVERIFY(taken > Seeds / 2);
}

void TestHostileArena::randomBytes()
{
    constexpr std::size_t Most = 2000;
    for (unsigned seed = 0; seed < Seeds / 4; ++seed) {
        std::mt19937_64 random(seed);
        m_copy->copy();
        const std::size_t begin = random() | 4096; // behind what says that it is an arena, more often than not
        for (std::size_t i = 0; i < 1 + random() % Most; ++i)
            m_copy->byteAt(begin + i) = std::byte(random());
        if (const std::optional<Snapshot> snapshot = m_copy->look())
            verifyBounds(*snapshot);
        if (QTest::currentTestFailed())
            qFatal("seed %u", seed);
    }
}

void TestHostileArena::allOnes()
{
    constexpr std::size_t HeaderSize = 64;
    for (std::size_t i = HeaderSize; i < 5 * 4096; ++i)
        m_copy->byteAt(i) = std::byte(0xFF);
    const std::optional<Snapshot> snapshot = m_copy->look();
    QVERIFY(snapshot);
    verifyBounds(*snapshot);
    m_copy->byteAt(0) ^= std::byte(1);
    QVERIFY(!m_copy->look()); // no arena at all
    m_copy->copy();
    m_copy->header().version += 1;
    QVERIFY(!m_copy->look());
    m_copy->copy();
}

void TestHostileArena::fullTables()
{
    constexpr int MostMilliseconds = 20'000; // on a busy machine, with instruments
    m_copy->copy();
    for (SlotTableHead *table :
        {&m_copy->header().processes, &m_copy->header().threads, &m_copy->header().objects, &m_copy->header().segments})
        table->used = ~quint32(0);
    QElapsedTimer timer;
    timer.start();
    const std::optional<Snapshot> snapshot = m_copy->look();
    qInfo("tables that are said to be full: %.1f ms", static_cast<double>(timer.nsecsElapsed()) / 1e6);
    QVERIFY(snapshot);
    QCOMPARE(snapshot->objects.size(), Objects);
    QVERIFY(snapshot->memory.reserved < ArenaMap::DataBegin / 4); // looking gave it none
    QVERIFY(timer.elapsed() < MostMilliseconds);
}

/// Memory that is not an object's own is not taken for it.
void TestHostileArena::sharedSegments()
{
    const auto owners = [this] { return std::get<SemaphoreDetails>(m_copy->look()->objects[2].details).owners.size(); };
    m_copy->copy();
    QCOMPARE(owners(), std::size_t(1));
    SegmentRecord &segment = m_copy->segment(0);
    const quint64 offset = segment.offset;
    for (const quint64 elsewhere : {quint64(0), offset - 1, m_copy->header().size - 8, m_copy->header().size, ~quint64(0)}) {
        segment.offset = elsewhere;
        QCOMPARE(owners(), std::size_t(0));
    }
    segment.offset = offset;
    QCOMPARE(owners(), std::size_t(1));
    segment.owner += 1;
    QCOMPARE(owners(), std::size_t(0));
    m_copy->copy();
}

void TestHostileArena::ringsOfWaits()
{
    // A thread that waits for a lock that a thread has that waits for one that …, with a ring at the end of a long way.
    Snapshot snapshot;
    constexpr quint32 Count = 1000;
    constexpr quint32 RingBegin = 700;
    for (quint32 i = 0; i < Count; ++i) {
        MonitoredThread thread;
        thread.word = i + 1;
        thread.waitingFor = {i, 1};
        thread.waitsForever = true;
        snapshot.threads.push_back(thread);
        MonitoredObject lock;
        lock.id = {i, 1};
        lock.kind = ObjectKind::RLock;
        LockDetails details;
        details.owner.thread = i + 1 < Count ? i + 2 : RingBegin + 1;
        lock.details = details;
        snapshot.objects.push_back(lock);
    }
    std::vector<Deadlock> found = possibleDeadlocks(snapshot);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found.front().waits.size(), std::size_t(Count - RingBegin));
    QCOMPARE(found.front().waits.front().thread, RingBegin + 1);
    QVERIFY(found.front().isCertain);
    snapshot.objects[RingBegin + 1].kind = ObjectKind::Lock;
    QVERIFY(!possibleDeadlocks(snapshot).front().isCertain);
    std::get<LockDetails>(snapshot.objects[RingBegin + 1].details).owner = {};
    QVERIFY(possibleDeadlocks(snapshot).empty());
}

PROCESSION_TEST_MAIN(TestHostileArena)
#include "tst_hostilearena.moc"
