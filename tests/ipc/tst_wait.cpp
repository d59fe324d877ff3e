// SPDX-License-Identifier: MIT
#include "forkedchild.h"

#include <procession/ipc/pipe.h>
#include <procession/ipc/wait.h>
#include <procession/platform/socket/streamsocket.h>

#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {
/// As wait() sees a QAbstractSocket.
class Socket
{
public:
    Socket(qintptr descriptor, qint64 buffered) : m_descriptor(descriptor), m_buffered(buffered) { }
    qintptr socketDescriptor() const { return m_descriptor; }
    qint64 bytesAvailable() const { return m_buffered; }

private:
    qintptr m_descriptor;
    qint64 m_buffered;
};

using Ready = std::vector<Waitable>;
} // namespace

class TestWait : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesOfManyProcesses()
    {
        constexpr int Count = 10;
        std::vector<Connection> readers;
        std::vector<std::unique_ptr<ForkedChild>> children;
        for (int process = 0; process < 4; ++process) {
            auto [reader, writer] = pipe(Duplex::No);
            children.push_back(std::make_unique<ForkedChild>([process, &end = writer] {
                for (int i = 0; i < Count; ++i)
                    end.send(std::pair(process, i));
            }));
            readers.push_back(reader);
        }
        std::vector<int> next(4, 0);
        while (!readers.empty()) {
            for (const Connection &reader : wait(readers)) {
                try {
                    const auto [process, number] = reader.recv<std::pair<int, int>>();
                    QCOMPARE(number, next[static_cast<std::size_t>(process)]++);
                } catch (const EndOfFile &) {
                    readers.erase(std::find(readers.begin(), readers.end(), reader));
                }
            }
        }
        QCOMPARE(next, std::vector<int>(4, Count));
        for (const auto &child : children)
            QCOMPARE(child->join(), 0);
    }

    void objectsOfAllKinds()
    {
        auto [a, b] = pipe();
        auto [readEnd, writeEnd] = Descriptor::pipe();
        auto [socketEnd, otherEnd] = socketPair();
        const Socket socket(socketEnd.get(), 0);
        auto [sentinel, held] = Descriptor::pipe();
        auto [go, start] = pipe();
        ForkedChild child([&, &end = go, &own = start]() mutable {
            own.close();
            end.recv<int>();
        });
        held.reset();
        const Ready all{a, readEnd, &socket, sentinel.get()};
        QCOMPARE(wait(all, QDeadlineTimer(0)), Ready());

        b.send(1);
        QCOMPARE(wait(all), Ready{a});
        QCOMPARE(::write(writeEnd.get(), "x", 1), 1);
        QCOMPARE(::write(otherEnd.get(), "x", 1), 1);
        QCOMPARE(wait(all), (Ready{a, readEnd, &socket}));
        start.send(1);
        QCOMPARE(wait({sentinel.get()}), Ready{sentinel.get()});
        QCOMPARE(wait(all), all);
        QCOMPARE(child.join(), 0);
    }

    void endOfAStreamIsReady()
    {
        auto [a, b] = pipe();
        QCOMPARE(wait({a}, QDeadlineTimer(0)), Ready());
        b.close();
        QCOMPARE(wait({a}), Ready{a});
        auto [readEnd, writeEnd] = Descriptor::pipe();
        writeEnd.reset();
        QCOMPARE(wait({readEnd}), Ready{readEnd});
    }

    void bytesThatASocketHolds()
    {
        auto [first, second] = socketPair();
        auto [a, b] = pipe();
        const Socket socket(first.get(), 3);
        QCOMPARE(wait({a, &socket}), Ready{&socket});
    }

    void deadlines_data()
    {
        QTest::addColumn<QDeadlineTimer>("deadline");
        QTest::addColumn<int>("atLeast"); // ms
        QTest::newRow("passed") << QDeadlineTimer(0) << 0;
        QTest::newRow("negative") << QDeadlineTimer(-1ms) << 0;
        QTest::newRow("short") << QDeadlineTimer(100us) << 0;
        QTest::newRow("30 ms") << QDeadlineTimer(30ms) << 29;
    }
    void deadlines()
    {
        QFETCH(QDeadlineTimer, deadline);
        QFETCH(int, atLeast);
        auto [a, b] = pipe();
        QElapsedTimer timer;
        timer.start();
        if (atLeast > 0)
            deadline = QDeadlineTimer(30ms);
        QCOMPARE(wait({a, b}, deadline), Ready());
        QVERIFY(timer.elapsed() >= atLeast);
        QCOMPARE(wait({}, deadline), Ready());
    }

    void blocksUntilSomethingComes()
    {
        auto [a, b] = pipe();
        auto [c, d] = pipe();
        std::thread other([&, &end = d, &go = b] {
            go.recv<int>();
            end.send(1);
        });
        a.send(1);
        QCOMPARE(wait({a, c}), Ready{c});
        other.join();
    }

    void theSameTwice()
    {
        auto [a, b] = pipe();
        b.send(1);
        QCOMPARE(wait({a, b, a}), (Ready{a, a}));
        QCOMPARE(wait(std::vector{a, a}).size(), 2U);
    }

    void moreThan1024()
    {
        rlimit limit{};
        checked("getrlimit", ::getrlimit(RLIMIT_NOFILE, &limit));
        if (limit.rlim_max < 3000)
            QSKIP("this system allows a process fewer than 3000 descriptors");
        const rlimit before = limit;
        limit.rlim_cur = 3000;
        checked("setrlimit", ::setrlimit(RLIMIT_NOFILE, &limit));
        auto [a, b] = pipe();
        auto [c, d] = pipe();
        std::vector<Descriptor> copies;
        for (int i = 0; i < 2000; ++i)
            copies.emplace_back(checked("fcntl", ::fcntl(a.fileno(), F_DUPFD_CLOEXEC, 0)));
        Ready all(copies.begin(), copies.end());
        all.push_back(c);
        QCOMPARE(wait(all, QDeadlineTimer(0)), Ready());
        d.send(1);
        QCOMPARE(wait(all), Ready{c});
        b.send(1);
        QCOMPARE(wait(all).size(), 2001U);
        copies.clear();
        checked("setrlimit", ::setrlimit(RLIMIT_NOFILE, &before));
    }

    void whatIsClosed()
    {
        auto [a, b] = pipe();
        auto [c, d] = pipe();
        const Ready all{a, c};
        c.close();
        QVERIFY_THROWS_EXCEPTION(SystemError, wait(all));
        QVERIFY_THROWS_EXCEPTION(SystemError, wait({a, c}));
    }
};

QTEST_GUILESS_MAIN(TestWait)
#include "tst_wait.moc"
