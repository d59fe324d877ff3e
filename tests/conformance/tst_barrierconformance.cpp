// SPDX-License-Identifier: MIT
// What CPython's _TestBarrier checks. Semaphores count, where CPython's tests have lists.
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/sync/barrier.h>
#include <procession/sync/lock.h>
#include <procession/sync/semaphore.h>

#include <QtTest/QtTest>

#include <mutex>
#include <thread>

using namespace mp;
using namespace std::chrono_literals;

namespace {

constexpr int Parties = 5;
constexpr auto ShortTime = 100ms;

void expect(bool condition, const char *what)
{
    if (!condition)
        throw std::runtime_error(what);
}

/// Calls the function in four processes and in this one.
template <typename Function, typename... Arguments>
void runParties(Function function, const Arguments &...arguments)
{
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < Parties - 1; ++i) {
        processes.push_back(std::make_unique<Process>(function, arguments...));
        processes.back()->start();
    }
    function(arguments...);
    for (const auto &process : processes) {
        QVERIFY(process->join(QDeadlineTimer(LongTime)));
        QCOMPARE(process->exitCode(), 0);
    }
}

Barrier newBarrier() { return context().barrier(Parties, {}, LongTime); }

void passInLockstep(const Barrier &barrier, const Semaphore &before, const Semaphore &after, int passes)
{
    const int parties = barrier.parties();
    for (int i = 0; i < passes; ++i) {
        before.release();
        expect(after.value() == i * parties, "one was too early");
        barrier.wait();
        after.release();
        expect(before.value() == (i + 1) * parties, "one was too late");
        barrier.wait();
    }
    expect(!barrier.isBroken(), "the barrier is broken");
}

void countIndex(const Barrier &barrier, const std::vector<Semaphore> &indexes) { indexes[std::size_t(barrier.wait())].release(); }

void append(const Semaphore &results) { results.release(); }

void passAndExpectOne(const Barrier &barrier, const Semaphore &results)
{
    barrier.wait();
    expect(results.value() == 1, "the action was not run once");
}

void abortInOne(const Barrier &barrier, const Semaphore &passed, const Semaphore &broken)
{
    try {
        if (barrier.wait() == Parties / 2) {
            barrier.abort();
            return;
        }
        barrier.wait();
        passed.release();
    } catch (const BrokenBarrier &) {
        broken.release();
    }
}

void resetInOne(const Barrier &barrier, const Semaphore &passed, const Semaphore &broken, const Semaphore &afterwards)
{
    if (barrier.wait() == Parties / 2) {
        while (barrier.waiting() < Parties - 1)
            std::this_thread::yield();
        barrier.reset();
    } else {
        try {
            barrier.wait();
            passed.release();
        } catch (const BrokenBarrier &) {
            broken.release();
        }
    }
    barrier.wait();
    afterwards.release();
}

void abortAndReset(const Barrier &barrier, const Barrier &other, const std::vector<Semaphore> &results)
{
    abortInOne(barrier, results[0], results[1]);
    if (other.wait() == Parties / 2)
        barrier.reset();
    other.wait();
    barrier.wait();
    results[2].release();
}

/// One does not come as long as the others wait.
void comeLate(const Barrier &barrier, const Semaphore &results, std::optional<std::chrono::milliseconds> timeout)
{
    if (barrier.wait(QDeadlineTimer(LongTime)) == Parties / 2) {
        while (!barrier.isBroken())
            std::this_thread::yield();
    }
    try {
        timeout ? barrier.wait(QDeadlineTimer(*timeout)) : barrier.wait();
    } catch (const BrokenBarrier &) {
        results.release();
    }
}

void sendEachPass(const Barrier &barrier, int passes, const Connection &connection, const Lock &lock)
{
    for (int i = 0; i < passes; ++i) {
        barrier.wait();
        const std::scoped_lock guard(lock);
        connection.send(i);
    }
}

} // namespace

class BarrierConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void barrier();
    void barrierTenTimes();
    void waitReturn();
    void action();
    void abort();
    void reset();
    void abortAndReset();
    void timeout();
    void defaultTimeout();
    void singleThread();
    void thousand();
};

void BarrierConformance::barrier() { runParties(&passInLockstep, newBarrier(), Semaphore(0), Semaphore(0), 1); }

void BarrierConformance::barrierTenTimes() { runParties(&passInLockstep, newBarrier(), Semaphore(0), Semaphore(0), 10); }

void BarrierConformance::waitReturn()
{
    std::vector<Semaphore> indexes;
    for (int i = 0; i < Parties; ++i)
        indexes.emplace_back(0);
    runParties(&countIndex, newBarrier(), indexes);
    for (const Semaphore &index : indexes)
        QCOMPARE(index.value(), 1);
}

void BarrierConformance::action()
{
    const Semaphore results(0);
    runParties(&passAndExpectOne, context().barrier(Parties, bind(&append, results), LongTime), results);
    QCOMPARE(results.value(), 1);
}

void BarrierConformance::abort()
{
    const Barrier barrier = newBarrier();
    const Semaphore passed(0);
    const Semaphore broken(0);
    runParties(&abortInOne, barrier, passed, broken);
    QCOMPARE(passed.value(), 0);
    QCOMPARE(broken.value(), Parties - 1);
    QVERIFY(barrier.isBroken());
}

void BarrierConformance::reset()
{
    const Semaphore passed(0);
    const Semaphore broken(0);
    const Semaphore afterwards(0);
    runParties(&resetInOne, newBarrier(), passed, broken, afterwards);
    QCOMPARE(passed.value(), 0);
    QCOMPARE(broken.value(), Parties - 1);
    QCOMPARE(afterwards.value(), Parties);
}

void BarrierConformance::abortAndReset()
{
    const std::vector<Semaphore> results{Semaphore(0), Semaphore(0), Semaphore(0)};
    runParties(&::abortAndReset, newBarrier(), newBarrier(), results);
    QCOMPARE(results[0].value(), 0);
    QCOMPARE(results[1].value(), Parties - 1);
    QCOMPARE(results[2].value(), Parties);
}

void BarrierConformance::timeout()
{
    const Semaphore results(0);
    runParties(&comeLate, newBarrier(), results, std::optional<std::chrono::milliseconds>(ShortTime));
    QCOMPARE(results.value(), Parties);
}

void BarrierConformance::defaultTimeout()
{
    const Semaphore results(0);
    runParties(
        &comeLate, context().barrier(Parties, {}, ShortTime), results, std::optional<std::chrono::milliseconds>(std::nullopt));
    QCOMPARE(results.value(), Parties);
}

void BarrierConformance::singleThread()
{
    const Barrier barrier(1);
    QCOMPARE(barrier.wait(), 0);
    QCOMPARE(barrier.wait(), 0);
}

void BarrierConformance::thousand()
{
    constexpr int Passes = 1000;
    const Barrier barrier = newBarrier();
    const Lock lock;
    const auto [receiver, sender] = pipe(Duplex::No);
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < Parties; ++i) {
        processes.push_back(std::make_unique<Process>(&sendEachPass, barrier, Passes, sender, lock));
        processes.back()->start();
    }
    for (int i = 0; i < Passes; ++i) {
        for (int j = 0; j < Parties; ++j)
            QCOMPARE(recvSoon<int>(receiver), i);
    }
    for (const auto &process : processes)
        QVERIFY(process->join(QDeadlineTimer(LongTime)));
}

PROCESSION_TEST_MAIN(BarrierConformance)
#include "tst_barrierconformance.moc"
