// SPDX-License-Identifier: MIT
// Kills workers of a pool at random moments and in every way, and accounts for each task; kills a program that has a pool; makes and
// drops a great many pools. `--rounds=N` hundreds of tasks and N pools, and `--seed=N`.
#include "arenaprobe.h"
#include "faultoptions.h"
#include "leakprobe.h"
#include "markedprocesses.h"
#include "processtest.h"
#include "sanitizers.h"
#include "sharedmemory.h"

#include <procession/platform/system/processstatus.h>
#include <procession/pool/pool.h>

#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>

#include <csignal>
#include <iostream>
#include <thread>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

FaultOptions options{100};

constexpr auto Patience = 60s; // without an end of a task, something is stuck
constexpr auto Timeout = 400ms * Slowness; // of a task
constexpr int Workers = 4;
constexpr int MostTasks = 10'000'000; // only what is touched costs memory

/// How often tasks were begun, apart from all that is tested. Null in processes that are no copies of the first.
struct Ledger
{
    std::array<std::atomic<quint8>, MostTasks> begun;
};
Ledger *ledger = nullptr;

enum class Fate { Normal, Kill, Crash, Leave, Stop, Throw };

/// What a task does: most do their work, one of 40 does something else, and one of 1000 stops, which takes long.
Fate fateOf(int task)
{
    const quint32 mixed = (static_cast<quint32>(task) + options.seed) * 2654435761U >> 8;
    if (task % 1000 == 500)
        return Fate::Stop;
    return mixed % 40 == 0 ? std::array{Fate::Kill, Fate::Crash, Fate::Leave, Fate::Throw}[mixed / 40 % 4] : Fate::Normal;
}

int suffer(Fate fate, int task)
{
    switch (fate) {
    case Fate::Kill:
        ::raise(SIGKILL);
        break;
    case Fate::Crash:
        ::raise(SIGSEGV);
        break;
    case Fate::Leave:
        ::_exit(5);
    case Fate::Stop:
        ::raise(SIGSTOP);
        break;
    case Fate::Throw:
        throw std::out_of_range("task " + std::to_string(task));
    case Fate::Normal:
        break;
    }
    return 3 * task;
}

int once(int fate, int task)
{
    if (ledger)
        ++ledger->begun[static_cast<std::size_t>(task)];
    return suffer(static_cast<Fate>(fate), task);
}

/// Has its fate the first time only.
int atLast(int task) { return suffer(ledger->begun[static_cast<std::size_t>(task)]++ == 0 ? fateOf(task) : Fate::Normal, task); }

int tripled(int x) { return 3 * x; }

/// Kills and stops workers of a pool at random moments, for as long as it lives.
class Killer
{
public:
    explicit Killer(const Pool &pool) : m_thread([this, &pool] { run(pool); }) { }
    ~Killer() { end(); }
    Q_DISABLE_COPY_MOVE(Killer)

