// SPDX-License-Identifier: MIT
#include "pooltest.h"
#include "sanitizers.h"

#include <procession/platform/system/scheduling.h>

#include <QtCore/QFile>

#include <csignal>
#include <thread>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr qint64 MiB = 1 << 20;

std::vector<QByteArray> keptMemory;

/// Has that much memory for good, all of it in use. \returns the process that has it
qint64 keepMemory(qint64 bytes)
{
    keptMemory.emplace_back(bytes, 'x');
    return ::getpid();
}

void keepMemoryAndWait(const Queue<int> &attempts, qint64 bytes)
{
    attempts.put(1);
    keepMemory(bytes);
    for (;;)
        ::pause();
}

void keepMemoryFirst() { keepMemory(30 * MiB); }

/// The numbers of the CPUs that a process may run on, as the system writes them.
QByteArray cpusOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("Cpus_allowed_list:"))
            return line.mid(line.indexOf(':') + 1).trimmed();
    }
    return {};
}

/// Once all workers are ready.
QByteArrayList cpusOf(Pool &pool, std::size_t workers)
{
    for (;;) {
        const auto infos = pool.workers();
        const bool areReady = std::all_of(infos.begin(), infos.end(), [](const PoolWorkerInfo &info) { return info.isReady; });
        if (infos.size() != workers || !areReady) {
            std::this_thread::yield();
            continue;
        }
        QByteArrayList cpus;
        for (const PoolWorkerInfo &info : infos)
            cpus << cpusOf(info.pid);
        std::sort(cpus.begin(), cpus.end());
        return cpus;
    }
}

} // namespace

class tst_PoolLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void affinity_data() { addStartMethods(false); }
    void affinity();
    void affinityOfThreads();
    void niceness_data() { addStartMethods(); }
    void niceness();
    void recycling_data() { addStartMethods(false); }
    void recycling();
    void excess_data() { addStartMethods(false); }
    void excess();
    void excessIsRetried();
    void excessBeforeTheFirstTask_data() { addStartMethods(false); }
    void excessBeforeTheFirstTask();
    void refusals();
};

void tst_PoolLimits::affinity()
{
    QFETCH(StartMethod, method);
    const QList<int> usable = usableCpus();
    if (usable.size() < 2)
        QSKIP("there is but one CPU");
    PoolOptions options = ::options(method, 4);
    options.affinity = {usable.first(), usable.last()};
    QByteArrayList expected;
    for (const int cpu : {usable.first(), usable.first(), usable.last(), usable.last()})
        expected << QByteArray::number(cpu);
    std::sort(expected.begin(), expected.end());
    Pool pool(options);
    QCOMPARE(cpusOf(pool, 4), expected);
    for (int i = 0; i < 3; ++i) {
        const PoolWorkerInfo killed = pool.workers().at(1);
        pool.restartWorker(killed.number);
        const auto isThere = [&] {
            const auto infos = pool.workers();
            return std::any_of(
                infos.begin(), infos.end(), [&](const PoolWorkerInfo &info) { return info.number == killed.number; });
        };
        while (isThere())
            std::this_thread::yield();
        QCOMPARE(cpusOf(pool, 4), expected);
    }
}

void tst_PoolLimits::affinityOfThreads()
{
    const QList<int> usable = usableCpus();
    PoolOptions options = ::options(StartMethod::Thread, 1);
    options.affinity = {usable.last()};
    Pool pool(options);
    QCOMPARE(pool.apply(&usableCpus), QList<int>{usable.last()});
    QCOMPARE(usableCpus(), usable);
}

void tst_PoolLimits::niceness()
{
    QFETCH(StartMethod, method);
    PoolOptions options = ::options(method, 1);
    options.niceness = 3;
    Pool pool(options);
    const int own = procession::niceness();
    QCOMPARE(pool.apply(&procession::niceness), std::min(19, own + 3));
    QCOMPARE(procession::niceness(), own);
}

