// SPDX-License-Identifier: MIT
#include "forkedchild.h"

#include <procession/ipc/pipe.h>
#include <procession/ipc/wire/errors.h>
#include <procession/platform/socket/streamsocket.h>

#include <QtTest/QtTest>

#include <atomic>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {
/// Sends back what comes, until nothing comes.
void echo(const Connection &connection)
{
    QByteArray bytes;
    while (!(bytes = connection.recvBytes()).isEmpty())
        connection.sendBytes(bytes);
}

template <typename Action>
int errnoOf(Action action)
{
    try {
        action();
    } catch (const SystemError &error) {
        return error.number();
    }
    return 0;
}

/// 1: torn, 0: not, -1: no EndOfFile.
template <typename Action>
int tornnessOf(Action action)
{
    try {
        action();
    } catch (const EndOfFile &error) {
        return error.isTorn() ? 1 : 0;
    }
    return -1;
}

QByteArray readExactly(int fd, qsizetype size)
{
    QByteArray bytes(size, '\0');
    for (qsizetype at = 0; at < size;) {
        const ssize_t count = checked("read", ::read(fd, bytes.data() + at, static_cast<std::size_t>(size - at)));
        if (count == 0)
            return bytes.first(at);
        at += count;
    }
    return bytes;
}
} // namespace

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesBothWays()
    {
        auto [a, b] = pipe();
        a.send(std::tuple(1, QStringLiteral("hello"), QVariant()));
        const auto [number, text, nothing] = b.recv<std::tuple<int, QString, QVariant>>();
        QCOMPARE(number, 1);
        QCOMPARE(text, QStringLiteral("hello"));
        QVERIFY(!nothing.isValid());
        b.sendBytes("thank you");
        QCOMPARE(a.recvBytes(), QByteArray("thank you"));
    }

    void withAChild()
    {
        auto [mine, its] = pipe();
        ForkedChild child([own = mine, end = its]() mutable {
            own.close();
            echo(end);
            end.close();
        });
        its.close();

        const QByteArray large(16 * 1024 * 1024, 'x');
        std::thread sender([&connection = mine, &large] { connection.sendBytes(large); });
        QCOMPARE(mine.recvBytes(), large);
        sender.join();
        QVERIFY(!mine.poll());
        mine.sendBytes("hello");
        QVERIFY(mine.poll(QDeadlineTimer::Forever));
        QCOMPARE(mine.recvBytes(), QByteArray("hello"));

        mine.sendBytes("");
        QCOMPARE(child.join(), 0);
        QVERIFY(mine.poll());
        QCOMPARE(tornnessOf([&, &connection = mine] { connection.recvBytes(); }), 0);
        QCOMPARE(tornnessOf([&, &connection = mine] { connection.recv<int>(); }), 0);
        QCOMPARE(errnoOf([&, &connection = mine] { connection.send(1); }), EPIPE);
    }

    void oneWay()
    {
        auto [reader, writer] = pipe(Duplex::No);
        writer.send(1);
        QCOMPARE(reader.recv<int>(), 1);
        QVERIFY(reader.isReadable() && !reader.isWritable());
        QVERIFY(!writer.isReadable() && writer.isWritable());
        QCOMPARE(errnoOf([&, &end = reader] { end.send(2); }), EBADF);
        QCOMPARE(errnoOf([&, &end = writer] { end.recv<int>(); }), EBADF);
        QCOMPARE(errnoOf([&, &end = writer] { end.poll(); }), EBADF);
        writer.close();
        QCOMPARE(tornnessOf([&, &end = reader] { end.recv<int>(); }), 0);
    }

    void closing()
    {
        auto [a, b] = pipe();
        const Connection copy = a;
        QCOMPARE(copy, a);
        QVERIFY(!(a == b));
        a.close();
        a.close();
        QVERIFY(copy.isClosed() && !copy.isReadable() && !copy.isWritable());
        QCOMPARE(copy.fileno(), -1);
        for (const Connection &closed : {copy, Connection()}) {
            QCOMPARE(errnoOf([&] { closed.send(1); }), EBADF);
            QCOMPARE(errnoOf([&] { closed.recvBytes(); }), EBADF);
            QCOMPARE(errnoOf([&] { closed.poll(); }), EBADF);
        }
        QCOMPARE(errnoOf([&, &end = b] { end.sendBytes("x"); }), EPIPE);
        QCOMPARE(errnoOf([] { Connection(Descriptor::pipe().first); }), ENOTSOCK);
    }

    // Closing without having read all is told to the other end as a reset.
    void endOfWhatWasNotReadThere()
    {
        auto [a, b] = pipe();
        b.send(2);
        a.send(1);
        b.close();
        QCOMPARE(a.recv<int>(), 2);
        QCOMPARE(tornnessOf([&, &end = a] { end.recv<int>(); }), 0);
    }

    void partsOfBytes_data();
    void partsOfBytes();

    void bytesIntoABuffer()
    {
        auto [a, b] = pipe();
        std::vector<char> buffer(10, '.');
        b.sendBytes("hello");
        QCOMPARE(a.recvBytesInto(buffer), 5U);
        QCOMPARE(QByteArrayView(buffer.data(), 10), QByteArrayView("hello....."));
        b.sendBytes("world");
        QCOMPARE(a.recvBytesInto(buffer, 5), 5U);
        QCOMPARE(QByteArrayView(buffer.data(), 10), QByteArrayView("helloworld"));
        b.sendBytes("too long for it");
        b.sendBytes("next");
        try {
            a.recvBytesInto(buffer, 1);
            QFAIL("it was received");
        } catch (const BufferTooShort &error) {
            QCOMPARE(error.message(), QByteArray("too long for it"));
        }
        QCOMPARE(errnoOf([&, &end = a] { end.recvBytesInto(buffer, 11); }), EINVAL);
        QCOMPARE(a.recvBytesInto(buffer, 6), 4U);
        b.sendBytes("");
        QCOMPARE(a.recvBytesInto(buffer, 10), 0U);
    }

    void longestMessage()
    {
        auto [a, b] = pipe();
        b.sendBytes("12345");
        QCOMPARE(a.recvBytes(5), QByteArray("12345"));
        b.sendBytes("12345");
        QCOMPARE(errnoOf([&, &end = a] { end.recvBytes(4); }), EMSGSIZE);
        QVERIFY(!a.isReadable() && a.isWritable());
        QCOMPARE(errnoOf([&, &end = a] { end.recvBytes(); }), EBADF);
        a.sendBytes("still");
        QCOMPARE(b.recvBytes(), QByteArray("still"));

        auto [reader, writer] = pipe(Duplex::No);
        writer.sendBytes("12345");
        QCOMPARE(errnoOf([&, &end = reader] { end.recvBytes(0); }), EMSGSIZE);
        QVERIFY(reader.isClosed());
    }

    void pollKeepsMessagesApart()
    {
        auto [a, b] = pipe();
        QVERIFY(!a.poll());
        QVERIFY(!a.poll(QDeadlineTimer(-5ms)));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!a.poll(30ms));
        QVERIFY(timer.nsecsElapsed() >= 30'000'000);

        b.sendBytes("");
        b.sendBytes("a");
        b.sendBytes("bb");
        for (const QByteArray &expected : {QByteArray(), QByteArray("a"), QByteArray("bb")}) {
            QVERIFY(a.poll());
            QVERIFY(a.poll(QDeadlineTimer::Forever));
            QCOMPARE(a.recvBytes(), expected);
        }
        QVERIFY(!a.poll());
        b.close();
        QVERIFY(a.poll());
    }

    void wrongTypeLosesOneMessage()
    {
        auto [a, b] = pipe();
        b.send(QStringLiteral("text"));
        b.sendBytes("bytes");
        b.send(3);
        QVERIFY_THROWS_EXCEPTION(DecodeError, a.recv<int>());
        QVERIFY_THROWS_EXCEPTION(DecodeError, a.recv<int>());
        QCOMPARE(a.recv<int>(), 3);
    }

    void framesAreCPythons()
    {
        auto [end, wire] = socketPair();
        const Connection connection(std::move(end));
        connection.sendBytes("abc");
        QCOMPARE(readExactly(wire.get(), 7), QByteArray("\0\0\0\3abc", 7));
        const QByteArray longForm("\xff\xff\xff\xff\0\0\0\0\0\0\0\3abc", 15);
        QCOMPARE(::write(wire.get(), longForm.constData(), 15), 15);
        QCOMPARE(connection.recvBytes(), QByteArray("abc"));
    }

    void framesAbove2GiB()
    {
        constexpr std::size_t Size = 0x80000000;
        void *pages = ::mmap(nullptr, Size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        QVERIFY(pages != MAP_FAILED);
        auto [end, wire] = socketPair();
        const Connection connection(std::move(end));
        QByteArray head;
        std::thread reader([&, wireEnd = std::move(wire)] { head = readExactly(wireEnd.get(), 12); });
        const int error = errnoOf([&] { connection.sendBytes({static_cast<const char *>(pages), qsizetype(Size)}); });
        reader.join();
        ::munmap(pages, Size);
        QCOMPARE(head.toHex(), QByteArray("ffffffff0000000080000000"));
        QCOMPARE(error, EPIPE);
    }

    void badFrames_data();
    void badFrames();

    void killedSender()
    {
        auto [mine, its] = pipe();
        ForkedChild child([&, &end = its] { end.sendBytes(QByteArray(10'000'000, 'x')); });
        its.close();
        QVERIFY(mine.poll(QDeadlineTimer::Forever));
        child.kill();
        QCOMPARE(child.join(), -SIGKILL);
        QCOMPARE(tornnessOf([&, &end = mine] { end.recvBytes(); }), 1);
    }

    void bothDirectionsAtOnce()
    {
        constexpr int Count = 20'000;
        auto [a, b] = pipe();
        const auto sendAll = [](const Connection &connection) {
            for (int i = 0; i < Count; ++i)
                connection.send(i);
        };
        const auto receiveAll = [](const Connection &connection) {
            int right = 0;
            for (int i = 0; i < Count; ++i)
                right += connection.recv<int>() == i ? 1 : 0;
            return right;
        };
        std::thread sender([&, &end = a] { sendAll(end); });
        std::thread otherSender([&, &end = b] { sendAll(end); });
        int right = 0;
        std::thread receiver([&, &end = b] { right = receiveAll(end); });
        QCOMPARE(receiveAll(a), Count);
        sender.join();
        otherSender.join();
        receiver.join();
        QCOMPARE(right, Count);
    }

    void socketThatDoesNotBlock()
    {
        auto [first, second] = socketPair();
        for (const Descriptor *end : {&first, &second})
            setNonBlocking(end->get());
        const Connection a(std::move(first));
        const Connection b(std::move(second));
        const QByteArray large(5'000'000, 'x');
        std::thread sender([&] { a.sendBytes(large); });
        QCOMPARE(b.recvBytes(), large);
        sender.join();
        std::thread other([&] { b.send(a.poll(10ms) ? 1 : 2); });
        QCOMPARE(a.recv<int>(), 2);
        other.join();
    }

    void signalsDoNotDisturb();

private:
    static void setNonBlocking(int fd);
};

