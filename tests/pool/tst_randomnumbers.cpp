// SPDX-License-Identifier: MIT
// Which random numbers differ from process to process by themselves, and how those are made to that do not.
#include "pooltest.h"

#include <procession/ipc/pipe.h>

#include <QtCore/QRandomGenerator>
#include <QtCore/QUuid>

#include <array>
#include <cstdlib>
#include <numeric>
#include <random>
#include <set>
#include <thread>

using namespace procession;

namespace {

constexpr std::array Sources{
    "global", "rand", "random", "lrand48", "drand48", "securelySeeded", "system", "random_device", "uuid"};

using Drawn = std::vector<quint64>;

/// One number of each source.
Drawn draw()
{
    QRandomGenerator ofItsOwn = QRandomGenerator::securelySeeded();
    std::random_device device;
    return {QRandomGenerator::global()->generate64(), static_cast<quint64>(std::rand()), static_cast<quint64>(::random()),
        static_cast<quint64>(::lrand48()), static_cast<quint64>(::drand48() * 1e15), ofItsOwn.generate64(),
        QRandomGenerator::system()->generate64(), static_cast<quint64>(device()) << 32 | device(), qHash(QUuid::createUuid())};
}

void sendDrawn(const Connection &connection) { connection.send(draw()); }

std::mt19937 engine(1); // NOLINT: as programs have them

quint64 drawUnseeded() { return engine(); }

void seedEngine(quint64 base) { engine.seed(static_cast<std::mt19937::result_type>(processSeed(base))); }

/// So that each worker has one call: none is done before all have begun.
template <auto Function>
auto togetherWith(const Event &all, const Queue<int> &begun)
{
    begun.put(1);
    all.wait();
    return Function();
}

template <auto Function>
auto inEachWorker(Pool &pool, int workers)
{
    using Result = decltype(Function());
    const Event all;
    const Queue<int> begun;
    std::vector<AsyncResult<Result>> results;
    for (int i = 0; i < workers; ++i)
        results.push_back(pool.applyAsync(&togetherWith<Function>, all, begun));
    for (int i = 0; i < workers; ++i)
        begun.get(true, QDeadlineTimer(Patience));
    all.set();
    std::vector<Result> values;
    for (const AsyncResult<Result> &result : results)
        values.push_back(result.get(Patience));
    return values;
}

void drawFromMany(int count, std::set<quint64> &seen)
{
    for (int i = 0; i < count; ++i)
        seen.insert(QRandomGenerator::global()->generate64());
}

/// Holds the lock of the C library's numbers for most of the time.
class BusyDrawer
{
public:
    BusyDrawer()
        : m_thread([this] {
              while (!m_isOver)
                  m_sum += std::rand();
          })
    {
    }
    ~BusyDrawer()
    {
        m_isOver = true;
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(BusyDrawer)

private:
    std::atomic_bool m_isOver = false;
    std::atomic<int> m_sum = 0;
    std::thread m_thread;
};

void doNothing() { }

quint64 seedHere() { return processSeed(7); }

} // namespace

class TestRandomNumbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachProcessHasItsOwn_data() { addStartMethods(false); }
    void eachProcessHasItsOwn();
    void eachWorkerHasItsOwn_data() { addStartMethods(false); }
    void eachWorkerHasItsOwn();
    void whatTheParentSeededDoesNotDecide_data() { addStartMethods(false); }
    void whatTheParentSeededDoesNotDecide();
    void theGlobalGeneratorGoesOn_data() { addStartMethods(false); }
    void theGlobalGeneratorGoesOn();
    void anEngineOfOnesOwnIsSeededByTheInitializer_data() { addStartMethods(false); }
    void anEngineOfOnesOwnIsSeededByTheInitializer();
    void theSeedOfAProcess_data() { addStartMethods(); }
    void theSeedOfAProcess();
    void aThreadThatDrawsKeepsNoChildFromItsWork();
};

