// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "waiting.h"

#include <procession/ipc/pipe.h>
#include <procession/process/functions/bind.h>
#include <procession/sync/barrier.h>
#include <procession/sync/semaphore.h>

#include <csignal>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr int LongTime = 20'000;
constexpr int Rounds = 100;

void waitAndTell(const Barrier &barrier, const Connection &connection)
{
    try {
        connection.send(QString::number(barrier.wait()));
    } catch (const BrokenBarrier &error) {
        connection.send(QString::fromUtf8(error.what()));
    }
}

/// All have come each time before any goes on.
void inLockstep(const Barrier &barrier, const Semaphore &before, const Semaphore &after)
{
    const int parties = barrier.parties();
    for (int i = 0; i < Rounds; ++i) {
        if (after.value() != i * parties)
            std::_Exit(2);
        before.release();
        barrier.wait();
        if (before.value() != (i + 1) * parties)
            std::_Exit(3);
        barrier.wait();
        after.release();
        barrier.wait();
    }
}

void count(const Semaphore &actions) { actions.release(); }
void fail() { throw std::out_of_range("action"); }
void die() { ::raise(SIGKILL); }

std::string outcomeOf(const Barrier &barrier)
{
    try {
        return std::to_string(barrier.wait(QDeadlineTimer(LongTime)));
    } catch (const BrokenBarrier &error) {
        return error.what();
    }
}

/// What wait() says in a thread of this process.
class WaitingThread
{
public:
    explicit WaitingThread(const Barrier &barrier)
    {
        const int before = threadsWaitingFor(barrier);
        m_thread = std::thread([this, barrier] { m_outcome = outcomeOf(barrier); });
        spinUntil([&] { return threadsWaitingFor(barrier) > before && barrier.waiting() > before; });
    }
    std::string join()
    {
        m_thread.join();
        return m_outcome;
    }

private:
    std::string m_outcome;
    std::thread m_thread;
};

} // namespace

class TestBarrier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheReferenceSays();
    void allInLockstep_data() { addStartMethods(); }
    void allInLockstep();
    void moreThreadsThanParties();
    void actsOnce_data() { addStartMethods(); }
    void actsOnce();
    void anActionWithCaptures();
    void anActionThrows();
    void aWaitIsTooLong();
    void theDefaultTimeout();
    void reset();
    void abort();
    void resetWhileItActs();
    void aPartyIsKilled_data() { addStartMethods(false); }
    void aPartyIsKilled();
    void aPartyIsKilledBeforeOthersCome_data() { addStartMethods(false); }
    void aPartyIsKilledBeforeOthersCome();
    void aPartyIsKilledWhileItActs_data() { addStartMethods(false); }
    void aPartyIsKilledWhileItActs();
    void aPartyIsKilledAfterItPassed();
};