void TestConnection::partsOfBytes_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("received"); // null: refused
    const QByteArray all("abcdefghijklmnopqrstuvwxyz");
    QTest::newRow("all") << 0 << -1 << all;
    QTest::newRow("from") << 5 << -1 << all.sliced(5);
    QTest::newRow("from, size") << 7 << 8 << all.sliced(7, 8);
    QTest::newRow("at the end") << 26 << -1 << QByteArray("");
    QTest::newRow("nothing at the end") << 26 << 0 << QByteArray("");
    QTest::newRow("beyond the end") << 27 << -1 << QByteArray();
    QTest::newRow("too much") << 22 << 5 << QByteArray();
    QTest::newRow("one too much") << 26 << 1 << QByteArray();
    QTest::newRow("negative offset") << -1 << -1 << QByteArray();
    QTest::newRow("negative size") << 4 << -2 << QByteArray();
}

void TestConnection::partsOfBytes()
{
    QFETCH(int, offset);
    QFETCH(int, size);
    QFETCH(QByteArray, received);
    auto [a, b] = pipe();
    const int error = errnoOf([&, &end = a] { end.sendBytes("abcdefghijklmnopqrstuvwxyz", offset, size); });
    QCOMPARE(error, received.isNull() ? EINVAL : 0);
    if (error == 0)
        QCOMPARE(b.recvBytes(), received);
    else
        QVERIFY(!b.poll());
}

