// SPDX-License-Identifier: MIT
#include "arenaprobe.h"
#include "leakprobe.h"
#include "processtest.h"

#include <procession/ipc/pipe.h>
#include <procession/queue/simplequeue.h>
#include <procession/sync/lock.h>

#include <deque>

using namespace procession;
using namespace std::chrono_literals;

/// Connections, which are descriptors, through queues, which carry bytes.
class TestQueuedConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void within_data() { addStartMethods(); }
    void within();
    void besideOthers_data() { addStartMethods(); }
    void besideOthers();
    void senderIsGone_data() { addStartMethods(); }
    void senderIsGone();
    void inAnyOrder();
    void manyAreUnderWay();
    void queueIsDropped();
    void notPut();
    void takersAreKilled_data() { addStartMethods(false); }
    void takersAreKilled();
    void puttersAreKilled_data() { addStartMethods(false); }
    void puttersAreKilled();

private:
    std::optional<LeakProbe> m_leaks;
    std::optional<ArenaProbe> m_arena;
    int m_killed = 0; ///< processes, by the test
};

namespace {

using Mixed = std::tuple<int, QList<Connection>, Lock, QString>;

/// Whether nobody has the other end, and nothing more is to come.
bool isLeftAlone(const Connection &connection)
{
    try {
        if (connection.poll(QDeadlineTimer(5s)))
            connection.recvBytes();
        return false;
    } catch (const EndOfFile &) {
        return true;
    }
}

void answer(const Queue<Connection> &queue, const SimpleQueue<Connection> &back)
{
    Connection connection = queue.get();
    connection.send(connection.recv<int>() + 1);
    back.put(connection);
    connection.close();
}

void answerAll(const Queue<Mixed> &queue)
{
    const auto [number, connections, lock, text] = queue.get();
    lock.acquire();
    for (const Connection &connection : connections)
        connection.send(text + QString::number(number));
    lock.release();
}

void putOne(const Queue<Connection> &queue)
{
    auto [ours, theirs] = pipe();
    ours.send(42);
    queue.put(theirs);
}

void takeForEver(const Queue<Connection> &queue, const SimpleQueue<int> &taken)
{
    for (;;) {
        const Connection connection = queue.get();
        connection.send(1);
        taken.put(1);
    }
}

void putForEver(const Queue<Connection> &queue, const SimpleQueue<int> &started)
{
    started.put(1);
    for (;;) {
        auto [ours, theirs] = pipe();
        ours.send(7);
        queue.put(theirs);
    }
}

} // namespace

void TestQueuedConnections::init()
{
    ArenaProbe::use(); // the shared memory of the program stays
    Process first = context(StartMethod::ForkServer).process([] {}); // so does its fork server
    first.start();
    QVERIFY(first.join());
    m_leaks.emplace();
    m_arena.emplace();
    m_killed = 0;
}

void TestQueuedConnections::cleanup()
{
    // Whoever is killed in the few instructions around the commit of a message may leave its object until the program ends.
    if (m_killed > 0)
        QVERIFY2(m_arena->moreObjects() <= m_killed, m_arena->growth().constData());
    else
        QCOMPARE(m_arena->growth(), QByteArray());
    QCOMPARE(m_leaks->leaks(), QByteArray());
}

void TestQueuedConnections::within()
{
    QFETCH(StartMethod, method);
    const Queue<Connection> queue;
    const SimpleQueue<Connection> back;
    Process process = context(method).process(&answer, queue, back);
    process.start();
    auto [ours, theirs] = pipe();
    queue.put(theirs);
    theirs.close();
    ours.send(1);
    QCOMPARE(ours.recv<int>(), 2);
    Connection returned = back.get();
    QVERIFY(process.join());
    returned.send(3);
    QCOMPARE(ours.recv<int>(), 3);
    returned.close();
    QVERIFY(isLeftAlone(ours)); // no other duplicate is left
}

void TestQueuedConnections::besideOthers()
{
    QFETCH(StartMethod, method);
    const Queue<Mixed> queue;
    auto [a, b] = pipe();
    auto [c, d] = pipe(Duplex::No);
    queue.put(Mixed(7, {b, d, b}, Lock(), QStringLiteral("number ")));
    b.close();
    d.close();
    Process process = context(method).process(&answerAll, queue);
    process.start();
    QCOMPARE(a.recv<QString>(), QStringLiteral("number 7"));
    QCOMPARE(c.recv<QString>(), QStringLiteral("number 7"));
    QCOMPARE(a.recv<QString>(), QStringLiteral("number 7"));
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(isLeftAlone(a));
}