    void end()
    {
        m_ends = true;
        if (m_thread.joinable())
            m_thread.join();
    }
    int kills() const { return m_kills; }
    int stops() const { return m_stops; }

private:
    void run(const Pool &pool)
    {
        QRandomGenerator random(options.seed);
        while (!m_ends) {
            passTime(random);
            const std::vector<PoolWorkerInfo> workers = pool.workers();
            if (workers.empty())
                continue;
            const PoolWorkerInfo &victim = workers[random.bounded(static_cast<quint32>(workers.size()))];
            const bool isStopped = random.bounded(20) == 0;
            const auto status = processStatus(victim.pid);
            if (!victim.isReady || !status || status->state != ProcessStatus::State::Running)
                continue; // who is stopped is left to the timeout
            if (::kill(static_cast<pid_t>(victim.pid), isStopped ? SIGSTOP : SIGKILL) != 0)
                continue;
            ++(isStopped ? m_stops : m_kills);
        }
    }
    /// By spinning: a sleep would always end on a tick.
    void passTime(QRandomGenerator &random)
    {
        const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(random.bounded(6'000));
        while (std::chrono::steady_clock::now() < until && !m_ends)
            std::this_thread::yield();
    }

    std::atomic<bool> m_ends = false;
    std::atomic<int> m_kills = 0;
    std::atomic<int> m_stops = 0;
    std::thread m_thread;
};

/// How tasks ended.
struct Ends
{
    int results = 0;
    int exceptions = 0;
    int lost = 0;
    int timeouts = 0;
    QByteArray wrong; ///< the first that ended as it must not
};

QByteArray wrongAbout(Fate fate, const WorkerLost &lost)
{
    const int code = lost.status().exitCode().value_or(999);
    const bool isOwn = (fate == Fate::Kill && code == -SIGKILL) || (fate == Fate::Crash && code == -SIGSEGV)
        || (fate == Fate::Leave && code == 5);
    const bool isKillers = code == -SIGKILL;
    return isOwn || isKillers ? QByteArray() : "lost by " + QByteArray::number(code);
}

void account(const AsyncResult<int> &result, Fate fate, int task, Ends &ends)
{
    QByteArray wrong;
    try {
        if (!result.wait(Patience))
            wrong = "has not ended";
        else if (result.get() != 3 * task || fate != Fate::Normal)
            wrong = "has the result " + QByteArray::number(result.get());
        ++ends.results;
    } catch (const WorkerLost &lost) {
        ++ends.lost;
        wrong = wrongAbout(fate, lost);
    } catch (const TaskTimeout &) {
        ++ends.timeouts;
    } catch (const std::out_of_range &error) {
        ++ends.exceptions;
        if (fate != Fate::Throw || error.what() != "task " + std::to_string(task))
            wrong = error.what();
    }
    if (!wrong.isEmpty() && ends.wrong.isEmpty())
        ends.wrong = "task " + QByteArray::number(task) + ", fate " + QByteArray::number(static_cast<int>(fate)) + ": " + wrong;
}

/// A program with a pool whose workers never end their tasks.
int live(StartMethod method)
{
    Pool pool({.processes = Workers, .context = Context(method)});
    const auto forEver = pool.mapAsync([](int) { ::pause(); }, std::views::iota(0, 100));
    while (std::ranges::any_of(pool.workers(), [](const PoolWorkerInfo &worker) { return worker.task.isEmpty(); })) { }
    std::cout << "ready" << std::endl;
    forEver.wait();
    return 0;
}

qint64 residentMemory() { return processStatus(QCoreApplication::applicationPid())->memory; }

} // namespace

class TestPoolKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("procession.*=false")); }
    void everyTaskEndsOnce_data() { addStartMethods(false); }
    void everyTaskEndsOnce();
    void allResultsWithRetries();
    void theProgramIsKilled_data() { addStartMethods(false); }
    void theProgramIsKilled();
    void endurance_data() { addStartMethods(); }
    void endurance();
};

void TestPoolKill::everyTaskEndsOnce()
{
    QFETCH(StartMethod, method);
    const int tasks = options.rounds * 100
        / (method == StartMethod::Spawn             ? 20
                : method == StartMethod::ForkServer ? 4
                                                    : 1)
        / Slowness;
    const Shared<Ledger> shared;
    ledger = method == StartMethod::Fork ? &*shared : nullptr;
    { // what is made once is there from here on
        Pool pool({.processes = 1, .context = Context(method)});
        pool.apply(&tripled, 1);
    }
    const LeakProbe probe;
    const ArenaProbe arena;
    Ends ends;
    std::atomic<int> callbacks = 0;
    int kills = 0;
    int stops = 0;
    {
        Pool pool({.processes = Workers, .context = Context(method), .taskTimeout = Timeout});
        Killer killer(pool);
        std::vector<AsyncResult<int>> results;
        results.reserve(static_cast<std::size_t>(tasks));
        for (int i = 0; i < tasks; ++i) {
            results.push_back(pool.applyAsync(&once, static_cast<int>(fateOf(i)), i));
            results.back().onResult([&](int) { ++callbacks; }).onError([&](const std::exception_ptr &) { ++callbacks; });
        }
        for (int i = 0; i < tasks; ++i)
            account(results[static_cast<std::size_t>(i)], fateOf(i), i, ends);
        killer.end();
        kills = killer.kills();
        stops = killer.stops();
        for (int i = 0; i < 2 * Workers; ++i) // one that was killed last may still take a task with it
            pool.applyAsync(&tripled, i).wait(Patience);
        QCOMPARE(pool.workers().size(), static_cast<std::size_t>(Workers));
        pool.close();
        QVERIFY(pool.join(Patience));
    }
    QVERIFY2(ends.wrong.isEmpty(), ends.wrong.constData());
    QCOMPARE(callbacks, tasks);
    for (int i = 0; ledger && i < tasks; ++i)
        QVERIFY2(ledger->begun[static_cast<std::size_t>(i)] <= 1, qPrintable(QString::number(i)));
    QCOMPARE(probe.leaks(), QByteArray());
    QCOMPARE(arena.growth(), QByteArray());
    qInfo("%d tasks, %d kills and %d stops from outside: %d results, %d exceptions, %d lost, %d timed out", tasks, kills, stops,
        ends.results, ends.exceptions, ends.lost, ends.timeouts);
}