void TestConnection::badFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("tornness");
    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("cut head") << QByteArray("\0\0", 2) << 1;
    QTest::newRow("cut long head") << QByteArray("\xff\xff\xff\xff\0\0\0\0\0", 9) << 1;
    QTest::newRow("cut body") << QByteArray("\0\0\0\5abc", 7) << 1;
    QTest::newRow("largest short length") << QByteArray("\x7f\xff\xff\xff"
                                                        "abc",
        7) << 1;
    QTest::newRow("huge length") << QByteArray("\xff\xff\xff\xff\x10\0\0\0\0\0\0\0abc", 15) << 1;
    QTest::newRow("negative length") << QByteArray("\xff\xff\xff\xfe\0\0\0\0", 8) << -1;
    QTest::newRow("length beyond memory") << QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12) << -1;
}

void TestConnection::badFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, tornness);
    auto [end, wire] = socketPair();
    const Connection connection(std::move(end));
    QCOMPARE(::write(wire.get(), bytes.constData(), static_cast<std::size_t>(bytes.size())), bytes.size());
    wire.reset();
    if (tornness < 0) {
        QVERIFY_THROWS_EXCEPTION(DecodeError, connection.recvBytes());
        QVERIFY(!connection.isReadable());
    } else {
        QCOMPARE(tornnessOf([&] { connection.recvBytes(); }), tornness);
    }
}

void TestConnection::setNonBlocking(int fd)
{
    checked("fcntl", ::fcntl(fd, F_SETFL, checked("fcntl", ::fcntl(fd, F_GETFL)) | O_NONBLOCK));
}

void TestConnection::signalsDoNotDisturb()
{
    static std::atomic<int> signalCount;
    signalCount = 0;
    struct sigaction action = {};
    struct sigaction before = {};
    action.sa_handler = [](int) { ++signalCount; };
    checked("sigaction", ::sigaction(SIGUSR1, &action, &before));

    auto [a, b] = pipe();
    const QByteArray large(8'000'000, 'x');
    std::thread other([&, &end = b] {
        end.recv<int>();
        end.sendBytes(large);
        end.poll(QDeadlineTimer::Forever);
        end.recv<int>();
    });
    auto disturb = [&, next = 0]() mutable {
        for (next += 200; signalCount < next;) {
            ::pthread_kill(other.native_handle(), SIGUSR1);
            std::this_thread::yield();
        }
    };
    disturb();
    a.send(1);
    disturb();
    QCOMPARE(a.recvBytes(), large);
    disturb();
    a.send(2);
    other.join();
    checked("sigaction", ::sigaction(SIGUSR1, &before, nullptr));
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
