// SPDX-License-Identifier: MIT
// What CPython's _TestConnection, _TestPoll, _TestPicklingConnections and TestInvalidHandle check.
#include "startmethodsuite.h"

#include <testmain.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace mp;
using namespace std::chrono_literals;

namespace {

/// The errno that `action` is refused with, 0 when it is not.
template <typename Action>
int errnoOf(Action action)
{
    try {
        action();
    } catch (const SystemError &error) {
        qInfo() << error.what();
        return error.number();
    }
    return 0;
}

/// Sends back each message until an empty one comes.
void echo(Connection connection)
{
    for (QByteArray message = connection.recvBytes(); !message.isEmpty(); message = connection.recvBytes())
        connection.sendBytes(message);
    connection.close();
}

void writeToReceived(const Connection &connection, const QByteArray &text, bool fillsTable)
{
    std::vector<Descriptor> fillers;
    while (fillsTable && (fillers.empty() || fillers.back().get() < 255))
        fillers.emplace_back(::dup(connection.fileno()));
    const auto file = recvSoon<Descriptor>(connection);
    if (::write(file.get(), text.constData(), static_cast<std::size_t>(text.size())) != text.size())
        throw std::runtime_error("the text could not be written");
}

/// Has a child write to a file whose descriptor has at least the number `lowest` here.
void checkDescriptorTransfer(int lowest, bool fillsTable)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const auto [ours, theirs] = pipe();
    Process process({.daemon = true}, &writeToReceived, theirs, QByteArray("foo"), fillsTable);
    process.start();
    const Descriptor descriptor(::fcntl(file.handle(), F_DUPFD_CLOEXEC, lowest));
    QVERIFY(descriptor.get() >= lowest);
    ours.send(descriptor);
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(file.seek(0)); // both have one position
    QCOMPARE(file.readAll(), QByteArray("foo"));
}

void sendHandleWithout(const Connection &connection)
{
    Message message = encodeValue(connection);
    message.descriptors.clear();
    connection.sendMessage(message);
}

void sendAll(Connection connection, const QByteArrayList &messages)
{
    for (const QByteArray &message : messages)
        connection.sendBytes(message);
    connection.close();
}

Descriptor streamSocket() { return Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// Tells the port that it listens on, and sends on whatever connects.
void acceptAndSendOn(const Connection &connection)
{
    const Descriptor listener = streamSocket();
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener.get(), reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(listener.get(), 1) != 0
        || ::getsockname(listener.get(), reinterpret_cast<sockaddr *>(&address), &size) != 0)
        throw std::runtime_error("there is no port to listen on");
    connection.send(ntohs(address.sin_port));
    connection.send(Connection(Descriptor(::accept(listener.get(), nullptr, nullptr))));
}

void connectAndSend(const Connection &connection, const QString &text)
{
    const sockaddr_in address = loopback(recvSoon<quint16>(connection));
    Descriptor socket = streamSocket();
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        throw std::runtime_error("the port cannot be connected to");
    Connection(std::move(socket)).send(text);
}

void useReceivedEnds(const Connection &connection)
{
    recvSoon<Connection>(connection).send(QStringLiteral("all is well"));
    const auto text = recvSoon<QString>(recvSoon<Connection>(connection));
    connection.send(QString(text + text));
}

} // namespace

class ConnectionConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void echoesValues();
    void echoesBytes();
    void receivesIntoBuffers();
    void pollsInTime();
    void echoesMuch();
    void endsWhenTheOtherEndCloses();
    void duplexFalse();
    void spawnClose();
    void sendBytes();
    void descriptorTransfer();
    void largeDescriptorTransfer();
    void missingDescriptorTransfer();
    void closesWithItsScope();
    void pollEmptyMessage();
    void pollMessages();
    void pollTakesNothing();
    void pollDoesNotMerge();
    void socketsBetweenProcesses();
    void endsBetweenProcesses();
    void invalidHandles();

private:
    /// A child that echoes, and the connection to it.
    struct Echo
    {
        Echo() : Echo(pipe()) { }
        explicit Echo(const std::pair<Connection, Connection> &ends)
            : connection(ends.first), childs(ends.second), process({.daemon = true}, &echo, ends.second)
        {
            process.start();
        }
        bool end()
        {
            connection.sendBytes({});
            return process.join(QDeadlineTimer(LongTime)) && process.exitCode() == 0;
        }
        Connection connection;
        Connection childs;
        Process process;
    };
};

void ConnectionConformance::echoesValues()
{
    Echo echo;
    QVERIFY(echo.connection.fileno() >= 0);
    const QVariantList values{1, 2.25, QVariant()};
    echo.connection.send(values);
    QCOMPARE(recvSoon<QVariantList>(echo.connection), values);
    echo.connection.send(QVariant());
    QCOMPARE(recvSoon<QVariant>(echo.connection), QVariant());
    QVERIFY(echo.end());
}

void ConnectionConformance::echoesBytes()
{
    Echo echo;
    echo.connection.sendBytes("hello world");
    QCOMPARE(echo.connection.recvBytes(), QByteArray("hello world"));
    QVERIFY(echo.end());
}