void TestQueuedConnections::senderIsGone()
{
    QFETCH(StartMethod, method);
    const Queue<Connection> queue;
    Process process = context(method).process(&putOne, queue);
    process.start();
    QVERIFY(process.join());
    const Connection connection = queue.get();
    QCOMPARE(connection.recv<int>(), 42);
    QVERIFY(isLeftAlone(connection));
}

void TestQueuedConnections::inAnyOrder()
{
    std::vector<Queue<Connection>> queues(10);
    std::vector<Connection> ends;
    for (int i = 0; i < 30; ++i) {
        auto [ours, theirs] = pipe();
        queues[static_cast<std::size_t>(i % 10)].put(theirs);
        ends.push_back(ours);
    }
    for (const int queue : {5, 9, 0, 3, 3, 1, 9}) {
        static std::array<int, 10> taken{};
        const auto place = static_cast<std::size_t>(queue);
        Connection &other = ends[place + 10 * static_cast<std::size_t>(taken[place]++)];
        Connection connection = queues[place].get();
        connection.send(queue);
        QCOMPARE(other.recv<int>(), queue);
        connection.close();
        QVERIFY(isLeftAlone(other)); // although others lie before it
    }
}

void TestQueuedConnections::manyAreUnderWay()
{
    constexpr int Many = 500;
    const Queue<std::pair<int, Connection>> queue;
    std::deque<Connection> ends;
    for (int i = 0; i < Many; ++i) {
        auto [ours, theirs] = pipe();
        queue.put({i, theirs});
        ends.push_back(ours);
    }
    for (int i = 0; i < Many; ++i) {
        const auto [number, connection] = queue.get();
        QCOMPARE(number, i);
        connection.send(number);
        QCOMPARE(ends.front().recv<int>(), i);
        ends.pop_front();
    }
}

void TestQueuedConnections::queueIsDropped()
{
    auto [ours, theirs] = pipe();
    {
        const Queue<Connection> queue;
        const Queue<Queue<Connection>> outer;
        outer.put(queue);
        for (int i = 0; i < 5; ++i)
            queue.put(theirs);
        theirs.close();
        QVERIFY(!ours.poll());
    }
    QVERIFY(isLeftAlone(ours));
}

void TestQueuedConnections::notPut()
{
    auto [ours, theirs] = pipe();
    const Queue<Connection> queue(1);
    auto [other, others] = pipe();
    queue.put(others);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!queue.tryPut(theirs, QDeadlineTimer(1ms)));
    theirs.close();
    QVERIFY(isLeftAlone(ours));
    QVERIFY_THROWS_EXCEPTION(EncodeError, queue.put(theirs)); // it is closed
    const Queue<QList<Connection>> lists;
    VERIFY_CONTAINS(errorOf([&, end = ours] { lists.put(QList<Connection>(254, end)); }), "at most 253");
    lists.put(QList<Connection>(253, ours));
    QCOMPARE(lists.get().size(), 253);
}

void TestQueuedConnections::takersAreKilled()
{
    QFETCH(StartMethod, method);
    for (int round = 0; round < 20; ++round) {
        const Queue<Connection> queue;
        const SimpleQueue<int> taken;
        std::vector<Connection> ends;
        for (int i = 0; i < 50; ++i) {
            auto [ours, theirs] = pipe();
            queue.put(theirs);
            ends.push_back(ours);
        }
        Process process = context(method).process(&takeForEver, queue, taken);
        process.start();
        for (int i = 0; i < round; ++i)
            taken.get();
        process.kill();
        ++m_killed;
        QVERIFY(process.join());
        const int left = queue.size();
        QVERIFY(left <= 50 - round);
        while (const auto connection = queue.tryGet())
            connection->send(2);
        for (int i = 50 - left; i < 50; ++i)
            QCOMPARE(ends[static_cast<std::size_t>(i)].recv<int>(), 2);
    }
}

void TestQueuedConnections::puttersAreKilled()
{
    QFETCH(StartMethod, method);
    for (int round = 0; round < 20; ++round) {
        const Queue<Connection> queue(20);
        const SimpleQueue<int> started;
        Process process = context(method).process(&putForEver, queue, started);
        process.start();
        started.get();
        for (int i = 0; i < 10 * round; ++i)
            QCOMPARE(queue.get().recv<int>(), 7);
        process.kill();
        ++m_killed;
        QVERIFY(process.join());
        while (const auto connection = queue.tryGet()) {
            QCOMPARE(connection->recv<int>(), 7);
            QVERIFY(isLeftAlone(*connection));
        }
    }
}

PROCESSION_TEST_MAIN(TestQueuedConnections)
#include "tst_queuedconnections.moc"