void TestPoolKill::allResultsWithRetries()
{
    const int tasks = options.rounds * 100 / Slowness;
    const Shared<Ledger> shared;
    ledger = &*shared;
    const LeakProbe probe;
    PoolOptions often{.processes = Workers, .context = Context(StartMethod::Fork), .taskTimeout = Timeout};
    often.retry = {.retries = 1000, .afterExceptions = true};
    std::vector<int> expected;
    for (int i = 0; i < tasks; ++i)
        expected.push_back(3 * i);
    {
        Pool pool(often);
        Killer killer(pool);
        const auto results = pool.mapAsync(&atLast, std::views::iota(0, tasks));
        QVERIFY(results.wait(QDeadlineTimer(Patience * (1 + options.rounds / 100))));
        QVERIFY(results.get() == expected);
        int i = 0;
        for (const int result : pool.imap(&tripled, std::views::iota(0, tasks / 10)))
            QCOMPARE(result, 3 * i++);
        killer.end();
        qInfo("%d tasks, %d kills and %d stops from outside", tasks, killer.kills(), killer.stops());
    }
    QCOMPARE(probe.leaks(), QByteArray());
}

void TestPoolKill::theProgramIsKilled()
{
    QFETCH(StartMethod, method);
    for (int i = 0; i < 3; ++i) {
        const MarkedProcesses marked;
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(marked.name(), marked.value());
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--live"), nameOf(method)});
        while (!program.canReadLine())
            QVERIFY(program.waitForReadyRead());
        QVERIFY(marked.living().size() > Workers);
        program.kill();
        QVERIFY(program.waitForFinished());
        QTRY_COMPARE_WITH_TIMEOUT(marked.living(), QByteArrayList(), 2000 * Slowness);
    }
}

void TestPoolKill::endurance()
{
    QFETCH(StartMethod, method);
    const int pools = method == StartMethod::Spawn || method == StartMethod::ForkServer ? options.rounds / 10 : options.rounds;
    constexpr int Warming = 10; // after which memory is as it will be
    std::optional<LeakProbe> probe;
    std::optional<ArenaProbe> arena;
    qint64 memory = 0;
    for (int i = 0; i < Warming + pools; ++i) {
        if (i == Warming) {
            probe.emplace();
            arena.emplace();
            memory = residentMemory();
        }
        Pool pool({.processes = 2, .context = Context(method)});
        QCOMPARE(pool.map(&tripled, std::views::iota(0, 3)), (std::vector<int>{0, 3, 6}));
        if (i % 2 == 0 || method == StartMethod::Spawn
            || method == StartMethod::ForkServer) { // else they may not have come so far
            pool.close();
            QVERIFY(pool.join(Patience));
        }
    }
    QCOMPARE(probe->leaks(), QByteArray());
    QCOMPARE(arena->growth(), QByteArray());
    const qint64 growth = residentMemory() - memory;
    SKIP_UNDER_SANITIZERS("they keep memory that was freed");
    QVERIFY2(growth < 4'000'000, qPrintable(QString::number(growth)));
    qInfo("%d pools, %lld bytes more than before", pools, growth);
}

int main(int argc, char **argv)
{
    procession::freezeSupport(argc, argv);
    options.take(argc, argv);
    const QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--live") == 0)
        return live(context(QString::fromLatin1(argv[2])).startMethod());
    TestPoolKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_poolkill.moc"