void ConnectionConformance::receivesIntoBuffers()
{
    Echo echo;
    const std::array<int, 4> numbers{0, 1, 2, 3};
    const QByteArrayView bytes(reinterpret_cast<const char *>(numbers.data()), sizeof numbers);
    std::array<int, 10> buffer{};
    const std::span<char> room(reinterpret_cast<char *>(buffer.data()), sizeof buffer);
    echo.connection.sendBytes(bytes);
    QCOMPARE(echo.connection.recvBytesInto(room), sizeof numbers);
    QCOMPARE(buffer, (std::array<int, 10>{0, 1, 2, 3}));

    buffer.fill(0);
    echo.connection.sendBytes(bytes);
    QCOMPARE(echo.connection.recvBytesInto(room, 3 * sizeof(int)), sizeof numbers);
    QCOMPARE(buffer, (std::array<int, 10>{0, 0, 0, 0, 1, 2, 3}));

    const QByteArray longMessage = QByteArray("hello world").repeated(10);
    echo.connection.sendBytes(longMessage);
    try {
        echo.connection.recvBytesInto(room);
        QFAIL("a message that is longer than the buffer was received");
    } catch (const BufferTooShort &error) {
        QCOMPARE(error.message(), longMessage);
    }
    QVERIFY(echo.end());
}

void ConnectionConformance::pollsInTime()
{
    Echo echo;
    QVERIFY(!echo.connection.poll());
    QVERIFY(!echo.connection.poll(-1s));
    QElapsedTimer clock;
    clock.start();
    QVERIFY(!echo.connection.poll(50ms));
    QVERIFY(clock.elapsed() >= 50);
    echo.connection.send(1);
    QVERIFY(echo.connection.poll(LongTime));
    QCOMPARE(echo.connection.recv<int>(), 1);
    QVERIFY(echo.end());
}

void ConnectionConformance::echoesMuch()
{
    Echo echo;
    const QByteArray big(16 * 1024 * 1024, 'X');
    echo.connection.sendBytes(big);
    QVERIFY(echo.connection.recvBytes() == big);
    QVERIFY(echo.end());
}

void ConnectionConformance::endsWhenTheOtherEndCloses()
{
    Echo echo;
    echo.connection.sendBytes({});
    QVERIFY(echo.process.join(QDeadlineTimer(LongTime)));
    echo.childs.close();
    QVERIFY(echo.connection.isReadable());
    QVERIFY(echo.connection.isWritable());
    QVERIFY_THROWS_EXCEPTION(EndOfFile, echo.connection.recv<int>());
    QVERIFY_THROWS_EXCEPTION(EndOfFile, echo.connection.recvBytes());
}

void ConnectionConformance::duplexFalse()
{
    const auto [reader, writer] = pipe(Duplex::No);
    writer.send(1);
    QCOMPARE(reader.recv<int>(), 1);
    QVERIFY(reader.isReadable());
    QVERIFY(!reader.isWritable());
    QVERIFY(!writer.isReadable());
    QVERIFY(writer.isWritable());
    QCOMPARE(errnoOf([end = reader] { end.send(2); }), EBADF);
    QCOMPARE(errnoOf([end = writer] { end.recv<int>(); }), EBADF);
    QCOMPARE(errnoOf([end = writer] { end.poll(); }), EBADF);
}

// Closed as soon as the child exists, perhaps before it does anything.
void ConnectionConformance::spawnClose()
{
    Echo echo;
    echo.childs.close();
    echo.connection.sendBytes("hello");
    QCOMPARE(echo.connection.recvBytes(), QByteArray("hello"));
    QVERIFY(echo.end());
}

void ConnectionConformance::sendBytes()
{
    const QByteArray message("abcdefghijklmnopqrstuvwxyz");
    const auto [a, b] = pipe();
    a.sendBytes(message);
    QCOMPARE(b.recvBytes(), message);
    a.sendBytes(message, 5);
    QCOMPARE(b.recvBytes(), message.mid(5));
    a.sendBytes(message, 7, 8);
    QCOMPARE(b.recvBytes(), message.mid(7, 8));
    a.sendBytes(message, 26);
    QCOMPARE(b.recvBytes(), QByteArray());
    a.sendBytes(message, 26, 0);
    QCOMPARE(b.recvBytes(), QByteArray());
    const auto send = [&message, end = a](qsizetype offset, qsizetype size) { end.sendBytes(message, offset, size); };
    QCOMPARE(errnoOf([send] { send(27, -1); }), EINVAL);
    QCOMPARE(errnoOf([send] { send(22, 5); }), EINVAL);
    QCOMPARE(errnoOf([send] { send(26, 1); }), EINVAL);
    QCOMPARE(errnoOf([send] { send(-1, -1); }), EINVAL);
    QCOMPARE(errnoOf([send] { send(4, -2); }), EINVAL);
    QVERIFY(!b.poll());
}