void TestRandomNumbers::eachProcessHasItsOwn()
{
    QFETCH(StartMethod, method);
    std::vector<std::set<quint64>> seen(Sources.size());
    constexpr std::size_t Processes = 6;
    for (std::size_t i = 0; i < Processes; ++i) {
        const auto [receiver, sender] = pipe();
        Process process = context(method).process(&sendDrawn, sender);
        process.start();
        const auto drawn = receiver.recv<Drawn>();
        QVERIFY(process.join(QDeadlineTimer(Patience)));
        for (std::size_t source = 0; source < Sources.size(); ++source)
            seen[source].insert(drawn[source]);
    }
    for (std::size_t source = 0; source < Sources.size(); ++source)
        QVERIFY2(seen[source].size() == Processes, Sources.at(source));
}

void TestRandomNumbers::eachWorkerHasItsOwn()
{
    QFETCH(StartMethod, method);
    constexpr int Workers = 4;
    Pool pool(options(method, Workers));
    const auto all = inEachWorker<&draw>(pool, Workers);
    for (std::size_t source = 0; source < Sources.size(); ++source) {
        std::set<quint64> seen;
        for (const Drawn &drawn : all)
            seen.insert(drawn[source]);
        QVERIFY2(seen.size() == Workers, Sources.at(source));
    }
}

void TestRandomNumbers::whatTheParentSeededDoesNotDecide()
{
    QFETCH(StartMethod, method);
    std::srand(42);
    ::srand48(42);
    const int first = std::rand();
    std::srand(42);
    const auto [receiver, sender] = pipe();
    Process process = context(method).process(&sendDrawn, sender);
    process.start();
    QVERIFY(receiver.recv<Drawn>()[1] != static_cast<quint64>(first));
    QVERIFY(process.join(QDeadlineTimer(Patience)));
    QCOMPARE(std::rand(), first); // and the parent's are as they were
}

void TestRandomNumbers::theGlobalGeneratorGoesOn()
{
    QFETCH(StartMethod, method);
    const auto drawMany = [](const Connection &connection) {
        std::set<quint64> seen;
        drawFromMany(10'000, seen);
        std::vector<double> doubles;
        for (int i = 0; i < 1'000; ++i)
            doubles.push_back(QRandomGenerator::global()->generateDouble());
        const double mean = std::accumulate(doubles.begin(), doubles.end(), 0.0) / 1'000;
        connection.send(seen.size() == 10'000 && mean > 0.4 && mean < 0.6);
    };
    const auto [receiver, sender] = pipe();
    Process process = context(method).process(drawMany, sender);
    process.start();
    QVERIFY(receiver.recv<bool>());
    QVERIFY(process.join(QDeadlineTimer(Patience)));
}

void TestRandomNumbers::anEngineOfOnesOwnIsSeededByTheInitializer()
{
    QFETCH(StartMethod, method);
    constexpr int Workers = 4;
    {
        Pool pool(options(method, Workers));
        const auto all = inEachWorker<&drawUnseeded>(pool, Workers);
        QCOMPARE(std::set(all.begin(), all.end()).size(), 1U); // as the page says
    }
    PoolOptions seeded = options(method, Workers);
    seeded.initializer = {&seedEngine, 2026};
    Pool pool(seeded);
    const auto all = inEachWorker<&drawUnseeded>(pool, Workers);
    QCOMPARE(std::set(all.begin(), all.end()).size(), std::size_t(Workers));
}

void TestRandomNumbers::theSeedOfAProcess()
{
    QFETCH(StartMethod, method);
    QCOMPARE(processSeed(7), processSeed(7));
    QVERIFY(processSeed(7) != processSeed(8));
    constexpr int Workers = 3;
    Pool pool(options(method, Workers));
    auto all = inEachWorker<&seedHere>(pool, Workers);
    all.push_back(processSeed(7));
    QCOMPARE(std::set(all.begin(), all.end()).size(), std::size_t(Workers + 1));
}

// The copy of a lock that a thread of this process held would be held for ever.
void TestRandomNumbers::aThreadThatDrawsKeepsNoChildFromItsWork()
{
    const BusyDrawer drawer;
    for (int i = 0; i < 10; ++i) {
        Process process = context(StartMethod::Fork).process(&doNothing);
        process.start();
        QVERIFY(process.join(QDeadlineTimer(Patience)));
        QCOMPARE(process.exitCode(), 0);
    }
}

PROCESSION_TEST_MAIN(TestRandomNumbers)
#include "tst_randomnumbers.moc"
