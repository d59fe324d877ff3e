// SPDX-License-Identifier: MIT
// Kills a worker of a pool before every single instruction of taking two tasks, running them and reporting, and looks each time how the
// tasks end. At every 199th, beginning with the seed; with `--rounds=1` at every one.
#include "instructionkiller.h"
#include "killexperiment.h"
#include "processtest.h"
#include "sanitizers.h"
#include "sharedmemory.h"

#include <procession/platform/system/processstatus.h>
#include <procession/pool/pool.h>

#include <QtCore/QFile>

#include <csignal>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

FaultOptions options{199}; // rounds: the distance of instructions

constexpr auto Patience = 20s; // after which a task is said not to end

struct Ledger
{
    std::atomic<int> begun[2];
};
Ledger *ledger = nullptr;

/// Makes a task large, and is read without being copied: that takes an instruction for each byte.
struct Bulk
{
    quint32 size = 0;
};

int once(int which, const Bulk &bulk)
{
    ++ledger->begun[which];
    return which + static_cast<int>(bulk.size);
}

struct Tasks
{
    std::vector<AsyncResult<int>> results;

    bool areReady() const
    {
        return std::ranges::all_of(results, [](const auto &result) { return result.isReady(); });
    }
};

bool isAsleep(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    return file.open(QIODevice::ReadOnly) && file.readAll().contains(") S ");
}

/// A worker that has come to life and waits for a task.
qint64 idleWorker(const Pool &pool)
{
    for (;;) {
        const std::vector<PoolWorkerInfo> workers = pool.workers();
        const bool isIdle = workers.size() == 1 && workers[0].isReady && workers[0].task.isEmpty();
        if (isIdle && isAsleep(workers[0].pid))
            return workers[0].pid;
        std::this_thread::yield();
    }
}

/// What is wrong with how the tasks ended, or nothing.
/// \param lost  is counted up
QByteArray wrongAbout(const Tasks &tasks, quint32 size, int most, int &lost)
{
    int lostHere = 0;
    for (int i = 0; i < 2; ++i) {
        const QByteArray task = "task " + QByteArray::number(i);
        const int begun = ledger->begun[i].exchange(0);
        try {
            if (!tasks.results[static_cast<std::size_t>(i)].wait(Patience))
                return task + " has not ended";
            if (tasks.results[static_cast<std::size_t>(i)].get() != i + static_cast<int>(size))
                return task + " has a wrong result";
            if (begun == 0)
                return task + " was never begun";
        } catch (const WorkerLost &error) {
            ++lostHere;
            if (error.status().exitCode() != -SIGKILL)
                return task + " was lost by something else";
        }
        if (begun > most)
            return task + " was begun " + QByteArray::number(begun) + " times";
    }
    lost += lostHere;
    return lostHere <= 2 - most ? "" : QByteArray::number(lostHere) + " tasks were lost";
}

} // namespace

template <>
struct procession::Codec<Bulk>
{
    static void encode(Encoder &encoder, const Bulk &bulk)
    {
        encoder << bulk.size;
        const QByteArray filling(bulk.size, 'x');
        encoder.raw(filling.constData(), static_cast<std::size_t>(filling.size()));
    }
    static Bulk decode(Decoder &decoder)
    {
        const Bulk bulk{decoder.read<quint32>()};
        decoder.view(bulk.size);
        return bulk;
    }
};

namespace {

/// \param size     bytes of the argument
/// \param retries  of each task
void killEverywhere(quint32 size, int retries)
{
    const Shared<Ledger> shared;
    ledger = &*shared;
    Pool pool({.processes = 1, .context = Context(StartMethod::Fork)});
    const TaskOptions again{.retry = RetryPolicy{.retries = retries}};
    int kills = 0;
    int lost = 0;
    Fate fate = Fate::Killed;
    for (int number = static_cast<int>(options.seed); fate == Fate::Killed; number += options.rounds) {
        Tasks tasks;
        const auto begin = [&] {
            for (int i = 0; i < 2; ++i)
                tasks.results.push_back(pool.applyAsync(again, &once, i, Bulk{size}));
        };
        fate = killBeforeInstruction(idleWorker(pool), number, begin, [&] { return tasks.areReady(); });
        for (const auto &result : tasks.results)
            result.wait(Patience);
        const QByteArray wrong
            = fate == Fate::Stuck ? QByteArray("the worker could not be stepped") : wrongAbout(tasks, size, 1 + retries, lost);
        QVERIFY2(wrong.isEmpty(),
            qPrintable(QStringLiteral("killed before instruction %1: ").arg(number) + QString::fromLatin1(wrong)));
        ++kills;
    }
    QVERIFY(kills > 3);
    qInfo("%d kills: %d tasks lost, none twice, none hung", kills, lost);
}

} // namespace

class TestPoolStepKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void smallTasks() { killEverywhere(10, 0); }
    void largeTasks() { killEverywhere(50'000, 0); }
    void withRetries() { killEverywhere(10, 1); }
};

void TestPoolStepKill::initTestCase()
{
    SKIP_WHERE_NOTHING_CAN_BE_STEPPED();
    QLoggingCategory::setFilterRules(QStringLiteral("procession.*=false"));
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    options.take(argc, argv);
    const QCoreApplication application(argc, argv);
    TestPoolStepKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_poolstepkill.moc"