void ConnectionConformance::descriptorTransfer() { checkDescriptorTransfer(0, false); }

void ConnectionConformance::largeDescriptorTransfer()
{
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    if (limit.rlim_cur < 600)
        QSKIP("the limit on descriptors is too low");
    checkDescriptorTransfer(256, true);
}

void ConnectionConformance::missingDescriptorTransfer()
{
    const auto [ours, theirs] = pipe();
    Process process({.daemon = true}, &sendHandleWithout, theirs);
    process.start();
    QVERIFY_THROWS_EXCEPTION(DecodeError, recvSoon<Connection>(ours));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

void ConnectionConformance::closesWithItsScope()
{
    int number = -1;
    Connection a;
    {
        auto [first, second] = pipe();
        number = second.fileno();
        first.send(1729);
        QCOMPARE(second.recv<int>(), 1729);
        QVERIFY(!first.isClosed());
        QVERIFY(!second.isClosed());
        a = first;
    }
    QCOMPARE(::fcntl(number, F_GETFD), -1);
    QVERIFY_THROWS_EXCEPTION(EndOfFile, a.recv<int>());
    a.close();
    QVERIFY(a.isClosed());
    QCOMPARE(errnoOf([&a] { a.recv<int>(); }), EBADF);
}

void ConnectionConformance::pollEmptyMessage()
{
    const auto [a, b] = pipe();
    QVERIFY(!a.poll());
    b.sendBytes("");
    QVERIFY(a.poll());
    QVERIFY(a.poll());
    QCOMPARE(a.recvBytes(), QByteArray());
    QVERIFY(!a.poll());
}

void ConnectionConformance::pollMessages()
{
    const QByteArrayList messages{"hello", "", "a", "b", "", "bye", "", "lop"};
    const auto [a, b] = pipe();
    Process process(&sendAll, b, messages);
    process.start();
    for (const QByteArray &message : messages) {
        QVERIFY(a.poll(LongTime));
        QCOMPARE(a.recvBytes(), message);
    }
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
}

// A child that polls takes nothing of the message that it sees.
void ConnectionConformance::pollTakesNothing()
{
    const auto [reader, writer] = pipe(Duplex::No);
    Process process(
        [](const Connection &connection) { connection.poll(LongTime) ? void() : throw std::runtime_error("nothing"); }, reader);
    process.start();
    writer.sendBytes("first");
    writer.sendBytes("second");
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(reader.recvBytes(), QByteArray("first"));
    QCOMPARE(reader.recvBytes(), QByteArray("second"));
}

void ConnectionConformance::pollDoesNotMerge()
{
    const auto [a, b] = pipe();
    QVERIFY(!a.poll());
    QVERIFY(!a.poll(10ms));
    Process process(&sendAll, b, QByteArrayList{"a", "b", "cd"});
    process.start();
    for (const char *message : {"a", "b", "cd"}) {
        QVERIFY(a.poll(LongTime));
        QVERIFY(a.poll());
        QCOMPARE(a.recvBytes(), QByteArray(message));
    }
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
}

void ConnectionConformance::socketsBetweenProcesses()
{
    const auto [listener, listenersEnd] = pipe();
    const auto [remote, remotesEnd] = pipe();
    Process listening({.daemon = true}, &acceptAndSendOn, listenersEnd);
    Process connecting({.daemon = true}, &connectAndSend, remotesEnd, QStringLiteral("THIS CONNECTION USES TCP"));
    listening.start();
    connecting.start();
    remote.send(recvSoon<quint16>(listener));
    const auto accepted = recvSoon<Connection>(listener);
    QCOMPARE(recvSoon<QString>(accepted), QStringLiteral("THIS CONNECTION USES TCP"));
    QVERIFY(listening.join(QDeadlineTimer(LongTime)));
    QVERIFY(connecting.join(QDeadlineTimer(LongTime)));
    QVERIFY_THROWS_EXCEPTION(EndOfFile, accepted.recv<QString>());
}

void ConnectionConformance::endsBetweenProcesses()
{
    const auto [ours, theirs] = pipe();
    Process process({.daemon = true}, &useReceivedEnds, theirs);
    process.start();
    {
        auto [reader, writer] = pipe(Duplex::No);
        ours.send(writer);
        writer.close();
        QCOMPARE(recvSoon<QString>(reader), QStringLiteral("all is well"));
    }
    auto [reader, writer] = pipe(Duplex::No);
    ours.send(reader);
    reader.close();
    writer.send(QStringLiteral("foobar"));
    writer.close();
    QCOMPARE(recvSoon<QString>(ours), QStringLiteral("foobarfoobar"));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

void ConnectionConformance::invalidHandles()
{
    QVERIFY(errnoOf([] { Connection(Descriptor(44977608)); }) != 0);
    QVERIFY(errnoOf([] { Connection(Descriptor(-1)); }) != 0);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(errnoOf([&file] { Connection(Descriptor(::dup(file.handle()))); }), ENOTSOCK);
}

PROCESSION_TEST_MAIN(ConnectionConformance)
#include "tst_connectionconformance.moc"
