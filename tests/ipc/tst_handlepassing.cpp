// SPDX-License-Identifier: MIT
#include "forkedchild.h"
#include "sanitizers.h"

#include <procession/ipc/pipe.h>
#include <procession/ipc/wire/errors.h>
#include <procession/platform/socket/streamsocket.h>

#include <QtTest/QtTest>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

using namespace procession;

namespace {
std::pair<Connection, Connection> overTcp()
{
    const Descriptor listener(checked("socket", ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    checked("bind", ::bind(listener.get(), generic, size));
    checked("listen", ::listen(listener.get(), 1));
    checked("getsockname", ::getsockname(listener.get(), generic, &size));
    Descriptor client(checked("socket", ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    checked("connect", ::connect(client.get(), generic, size));
    Descriptor server(checked("accept4", ::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)));
    return {Connection(std::move(client)), Connection(std::move(server))};
}

std::vector<Descriptor> manyDescriptors(int count)
{
    std::vector<Descriptor> descriptors;
    for (int i = 0; i < count; ++i)
        descriptors.emplace_back(checked("open", ::open("/dev/null", O_RDONLY | O_CLOEXEC)));
    return descriptors;
}

/// Whether the writing ends of a pipe are all closed.
bool isClosedElsewhere(const Descriptor &readEnd)
{
    char byte;
    return readEnd.read({&byte, 1}) == std::optional<std::size_t>(0);
}
} // namespace

class TestHandlePassing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectionThroughAConnection_data()
    {
        QTest::addColumn<bool>("isDuplex");
        QTest::newRow("duplex") << true;
        QTest::newRow("one way") << false;
    }
    void connectionThroughAConnection()
    {
        QFETCH(bool, isDuplex);
        auto [mine, its] = pipe();
        ForkedChild child([&, own = mine, end = its]() mutable {
            own.close();
            auto [reader, writer] = end.recv<std::pair<Connection, Connection>>();
            writer.send(reader.recv<int>() * 2);
        });
        its.close();
        auto [toChild, childReads] = pipe();
        auto [fromChild, childWrites] = pipe(isDuplex ? Duplex::Yes : Duplex::No);
        mine.send(std::pair(childReads, childWrites));
        childReads.close();
        childWrites.close();
        toChild.send(21);
        QCOMPARE(fromChild.recv<int>(), 42);
        QCOMPARE(child.join(), 0);
        QVERIFY_THROWS_EXCEPTION(EndOfFile, fromChild.recv<int>());
    }

    void directionsTravel()
    {
        auto [a, b] = pipe();
        auto [reader, writer] = pipe(Duplex::No);
        a.send(std::vector{reader, writer});
        const auto received = b.recv<std::vector<Connection>>();
        QVERIFY(received[0].isReadable() && !received[0].isWritable());
        QVERIFY(!received[1].isReadable() && received[1].isWritable());
        QVERIFY(!(received[0] == reader));
        received[1].send(1);
        QCOMPARE(reader.recv<int>(), 1);
        QVERIFY_THROWS_EXCEPTION(EncodeError, a.send(Connection()));
        QVERIFY(!b.poll());
    }

    // One way pipes can carry handles too, for they are sockets.
    void throughAOneWayPipe()
    {
        auto [reader, writer] = pipe(Duplex::No);
        auto [a, b] = pipe();
        writer.send(b);
        reader.recv<Connection>().send(7);
        QCOMPARE(a.recv<int>(), 7);
    }

    void descriptorsAreClosedOnExec()
    {
        auto [a, b] = pipe();
        a.send(Descriptor(::fcntl(0, F_DUPFD, 400)));
        const auto received = b.recv<Descriptor>();
        QVERIFY(::fcntl(received.get(), F_GETFD) & FD_CLOEXEC);
    }

    void asManyAsTheKernelTakes()
    {
        auto [a, b] = pipe();
        a.send(manyDescriptors(253));
        a.send(manyDescriptors(1));
        QCOMPARE(b.recv<std::vector<Descriptor>>().size(), 253U);
        QCOMPARE(b.recv<std::vector<Descriptor>>().size(), 1U);
        QVERIFY_THROWS_EXCEPTION(EncodeError, a.send(manyDescriptors(254)));
        QVERIFY(!b.poll());
    }

    void withLargeMessages()
    {
        auto [mine, its] = pipe();
        ForkedChild child([&, &end = its] {
            for (int i = 0; i < 5; ++i)
                end.send(std::pair(QByteArray(3'000'000, 'x'), manyDescriptors(3)));
        });
        for (int i = 0; i < 5; ++i) {
            const auto [bytes, descriptors] = mine.recv<std::pair<QByteArray, std::vector<Descriptor>>>();
            QCOMPARE(bytes.size(), 3'000'000);
            QCOMPARE(descriptors.size(), 3U);
        }
        QCOMPARE(child.join(), 0);
    }

    void noRoomForDescriptors()
    {
        SKIP_WHERE_CHECKS_NEED_DESCRIPTORS();
        auto [mine, its] = pipe();
        ForkedChild child([&, &end = its] {
            const rlimit limit{40, 40};
            checked("setrlimit", ::setrlimit(RLIMIT_NOFILE, &limit));
            int number = 0;
            try {
                end.recv<std::vector<Descriptor>>();
            } catch (const SystemError &error) {
                number = error.number();
            }
            end.send(std::pair(number, end.recv<int>()));
        });
        mine.send(manyDescriptors(100));
        mine.send(5);
        QCOMPARE((mine.recv<std::pair<int, int>>()), std::pair(EMFILE, 5));
        QCOMPARE(child.join(), 0);
    }

    void unwantedDescriptorsAreClosed()
    {
        auto [a, b] = pipe();
        auto [readEnd, writeEnd] = Descriptor::pipe();
        Encoder encoder;
        encodeValue(encoder, 1);
        encoder.attach(std::move(writeEnd));
        {
            const Message message = encoder.take();
            a.sendMessage(message);
            a.sendMessage(message);
        }
        QVERIFY(!b.recvBytes().isEmpty());
        QVERIFY_THROWS_EXCEPTION(DecodeError, b.recv<int>());
        QVERIFY(isClosedElsewhere(readEnd));
    }

    void notToAnotherMachine()
    {
        auto [a, b] = overTcp();
        a.send(QStringLiteral("text"));
        QCOMPARE(b.recv<QString>(), QStringLiteral("text"));
        QVERIFY_THROWS_EXCEPTION(EncodeError, a.send(Descriptor(::dup(0))));
        QVERIFY(!b.poll());
        // What claims to bring one, brings none.
        Message message = encodeValue(Descriptor(::dup(0)));
        message.descriptors.clear();
        a.sendMessage(message);
        QVERIFY_THROWS_EXCEPTION(DecodeError, b.recv<Descriptor>());
    }

    void whatIsNoConnection()
    {
        auto [a, b] = pipe();
        Encoder encoder;
        encoder << detail::ValueHead::Magic << typeSignature<Connection> << Connection::Direction::Both;
        encoder.attach(Descriptor::pipe().first);
        a.sendMessage(encoder.take());
        QVERIFY_THROWS_EXCEPTION(DecodeError, b.recv<Connection>());
    }
};

QTEST_GUILESS_MAIN(TestHandlePassing)
#include "tst_handlepassing.moc"
