// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <procession/ipc/pipe.h>

#include <csignal>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 20s;

volatile std::sig_atomic_t interrupts = 0;

void noteInterrupt(int) { interrupts = interrupts + 1; }

/// Tells that it is ready, and answers until it is told 0: with how often it was interrupted.
void answer(const Connection &connection)
{
    connection.send(-1);
    while (connection.recv<int>() != 0)
        connection.send(int(interrupts));
}

void answerInterruptibly(const Connection &connection)
{
    std::signal(SIGINT, noteInterrupt);
    answer(connection);
}

void answerAsIsUsual(const Connection &connection)
{
    std::signal(SIGINT, SIG_DFL);
    answer(connection);
}

void askTheParent(const Connection &connection)
{
    connection.send(-1);
    connection.recv<int>();
    parentProcess()->interrupt();
}

} // namespace

class TestInterrupt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isIgnored_data() { addStartMethods(false); }
    void isIgnored();
    void isHandled_data() { addStartMethods(false); }
    void isHandled();
    void endsWhoSaysSo_data() { addStartMethods(false); }
    void endsWhoSaysSo();
    void reachesTheParent_data() { addStartMethods(false); }
    void reachesTheParent();
    void isRefusedByThreads();
    void needsAStart();
};

void TestInterrupt::isIgnored()
{
    QFETCH(const StartMethod, method);
    const auto [ours, theirs] = pipe();
    Process process = context(method).process(&answer, theirs);
    process.start();
    QCOMPARE(ours.recv<int>(), -1);
    process.interrupt();
    process.handle().interrupt();
    ours.send(1);
    QCOMPARE(ours.recv<int>(), 0); // it still answers
    ours.send(0);
    QVERIFY(process.join(Patience));
    QCOMPARE(process.exitCode(), 0);
    process.interrupt(); // it has ended: nothing happens
}

void TestInterrupt::isHandled()
{
    QFETCH(const StartMethod, method);
    const auto [ours, theirs] = pipe();
    Process process = context(method).process(&answerInterruptibly, theirs);
    process.start();
    QCOMPARE(ours.recv<int>(), -1);
    int noted = 0;
    process.interrupt();
    const QDeadlineTimer deadline(Patience);
    while (noted == 0 && !deadline.hasExpired()) {
        ours.send(1);
        noted = ours.recv<int>();
    }
    QCOMPARE(noted, 1);
    ours.send(0);
    QVERIFY(process.join(Patience));
    QCOMPARE(process.exitCode(), 0);
}

void TestInterrupt::endsWhoSaysSo()
{
    QFETCH(const StartMethod, method);
    const auto [ours, theirs] = pipe();
    Process process = context(method).process(&answerAsIsUsual, theirs);
    process.start();
    QCOMPARE(ours.recv<int>(), -1);
    process.interrupt();
    QVERIFY(process.join(Patience));
    QCOMPARE(process.exitCode(), -SIGINT);
}

void TestInterrupt::reachesTheParent()
{
    QFETCH(const StartMethod, method);
    interrupts = 0;
    const auto before = std::signal(SIGINT, noteInterrupt);
    const auto [ours, theirs] = pipe();
    Process process = context(method).process(&askTheParent, theirs);
    process.start();
    QCOMPARE(ours.recv<int>(), -1);
    ours.send(1);
    QVERIFY(process.join(Patience));
    std::signal(SIGINT, before);
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(int(interrupts), 1);
}

void TestInterrupt::isRefusedByThreads()
{
    const auto [ours, theirs] = pipe();
    Process process = context(StartMethod::Thread).process(&answer, theirs);
    process.start();
    VERIFY_CONTAINS(errorOf([&] { process.interrupt(); }), "a thread cannot be sent a signal");
    QCOMPARE(ours.recv<int>(), -1);
    ours.send(0);
    QVERIFY(process.join(Patience));
}

void TestInterrupt::needsAStart()
{
    Process process([] {});
    VERIFY_CONTAINS(errorOf([&] { process.interrupt(); }), "call start() first");
}

PROCESSION_TEST_MAIN(TestInterrupt)
#include "tst_interrupt.moc"