void tst_PoolLimits::recycling()
{
    SKIP_UNDER_SANITIZERS("what they note of memory counts as the worker's own");
    QFETCH(StartMethod, method);
    PoolOptions options = ::options(method, 1);
    options.memoryLimit = 100 * MiB;
    Pool pool(options);
    const qint64 first = pool.apply(&keepMemory, qint64(10 * MiB));
    const qint64 second = pool.apply(&workerPid);
    QCOMPARE(second, first);
    const qint64 large = pool.apply(&keepMemory, qint64(120 * MiB));
    QCOMPARE(large, first);
    // It is measured at most once in 10 ms, so the next task may still be its.
    const QDeadlineTimer deadline(20s);
    while (pool.apply(&workerPid) == first && !deadline.hasExpired()) { }
    QVERIFY(pool.apply(&workerPid) != first);
}

void tst_PoolLimits::excess()
{
    QFETCH(StartMethod, method);
    PoolOptions options = ::options(method, 2);
    options.memoryLimit = 100 * MiB;
    Pool pool(options);
    const Queue<int> attempts;
    try {
        pool.applyAsync(&keepMemoryAndWait, attempts, qint64(400 * MiB)).get(Patience);
        QFAIL("it may");
    } catch (const MemoryLimitExceeded &error) {
        QCOMPARE(error.limit(), 100 * MiB);
        QVERIFY(error.used() > 150 * MiB);
        QVERIFY(error.task().contains(QStringLiteral("keepMemoryAndWait")));
        VERIFY_CONTAINS(std::string(error.what()), "keepMemoryAndWait");
    }
    QCOMPARE(pool.apply(&squared, 4), 16);
}

void tst_PoolLimits::excessIsRetried()
{
    PoolOptions options = ::options(StartMethod::Fork, 1);
    options.memoryLimit = 100 * MiB;
    options.retry.retries = 2;
    Pool pool(options);
    const Queue<int> attempts;
    const auto result = pool.applyAsync(&keepMemoryAndWait, attempts, qint64(200 * MiB));
    QVERIFY_THROWS_EXCEPTION(MemoryLimitExceeded, result.get(Patience));
    QCOMPARE(attempts.size(), 3);
}

void tst_PoolLimits::excessBeforeTheFirstTask()
{
    QFETCH(StartMethod, method);
    PoolOptions options = ::options(method, 1);
    options.memoryLimit = 20 * MiB;
    options.initializer = PoolInitializer(&keepMemoryFirst);
    Pool pool(options);
    const std::string error = errorOf([&] { pool.apply(&squared, 1); });
    VERIFY_CONTAINS(error, "before its first task");
    VERIFY_CONTAINS(error, "have the initializer load less");
    QCOMPARE(error.find("by Fork") != std::string::npos, method == StartMethod::Fork); // advice that helps
}

void tst_PoolLimits::refusals()
{
    const auto refusal = [](auto change) {
        PoolOptions options = ::options(StartMethod::Thread, 1);
        change(options);
        return errorOf([&] { const Pool pool(options); });
    };
    VERIFY_CONTAINS(refusal([](PoolOptions &options) { options.affinity = {99'999}; }), "names CPU 99999");
    VERIFY_CONTAINS(refusal([](PoolOptions &options) { options.affinity = {-1}; }), "names CPU -1");
    VERIFY_CONTAINS(refusal([](PoolOptions &options) { options.niceness = 100; }), "niceness cannot be 100");
    VERIFY_CONTAINS(refusal([](PoolOptions &options) { options.memoryLimit = -5; }), "memoryLimit cannot be -5");
    VERIFY_CONTAINS(refusal([](PoolOptions &options) { options.memoryLimit = 5; }), "StartMethod::Thread");
}

PROCESSION_TEST_MAIN(tst_PoolLimits)
#include "tst_poollimits.moc"
