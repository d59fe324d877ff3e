// SPDX-License-Identifier: MIT
// Kills processes that put into a queue, take out of it, and hold locks, at random moments, and starts others in their place. Then each
// message is accounted for. `--rounds=N` kills, and `--seed=N`.
#include "faultoptions.h"
#include "leakprobe.h"
#include "processtest.h"
#include "sanitizers.h"
#include "sharedmemory.h"

#include <procession/queue/queue.h>
#include <procession/sync/rlock.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>

#include <atomic>
#include <numeric>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

FaultOptions options{400};

constexpr int Producers = 2;
constexpr int Consumers = 2;
constexpr quint64 MostMessages = quint64(1) << 28; // of each producer; only what is touched costs memory
constexpr int TooMany = 20'000; // messages in an unbounded queue: producers wait then, so that memory lasts
constexpr auto Patience = 20s; // without progress, something is stuck

/// What everybody writes down, apart from the queue.
struct Ledger
{
    struct Producer
    {
        alignas(64) std::atomic<quint64> begun; ///< messages that it was about to put
        std::atomic<quint64> done; ///< messages that it has put
        std::array<std::atomic<quint8>, MostMessages> received; ///< how often each has come out
    };
    std::array<Producer, Producers> producers;
    std::atomic<quint64> progress;
    std::atomic<quint64> torn;
    std::atomic<quint64> disordered;
    std::atomic<bool> producersStop;
    std::atomic<bool> consumersStop;
};

QByteArray messageOf(quint32 producer, quint64 number)
{
    const auto length = static_cast<qsizetype>(number * 2654435761U % 300);
    QByteArray message(12 + length, static_cast<char>('a' + number % 26));
    std::memcpy(message.data(), &producer, sizeof producer);
    std::memcpy(message.data() + sizeof producer, &number, sizeof number);
    return message;
}

void produce(const Queue<QByteArray> &queue, Ledger &ledger, quint32 self)
{
    Ledger::Producer &own = ledger.producers[self];
    while (!ledger.producersStop) {
        while (queue.size() > TooMany && !ledger.producersStop)
            std::this_thread::yield();
        const quint64 number = own.begun++;
        queue.put(messageOf(self, number));
        own.done = number + 1;
        ++ledger.progress;
    }
}

void consume(const Queue<QByteArray> &queue, Ledger &ledger)
{
    std::array<qint64, Producers> last;
    last.fill(-1);
    while (!ledger.consumersStop) {
        const auto message = queue.tryGet(QDeadlineTimer(20ms));
        if (!message)
            continue;
        quint32 producer = 0;
        quint64 number = 0;
        std::memcpy(&producer, message->constData(), sizeof producer);
        std::memcpy(&number, message->constData() + sizeof producer, sizeof number);
        if (producer >= Producers || number >= MostMessages || *message != messageOf(producer, number)) {
            ++ledger.torn;
            continue;
        }
        ++ledger.producers[producer].received[number];
        ledger.disordered += static_cast<qint64>(number) <= last[producer];
        last[producer] = static_cast<qint64>(number);
        ++ledger.progress;
    }
}

/// Children of which one after the other is killed.
class Herd
{
public:
    void add(std::function<void()> work)
    {
        m_works.push_back(std::move(work));
        m_processes.push_back(started(m_works.back()));
    }
    void killAndReplace(std::size_t which)
    {
        m_processes[which]->kill();
        m_processes[which]->join();
        m_processes[which] = started(m_works[which]);
    }
    /// \returns whether all did
    bool join(std::size_t from, std::size_t to)
    {
        bool all = true;
        for (std::size_t i = from; i < to; ++i)
            all = m_processes[i]->join(QDeadlineTimer(Patience)) && m_processes[i]->exitCode() == 0 && all;
        return all;
    }
    std::size_t size() const { return m_processes.size(); }

private:
    static std::unique_ptr<Process> started(const std::function<void()> &work)
    {
        ProcessOptions how;
        how.context = context(StartMethod::Fork);
        how.whenDestroyed = WhenDestroyed::Kill;
        auto process = std::make_unique<Process>(how, work);
        process->start();
        return process;
    }

    std::vector<std::function<void()>> m_works;
    std::vector<std::unique_ptr<Process>> m_processes;
};

