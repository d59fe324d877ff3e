// SPDX-License-Identifier: MIT
// What CPython's TestWait checks.
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/ipc/wait.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

#include <map>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace mp;
using namespace std::chrono_literals;

namespace {

using Said = std::pair<int, QString>;
constexpr int Children = 4;
constexpr int Messages = 10;

/// Sends its messages, each when it is told to if there is a `gate`.
void sendMessages(const Connection &writer, const std::optional<Connection> &gate)
{
    for (int i = 0; i < Messages; ++i) {
        if (gate)
            gate->recv<int>();
        writer.send(Said(i, currentProcess().name()));
    }
}

void sendLines(quint16 port, const std::optional<Connection> &gate)
{
    const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        throw std::runtime_error("the port cannot be connected to");
    for (int i = 0; i < Messages; ++i) {
        if (gate)
            gate->recv<int>();
        const char line[] = {static_cast<char>('0' + i), '\n'};
        if (::send(socket.get(), line, sizeof line, MSG_NOSIGNAL) != sizeof line)
            throw std::runtime_error("a line cannot be sent");
    }
}

/// Lets the children go on in an order that is random, but the same in every run.
class Gates
{
public:
    explicit Gates(bool slow) : m_isSlow(slow) { }

    /// For the next child.
    std::optional<Connection> add()
    {
        if (!m_isSlow)
            return {};
        const auto [ours, theirs] = pipe();
        m_gates.insert(m_gates.end(), Messages, ours);
        return theirs;
    }
    void openOne()
    {
        if (m_gates.empty())
            return;
        const auto which = m_gates.begin() + m_random.bounded(static_cast<int>(m_gates.size()));
        which->send(0);
        m_gates.erase(which);
    }

private:
    bool m_isSlow;
    std::vector<Connection> m_gates;
    QRandomGenerator m_random{1};
};

Descriptor listeningSocket(quint16 &port)
{
    Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener.get(), reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(listener.get(), Children) != 0
        || ::getsockname(listener.get(), reinterpret_cast<sockaddr *>(&address), &size) != 0)
        throw std::runtime_error("there is no port to listen on");
    port = ntohs(address.sin_port);
    return listener;
}

} // namespace

class WaitConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void connections() { checkConnections(false); }
    void sockets() { checkSockets(false); }
    void slowConnections() { checkConnections(true); }
    void slowSockets() { checkSockets(true); }
    void timeout();
    void sentinelAmongConnections();
    void negativeTimeout();

private:
    static void checkConnections(bool slow);
    static void checkSockets(bool slow);
};

void WaitConformance::checkConnections(bool slow)
{
    Gates gates(slow);
    std::vector<Connection> readers;
    std::vector<std::unique_ptr<Process>> processes;
    std::vector<Said> expected;
    for (int i = 0; i < Children; ++i) {
        auto [reader, writer] = pipe(Duplex::No);
        readers.push_back(reader);
        processes.push_back(std::make_unique<Process>(&sendMessages, writer, gates.add()));
        processes.back()->start();
        writer.close();
        for (int number = 0; number < Messages; ++number)
            expected.emplace_back(number, processes.back()->name());
    }
    std::vector<Said> messages;
    gates.openOne();
    while (!readers.empty()) {
        const std::vector<Connection> ready = wait(readers, LongTime);
        QVERIFY(!ready.empty());
        for (const Connection &reader : ready) {
            try {
                messages.push_back(reader.recv<Said>());
                gates.openOne();
            } catch (const EndOfFile &) {
                std::erase(readers, reader);
            }
        }
    }
    std::sort(messages.begin(), messages.end());
    std::sort(expected.begin(), expected.end());
    QCOMPARE(messages, expected);
    for (const auto &process : processes) {
        QVERIFY(process->join(QDeadlineTimer(LongTime)));
        QCOMPARE(process->exitCode(), 0);
    }
}

void WaitConformance::checkSockets(bool slow)
{
    Gates gates(slow);
    quint16 port = 0;
    Descriptor listener = listeningSocket(port);
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < Children; ++i) {
        processes.push_back(std::make_unique<Process>(&sendLines, port, gates.add()));
        processes.back()->start();
    }
    std::map<int, Descriptor> sockets;
    std::vector<Waitable> readers;
    for (int i = 0; i < Children; ++i) {
        Descriptor socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        QVERIFY(socket.isValid());
        readers.emplace_back(socket);
        sockets.emplace(socket.get(), std::move(socket));
    }
    listener.reset();

    std::map<int, QByteArray> received;
    for (int i = 0; i < Children; ++i)
        gates.openOne();
    while (!readers.empty()) {
        const std::vector<Waitable> ready = wait(readers, LongTime);
        QVERIFY(!ready.empty());
        for (const Waitable &reader : ready) {
            char bytes[32];
            const ssize_t size = ::recv(reader.fd(), bytes, sizeof bytes, 0);
            QVERIFY(size >= 0);
            received[reader.fd()] += QByteArray(bytes, size);
            if (size == 0)
                std::erase(readers, reader);
            for (ssize_t line = 0; line < size / 2; ++line)
                gates.openOne();
        }
    }
    QCOMPARE(received.size(), std::size_t(Children));
    for (const auto &[socket, text] : received)
        QCOMPARE(text, QByteArray("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"));
    for (const auto &process : processes)
        QVERIFY(process->join(QDeadlineTimer(LongTime)));
}

void WaitConformance::timeout()
{
    const auto [a, b] = pipe();
    QElapsedTimer clock;
    clock.start();
    QVERIFY(wait({a, b}, 50ms).empty());
    QVERIFY(clock.elapsed() >= 50);
    b.send(0);
    QCOMPARE(wait({a, b}, LongTime), std::vector<Waitable>{a});
}

void WaitConformance::sentinelAmongConnections()
{
    const auto [a, b] = pipe();
    const auto [gate, childsGate] = pipe();
    Process process(&waitForWord, childsGate);
    process.start();
    const int sentinel = process.sentinel();
    QVERIFY(wait({a, sentinel, b}, 0ms).empty());
    gate.send(0);
    QCOMPARE(wait({a, sentinel, b}, LongTime), std::vector<Waitable>{sentinel});
    a.send(0);
    QCOMPARE(wait({a, sentinel, b}, LongTime), (std::vector<Waitable>{sentinel, b}));
    b.send(0);
    QCOMPARE(wait({a, sentinel, b}, LongTime), (std::vector<Waitable>{a, sentinel, b}));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
}

void WaitConformance::negativeTimeout()
{
    const auto [a, b] = pipe();
    QVERIFY(wait({a}, -1s).empty());
    QVERIFY(wait(std::vector{a, b}, -1ms).empty());
}

PROCESSION_TEST_MAIN(WaitConformance)
#include "tst_waitconformance.moc"
