// SPDX-License-Identifier: MIT
#include <procession/pipe.h>
#include <procession/wait.h>

#include <QtTest/QtTest>

#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace procession;

class TestConnection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void t()
    {
        auto [a, b] = pipe();
        a.send(42);
        QCOMPARE(b.recv<int>(), 42);
        a.send(b);
        Connection c = b.recv<Connection>();
        a.sendBytes("hello");
        QCOMPARE(c.recvBytes(), QByteArray("hello"));
        QCOMPARE(wait({a, b}, QDeadlineTimer(0)).size(), 0U);
        QCOMPARE(wait(std::vector{a, b}, QDeadlineTimer(0)).size(), 0U);
    }
    void raw()
    {
        int s[2];
        socketpair(AF_UNIX, SOCK_STREAM, 0, s);
        std::thread t([&] {
            char x[16];
            ssize_t n;
            while ((n = ::read(s[1], x, 16)) > 0)
                if (::write(s[1], x, size_t(n)) < 0)
                    return;
        });
        char x[13] = {};
        QBENCHMARK
        {
            if (::write(s[0], x, 13) < 0 || ::read(s[0], x, 13) < 0)
                abort();
        }
        ::shutdown(s[0], SHUT_RDWR);
        t.join();
    }
    void bench()
    {
        auto [a, b] = pipe();
        std::thread t([end = b] {
            try {
                for (;;)
                    end.send(end.recv<int>());
            } catch (EndOfFile &) {
            }
        });
        b = Connection();
        QBENCHMARK
        {
            a.send(1);
            a.recv<int>();
        }
        ::shutdown(a.fileno(), SHUT_RDWR);
        t.join();
    }
    void benchBytes()
    {
        auto [a, b] = pipe();
        std::thread t([end = b] {
            try {
                for (;;)
                    end.sendBytes(end.recvBytes());
            } catch (EndOfFile &) {
            }
        });
        b = Connection();
        QBENCHMARK
        {
            a.sendBytes("123456789");
            a.recvBytes();
        }
        ::shutdown(a.fileno(), SHUT_RDWR);
        t.join();
    }
};
QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