/// Kills members of a herd, again and again, at random moments.
/// \param killed  how often each was
/// \returns whether there was progress all the time
bool killAtRandom(Herd &herd, const std::atomic<quint64> &progress, std::vector<int> &killed)
{
    QRandomGenerator random(options.seed);
    killed.resize(herd.size());
    for (int i = 0; i < options.rounds; ++i) {
        const quint64 before = progress;
        QElapsedTimer timer;
        timer.start();
        const qint64 pause = random.bounded(1'500'000); // nanoseconds
        while (timer.nsecsElapsed() < pause) { } // sleeping is not exact enough
        while (progress == before && timer.elapsed() < std::chrono::milliseconds(Patience).count())
            std::this_thread::yield();
        if (progress == before)
            return false;
        const std::size_t which = random.bounded(static_cast<quint32>(herd.size()));
        herd.killAndReplace(which);
        ++killed[which];
    }
    return true;
}

struct LockLedger
{
    std::atomic<qint64> inside; ///< who is
    std::atomic<quint64> progress;
    std::atomic<quint64> violations;
    std::atomic<bool> stop;
};

template <typename AnyLock>
void contend(const AnyLock &lock, LockLedger &ledger)
{
    while (!ledger.stop) {
        lock.acquire();
        const qint64 other = ledger.inside.exchange(QCoreApplication::applicationPid());
        ledger.violations += other != 0 && !lock.isAbandoned();
        ++ledger.progress;
        ledger.inside = 0;
        lock.release();
    }
}

template <typename AnyLock>
void killHolders()
{
    const Shared<LockLedger> ledger;
    const AnyLock lock;
    Herd herd;
    for (int i = 0; i < 4; ++i)
        herd.add([lock, &ledger] { contend(lock, *ledger); });
    std::vector<int> killed;
    QVERIFY2(killAtRandom(herd, ledger->progress, killed), "nobody got the lock any more");
    ledger->stop = true;
    QVERIFY(herd.join(0, herd.size()));
    QCOMPARE(ledger->violations.load(), quint64(0));
    QVERIFY(lock.acquire(false));
    qInfo("%d kills, %llu times acquired, %d times from a dead owner", options.rounds,
        static_cast<unsigned long long>(ledger->progress), lock.abandonments());
}

} // namespace

class TestRandomKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void usersOfAQueue_data();
    void usersOfAQueue();
    void holdersOfALock() { killHolders<Lock>(); }
    void holdersOfARecursiveLock() { killHolders<RLock>(); }
};

void TestRandomKill::initTestCase()
{
    SKIP_UNDER_SANITIZERS("copies of a process that has threads are no good under them");
    QLoggingCategory::setFilterRules(QStringLiteral("procession.*=false"));
}

void TestRandomKill::usersOfAQueue_data()
{
    QTest::addColumn<int>("maxSize");
    QTest::newRow("without a limit") << 0;
    QTest::newRow("with a limit") << 10;
}

void TestRandomKill::usersOfAQueue()
{
    QFETCH(int, maxSize);
    const Shared<Ledger> ledger;
    const Queue<QByteArray> queue(maxSize);
    Herd herd;
    for (quint32 i = 0; i < Producers; ++i)
        herd.add([queue, &ledger, i] { produce(queue, *ledger, i); });
    for (int i = 0; i < Consumers; ++i)
        herd.add([queue, &ledger] { consume(queue, *ledger); });
    std::vector<int> killed;
    QVERIFY2(killAtRandom(herd, ledger->progress, killed), "nobody puts or gets any more");
    ledger->producersStop = true;
    QVERIFY(herd.join(0, Producers));
    QVERIFY(QTest::qWaitFor([&] { return queue.isEmpty(); }, 20'000));
    ledger->consumersStop = true;
    QVERIFY(herd.join(Producers, herd.size()));

    quint64 messages = 0;
    quint64 doubled = 0;
    quint64 lost = 0;
    for (const Ledger::Producer &producer : ledger->producers) {
        QVERIFY(producer.begun < MostMessages);
        // A message that was begun by one that was killed may be in or not; which these are is not written down, so they count as lost.
        for (quint64 number = 0; number < producer.begun; ++number) {
            ++messages;
            doubled += producer.received[number] > 1;
            lost += producer.received[number] == 0;
        }
    }
    const int kills = std::accumulate(killed.begin(), killed.end(), 0);
    qInfo("%d kills, %llu messages, %llu in the hands of the killed, %d times killed in the middle of put or get", kills,
        static_cast<unsigned long long>(messages), static_cast<unsigned long long>(lost), queue.abandonments());
    QCOMPARE(ledger->torn.load(), quint64(0));
    QCOMPARE(ledger->disordered.load(), quint64(0));
    QCOMPARE(doubled, quint64(0));
    QVERIFY(lost <= static_cast<quint64>(kills));
}

int main(int argc, char **argv)
{
    procession::freezeSupport(argc, argv);
    options.take(argc, argv);
    const QCoreApplication application(argc, argv);
    TestRandomKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_randomkill.moc"
