// SPDX-License-Identifier: MIT
// Pools in programs where somebody else takes the exit status of workers.
#include "pooltest.h"
#include "sanitizers.h"

#include <atomic>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

int dieAt(int victim, int x)
{
    if (x == victim)
        ::raise(SIGKILL);
    return x;
}

std::atomic<int> lines = 0;

void count(QtMsgType, const QMessageLogContext &, const QString &) { ++lines; }

/// Counts what is logged, for as long as it lives.
class LineCounter
{
public:
    LineCounter() : m_before(qInstallMessageHandler(count)) { lines = 0; }
    ~LineCounter() { qInstallMessageHandler(m_before); }
    Q_DISABLE_COPY_MOVE(LineCounter)

private:
    QtMessageHandler m_before;
};

/// As a shell does it by trap '' CHLD.
class IgnoredChildSignals
{
public:
    IgnoredChildSignals() { ::signal(SIGCHLD, SIG_IGN); }
    ~IgnoredChildSignals() { ::signal(SIGCHLD, SIG_DFL); }
    Q_DISABLE_COPY_MOVE(IgnoredChildSignals)
};

/// How the task of a worker was lost that died in it.
ExitStatus lossOf(Pool &pool)
{
    try {
        pool.map(&dieAt, QList{0, 1, 2, 3}, QList{0, 1, 2, 3}); // each dies
    } catch (const WorkerLost &lost) {
        return lost.status();
    }
    return {};
}

void failToInitialize() { throw std::runtime_error("no licence"); }

} // namespace

class TestPoolLost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idleWorkersAreKilledAndReaped_data() { addStartMethods(false); }
    void idleWorkersAreKilledAndReaped();
    void childSignalsAreIgnored_data() { addStartMethods(false); }
    void childSignalsAreIgnored();
    void workersThatDoNotComeToLife_data() { addStartMethods(false); }
    void workersThatDoNotComeToLife();
    void thisProcessMayNotKillThem_data() { addStartMethods(false); }
    void thisProcessMayNotKillThem();
    void callbacksThatThrow_data() { addStartMethods(); }
    void callbacksThatThrow();
};

void TestPoolLost::idleWorkersAreKilledAndReaped()
{
    QFETCH(StartMethod, method);
    const LineCounter counter;
    {
        Pool pool(options(method));
        for (int round = 0; round < 3; ++round) {
            for (const PoolWorkerInfo &worker : pool.workers()) {
                const auto pid = static_cast<pid_t>(worker.pid);
                ::kill(pid, SIGKILL);
                ::waitpid(pid, nullptr, 0);
            }
            QCOMPARE(pool.mapAsync(&squared, QList{1, 2, 3}).get(Patience), (std::vector{1, 4, 9}));
        }
    }
    QVERIFY2(lines < 20, qPrintable(QString::number(lines)));
}

void TestPoolLost::childSignalsAreIgnored()
{
    QFETCH(StartMethod, method);
    SKIP_MINDED_CHILDREN(method);
    const IgnoredChildSignals ignored;
    const LineCounter counter;
    for (int round = 0; round < 2; ++round) {
        Pool pool(options(method));
        QCOMPARE(pool.mapAsync(&squared, QList{1, 2, 3}).get(Patience), (std::vector{1, 4, 9}));
        QCOMPARE(lossOf(pool), ExitStatus::lost());
        QCOMPARE(pool.mapAsync(&squared, QList{1, 2, 3}).get(Patience), (std::vector{1, 4, 9}));
    }
    QVERIFY2(lines < 20, qPrintable(QString::number(lines)));
}

void TestPoolLost::workersThatDoNotComeToLife()
{
    QFETCH(StartMethod, method);
    const IgnoredChildSignals ignored;
    const LineCounter counter;
    PoolOptions hopeless = options(method);
    hopeless.initializer = &failToInitialize;
    {
        Pool pool(hopeless);
        const AsyncResult<int> result = pool.applyAsync(&squared, 1);
        QVERIFY_THROWS_EXCEPTION(PoolError, result.get(Patience));
    }
    QVERIFY2(lines < 20, qPrintable(QString::number(lines)));
}

// As in a service that gives up root once its pool is there. Nothing throws in the pool's destructor, and it returns.
void TestPoolLost::thisProcessMayNotKillThem()
{
    QFETCH(StartMethod, method);
    if (::geteuid() != 0)
        QSKIP("only root can give up being root");
    constexpr uid_t Nobody = 65534;
    std::vector<PoolWorkerInfo> workers;
    {
        Pool pool(options(method));
        pool.mapAsync(&squared, QList{1, 2, 3}).get(Patience);
        workers = pool.workers();
        QCOMPARE(::setresuid(Nobody, Nobody, 0), 0);
        const auto before = qScopeGuard([] { ::setresuid(0, 0, 0); });
        const std::vector<int> squares = pool.mapAsync(&squared, QList{1, 2, 3}).get(Patience);
        pool.terminate();
        const bool isJoined = pool.join(QDeadlineTimer(Patience));
        QCOMPARE(squares, (std::vector{1, 4, 9}));
        QVERIFY(isJoined);
    }
    for (const PoolWorkerInfo &worker : workers) {
        const auto pid = static_cast<pid_t>(worker.pid);
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
}

// Nothing but the limit keeps these from being a line for each call.
void TestPoolLost::callbacksThatThrow()
{
    QFETCH(StartMethod, method);
    const LineCounter counter;
    {
        Pool pool(options(method));
        std::vector<AsyncResult<int>> results;
        for (int i = 0; i < 200; ++i) {
            results.push_back(pool.applyAsync(&squared, i));
            results.back().onResult([](int) { throw std::runtime_error("no way"); });
        }
        for (const AsyncResult<int> &result : results)
            result.get(Patience);
        pool.close();
        QVERIFY(pool.join(QDeadlineTimer(Patience)));
    }
    QVERIFY2(lines < 100, qPrintable(QString::number(lines)));
}

PROCESSION_TEST_MAIN(TestPoolLost)
#include "tst_poollost.moc"