void TestBarrier::whatTheReferenceSays()
{
    const Barrier alone(1);
    QCOMPARE(alone.parties(), 1);
    QCOMPARE(alone.wait(), 0);
    QCOMPARE(alone.wait(QDeadlineTimer(0)), 0);
    VERIFY_CONTAINS(errorOf([] { Barrier(0); }), "1 to 65535");
    VERIFY_CONTAINS(errorOf([] { Barrier(100'000); }), "100000");

    const Barrier barrier(3);
    QCOMPARE(barrier.waiting(), 0);
    WaitingThread first(barrier);
    QCOMPARE(barrier.waiting(), 1);
    WaitingThread second(barrier);
    QCOMPARE(barrier.waiting(), 2);
    QCOMPARE(barrier.wait(), 2);
    QCOMPARE(first.join(), std::string("0"));
    QCOMPARE(second.join(), std::string("1"));
    QCOMPARE(barrier.waiting(), 0);
    QVERIFY(!barrier.isBroken());
}

void TestBarrier::allInLockstep()
{
    QFETCH(StartMethod, method);
    const Barrier barrier(4, {}, std::chrono::milliseconds(LongTime));
    const Semaphore before(0);
    const Semaphore after(0);
    std::vector<std::unique_ptr<Process>> processes;
    ProcessOptions options;
    options.context = context(method);
    for (int i = 0; i < 4; ++i) {
        processes.push_back(std::make_unique<Process>(options, &inLockstep, barrier, before, after));
        processes.back()->start();
    }
    for (const auto &process : processes) {
        QVERIFY(process->join());
        QCOMPARE(process->exitCode(), 0);
    }
    QCOMPARE(after.value(), 4 * Rounds);
    QCOMPARE(barrier.waiting(), 0);
}

void TestBarrier::moreThreadsThanParties()
{
    const Barrier barrier(3);
    constexpr int Waits = 1200;
    std::array<std::atomic<int>, 3> indexes{};
    std::atomic<int> begun = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
            while (begun.fetch_add(1) < Waits)
                ++indexes[std::size_t(barrier.wait())];
        });
    }
    for (auto &thread : threads)
        thread.join();
    for (const auto &index : indexes)
        QCOMPARE(index.load(), Waits / 3);
}

void TestBarrier::actsOnce()
{
    QFETCH(StartMethod, method);
    const Semaphore actions(0);
    const Barrier barrier(3, bind(&count, actions));
    auto [ours, childs] = pipe();
    Process first = context(method).process(&waitAndTell, barrier, childs);
    Process second = context(method).process(&waitAndTell, barrier, childs);
    first.start();
    second.start();
    const int own = barrier.wait(QDeadlineTimer(LongTime));
    QStringList indexes{QString::number(own), ours.recv<QString>(), ours.recv<QString>()};
    indexes.sort();
    QCOMPARE(indexes.join(QLatin1Char(' ')), QStringLiteral("0 1 2"));
    QCOMPARE(actions.value(), 1);
    QVERIFY(first.join() && second.join());
}

void TestBarrier::anActionWithCaptures()
{
    int actions = 0;
    const Barrier barrier(1, [&] { ++actions; });
    QCOMPARE(barrier.wait(), 0);
    QCOMPARE(actions, 1);
    auto [ours, theirs] = pipe();
    QVERIFY_THROWS_EXCEPTION(NotTransferable, ours.send(barrier));
    for (const StartMethod method : {StartMethod::Thread, StartMethod::Fork}) {
        Process process = context(method).process(&waitAndTell, barrier, theirs);
        process.start();
        QCOMPARE(ours.recv<QString>(), QStringLiteral("0"));
        QVERIFY(process.join());
    }
    QCOMPARE(actions, 2); // the fork counted its own
}

void TestBarrier::anActionThrows()
{
    const Barrier barrier(2, &fail);
    WaitingThread first(barrier);
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, barrier.wait());
    VERIFY_CONTAINS(first.join(), "ran the action, which threw");
    QVERIFY(barrier.isBroken());
    QVERIFY_THROWS_EXCEPTION(BrokenBarrier, barrier.wait());
    barrier.reset();
    QVERIFY(!barrier.isBroken());
}

void TestBarrier::aWaitIsTooLong()
{
    const Barrier barrier(3);
    WaitingThread first(barrier);
    VERIFY_CONTAINS(errorOf([&] { barrier.wait(QDeadlineTimer(10)); }), "waited for longer");
    VERIFY_CONTAINS(first.join(), "waited for longer");
    QVERIFY(barrier.isBroken());
    QCOMPARE(barrier.waiting(), 0);
}

void TestBarrier::theDefaultTimeout()
{
    const Barrier barrier(2, {}, 10ms);
    QVERIFY_THROWS_EXCEPTION(BrokenBarrier, barrier.wait());
    barrier.reset();
    WaitingThread first(barrier); // is given more
    QCOMPARE(barrier.wait(), 1);
    QCOMPARE(first.join(), std::string("0"));
}

