// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "waiting.h"

#include <procession/ipc/pipe.h>
#include <procession/sync/event.h>

#include <csignal>

using namespace procession;

namespace {

constexpr int LongTime = 20'000;
constexpr int Rounds = 500;

void waitAndTell(const Event &event, const Connection &connection)
{
    connection.send(event.wait(QDeadlineTimer(LongTime)));
    connection.recv<bool>();
}

void setAndDie(const Event &event)
{
    event.set();
    ::raise(SIGKILL);
}

void answer(const Event &ping, const Event &pong)
{
    for (int i = 0; i < Rounds; ++i) {
        ping.wait();
        ping.clear();
        pong.set();
    }
}

} // namespace

class TestEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheReferenceSays();
    void wakesAll_data() { addStartMethods(); }
    void wakesAll();
    void wakesThoseForWhomItIsClearedTooSoon();
    void toAndFro_data() { addStartMethods(); }
    void toAndFro();
    void whoSetsItIsKilled_data() { addStartMethods(false); }
    void whoSetsItIsKilled();
    void whoWaitsIsKilled_data() { addStartMethods(false); }
    void whoWaitsIsKilled();
};

void TestEvent::whatTheReferenceSays()
{
    const Event event;
    QVERIFY(!event.isSet());
    QVERIFY(!event.wait(QDeadlineTimer(0)));
    QVERIFY(!event.wait(QDeadlineTimer(10)));
    event.set();
    event.set();
    QVERIFY(event.isSet());
    QVERIFY(event.wait());
    QVERIFY(event.wait(QDeadlineTimer(0)));
    event.clear();
    event.clear();
    QVERIFY(!event.isSet());
    QVERIFY(!event.wait(QDeadlineTimer(0)));
}

void TestEvent::wakesAll()
{
    QFETCH(StartMethod, method);
    const Event event;
    auto [ours, childs] = pipe();
    std::vector<std::unique_ptr<Process>> processes;
    ProcessOptions options;
    options.context = context(method);
    for (int i = 0; i < 3; ++i) {
        processes.push_back(std::make_unique<Process>(options, &waitAndTell, event, childs));
        processes.back()->start();
    }
    untilWaiting(event, 3);
    event.set();
    for (int i = 0; i < 3; ++i) {
        QVERIFY(ours.recv<bool>());
        ours.send(true);
    }
    for (const auto &process : processes)
        QVERIFY(process->join());
}

void TestEvent::wakesThoseForWhomItIsClearedTooSoon()
{
    const Event event;
    for (int i = 0; i < 100; ++i) {
        bool wasSet = false;
        std::thread waiting([&] { wasSet = event.wait(QDeadlineTimer(LongTime)); });
        untilWaiting(event, 1);
        event.set();
        event.clear();
        waiting.join();
        QVERIFY(wasSet);
    }
}

void TestEvent::toAndFro()
{
    QFETCH(StartMethod, method);
    const Event ping;
    const Event pong;
    Process process = context(method).process(&answer, ping, pong);
    process.start();
    for (int i = 0; i < Rounds; ++i) {
        ping.set();
        QVERIFY(pong.wait(QDeadlineTimer(LongTime)));
        pong.clear();
    }
    QVERIFY(process.join());
}

void TestEvent::whoSetsItIsKilled()
{
    QFETCH(StartMethod, method);
    const Event event;
    Process process = context(method).process(&setAndDie, event);
    process.start();
    QVERIFY(event.wait(QDeadlineTimer(LongTime)));
    QVERIFY(process.join());
    QVERIFY(event.isSet());
}

void TestEvent::whoWaitsIsKilled()
{
    QFETCH(StartMethod, method);
    const Event event;
    auto [ours, childs] = pipe();
    Process killed = context(method).process(&waitAndTell, event, childs);
    Process other = context(method).process(&waitAndTell, event, childs);
    killed.start();
    untilWaiting(event, 1);
    other.start();
    untilWaiting(event, 2);
    killed.kill();
    QVERIFY(killed.join());
    event.set();
    QVERIFY(ours.recv<bool>());
    ours.send(true);
    QVERIFY(other.join());
}

PROCESSION_TEST_MAIN(TestEvent)
#include "tst_event.moc"
