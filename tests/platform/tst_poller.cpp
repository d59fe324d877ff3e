// SPDX-License-Identifier: MIT
#include <procession/platform/base/poller.h>

#include <QtTest/QtTest>

#include <thread>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

class tst_Poller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readiness()
    {
        Poller poller;
        auto [readEnd, writeEnd] = Descriptor::pipe();
        poller.add(readEnd.get(), 42);
        std::vector<quint64> ready;
        poller.wait(QDeadlineTimer(0ms), ready);
        QVERIFY(ready.empty());
        QCOMPARE(::write(writeEnd.get(), "x", 1), 1);
        poller.wait(QDeadlineTimer(10s), ready);
        QCOMPARE(ready, std::vector<quint64>{42});
        poller.remove(readEnd.get());
        poller.wait(QDeadlineTimer(0ms), ready);
        QVERIFY(ready.empty());
    }

    void otherEndClosed()
    {
        Poller poller;
        auto [readEnd, writeEnd] = Descriptor::pipe();
        poller.add(readEnd.get(), 7);
        writeEnd.reset();
        std::vector<quint64> ready;
        poller.wait(QDeadlineTimer(10s), ready);
        QCOMPARE(ready, std::vector<quint64>{7});
    }

    void wakeFromAnotherThread()
    {
        Poller poller;
        std::thread other([&poller] { poller.wake(); });
        std::vector<quint64> ready{1};
        poller.wait(QDeadlineTimer(QDeadlineTimer::Forever), ready);
        QVERIFY(ready.empty());
        other.join();
        poller.wait(QDeadlineTimer(0ms), ready); // a wake-up counts once
        QVERIFY(ready.empty());
    }

    void deadline()
    {
        Poller poller;
        std::vector<quint64> ready;
        QElapsedTimer timer;
        timer.start();
        poller.wait(QDeadlineTimer(30ms), ready);
        QVERIFY(timer.elapsed() >= 30);
    }
};

QTEST_GUILESS_MAIN(tst_Poller)
#include "tst_poller.moc"