void TestBarrier::reset()
{
    const Barrier barrier(3);
    barrier.reset();
    WaitingThread first(barrier);
    WaitingThread second(barrier);
    barrier.reset();
    VERIFY_CONTAINS(first.join(), "reset()");
    VERIFY_CONTAINS(second.join(), "reset()");
    QVERIFY(!barrier.isBroken());
    WaitingThread third(barrier);
    WaitingThread fourth(barrier);
    QCOMPARE(barrier.wait(), 2);
    QCOMPARE(third.join() + fourth.join(), std::string("01"));
}

void TestBarrier::abort()
{
    const Barrier barrier(2);
    WaitingThread first(barrier);
    barrier.abort();
    VERIFY_CONTAINS(first.join(), "called abort()");
    QVERIFY(barrier.isBroken());
    barrier.abort();
    QVERIFY_THROWS_EXCEPTION(BrokenBarrier, barrier.wait(QDeadlineTimer(0)));
    barrier.reset();
    WaitingThread second(barrier);
    QCOMPARE(barrier.wait(), 1);
    QCOMPARE(second.join(), std::string("0"));
}

void TestBarrier::resetWhileItActs()
{
    std::optional<Barrier> itself;
    const Barrier barrier(2, [&] { itself->reset(); });
    itself = barrier;
    WaitingThread first(barrier);
    QVERIFY_THROWS_EXCEPTION(BrokenBarrier, barrier.wait());
    VERIFY_CONTAINS(first.join(), "reset()");
    QVERIFY(!barrier.isBroken());
}

void TestBarrier::aPartyIsKilled()
{
    QFETCH(StartMethod, method);
    const Barrier barrier(3);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&waitAndTell, barrier, childs);
    process.setName(QStringLiteral("victim"));
    process.start();
    spinUntil([&] { return barrier.waiting() == 1; });
    WaitingThread second(barrier);
    process.kill(); // nobody reaps it yet
    const std::string outcome = second.join();
    VERIFY_CONTAINS(outcome, "process victim (" + std::to_string(process.pid()) + ") died while it waited");
    QVERIFY(barrier.isBroken());
    QVERIFY(process.join());
    barrier.reset();
    WaitingThread third(barrier);
    WaitingThread fourth(barrier);
    QCOMPARE(barrier.wait(), 2);
    QCOMPARE(third.join() + fourth.join(), std::string("01"));
}

void TestBarrier::aPartyIsKilledBeforeOthersCome()
{
    QFETCH(StartMethod, method);
    const Barrier barrier(2);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&waitAndTell, barrier, childs);
    process.start();
    spinUntil([&] { return barrier.waiting() == 1; });
    process.kill();
    QVERIFY(process.join());
    VERIFY_CONTAINS(outcomeOf(barrier), std::to_string(process.pid()) + ") died while it waited");
    QVERIFY(barrier.isBroken());
}

void TestBarrier::aPartyIsKilledWhileItActs()
{
    QFETCH(StartMethod, method);
    const Barrier barrier(2, &die);
    WaitingThread first(barrier);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&waitAndTell, barrier, childs);
    process.start();
    VERIFY_CONTAINS(first.join(), std::to_string(process.pid()) + ") died while it ran the action");
    QVERIFY(process.join());
    QVERIFY(barrier.isBroken());
}

// Whoever stays behind on its way out does not keep the next round from beginning.
void TestBarrier::aPartyIsKilledAfterItPassed()
{
    const Barrier barrier(2);
    auto [ours, childs] = pipe();
    Process process(&waitAndTell, barrier, childs);
    process.start();
    spinUntil([&] { return barrier.waiting() == 1; });
    process.suspend();
    untilStopped(process.pid());
    QCOMPARE(barrier.wait(), 1);
    std::string second;
    std::thread waiting([&] { second = outcomeOf(barrier); });
    untilWaiting(barrier, 2);
    process.kill();
    spinUntil([&] { return barrier.waiting() == 1; });
    QCOMPARE(barrier.wait(), 1);
    waiting.join();
    QCOMPARE(second, std::string("0"));
    QVERIFY(process.join());
}

PROCESSION_TEST_MAIN(TestBarrier)
#include "tst_barrier.moc"
