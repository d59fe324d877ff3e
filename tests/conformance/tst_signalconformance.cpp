// SPDX-License-Identifier: MIT
// What CPython's TestIgnoreEINTR and _TestPollEintr check.
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/ipc/wait.h>

#include <QtTest/QtTest>

#include <csignal>
#include <unistd.h>

using namespace mp;

namespace {

constexpr int Much = 4 * 1024 * 1024; // bytes: more than any socket holds
constexpr int Signals = 20;

int noticePipe = -1;
std::atomic<int> interrupts = 0;

/// Tells that the signal came to a process, which goes on with what it waits for.
void notice(int)
{
    ++interrupts;
    const int saved = errno;
    if (noticePipe >= 0 && ::write(noticePipe, "!", 1) != 1)
        std::abort();
    errno = saved;
}

/// Without SA_RESTART, so that every blocking call fails with EINTR.
void catchSignal()
{
    struct sigaction action
    {
    };
    action.sa_handler = notice;
    ::sigaction(SIGUSR1, &action, nullptr);
}

void receiveAndSendMuch(const Connection &connection, const Descriptor &notices)
{
    noticePipe = notices.get();
    catchSignal();
    connection.send(QStringLiteral("ready"));
    connection.send(connection.recv<int>());
    connection.sendBytes(QByteArray(Much, 'x'));
}

/// Interrupts a process, some times, and then lets another one end.
void interruptAndRelease(qint64 pid, const Connection &gate)
{
    for (int i = 0; i < Signals; ++i)
        ::kill(static_cast<pid_t>(pid), SIGUSR1);
    gate.send(0);
}

/// Interrupts the process, and waits until it has noticed.
void interrupt(const Process &process, const Descriptor &notices)
{
    for (int i = 0; i < Signals; ++i) {
        QCOMPARE(::kill(static_cast<pid_t>(process.pid()), SIGUSR1), 0);
        char byte = 0;
        QVERIFY(wait({notices}, LongTime).size() == 1);
        QCOMPARE(notices.read({&byte, 1}), std::optional<std::size_t>(1));
    }
}

} // namespace

class SignalConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void interruptedTransfer();
    void interruptedJoin();
};

void SignalConformance::interruptedTransfer()
{
    SKIP_THREAD("signals go to processes");
#ifdef __SANITIZE_THREAD__
    QSKIP("ThreadSanitizer holds a signal back until the next call that it intercepts");
#endif
    const auto [connection, childs] = pipe();
    auto [notices, childsNotices] = Descriptor::pipe();
    Process process({.daemon = true}, &receiveAndSendMuch, childs, std::move(childsNotices));
    process.start();
    QCOMPARE(recvSoon<QString>(connection), QStringLiteral("ready"));
    interrupt(process, notices); // while it receives
    connection.send(1234);
    QCOMPARE(recvSoon<int>(connection), 1234);
    QVERIFY(connection.poll(LongTime));
    interrupt(process, notices); // while it sends
    QVERIFY(connection.recvBytes() == QByteArray(Much, 'x'));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

void SignalConformance::interruptedJoin()
{
    SKIP_THREAD("signals go to processes");
#ifdef __SANITIZE_THREAD__
    QSKIP("ThreadSanitizer holds a signal back until the next call that it intercepts");
#endif
    struct sigaction before
    {
    };
    ::sigaction(SIGUSR1, nullptr, &before);
    interrupts = 0;
    catchSignal();
    const auto [gate, childsGate] = pipe();
    Process process(&waitForWord, childsGate);
    process.start();
    Process killer(&interruptAndRelease, currentProcess().pid(), gate);
    killer.start();
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QVERIFY(killer.join(QDeadlineTimer(LongTime)));
    ::sigaction(SIGUSR1, &before, nullptr);
    QVERIFY(interrupts > 0);
    QCOMPARE(process.exitCode(), 0);
}

PROCESSION_TEST_MAIN(SignalConformance)
#include "tst_signalconformance.moc"
