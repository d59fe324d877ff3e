// SPDX-License-Identifier: MIT
#include <procession/platform/base/processerror.h>
#include <procession/platform/io/bytefile.h>
#include <procession/platform/system/signalwatcher.h>

#include <QtTest/QtTest>

#include <csignal>

using namespace procession;

class TestSignalWatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emitsWhatComes()
    {
        SignalWatcher watcher({SIGUSR1, SIGUSR2});
        const QSignalSpy spy(&watcher, &SignalWatcher::caught);
        raise(SIGUSR2);
        QCOMPARE(spy.size(), 0); // only from the event loop
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(spy.at(0).at(0).toInt(), SIGUSR2);
        raise(SIGUSR1);
        QTRY_COMPARE(spy.size(), 2);
    }

    void tellsWhoSentIt()
    {
        SignalWatcher watcher({SIGUSR1});
        const QSignalSpy spy(&watcher, &SignalWatcher::caught);
        raise(SIGUSR1);
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(spy.at(0).at(1).toLongLong(), QCoreApplication::applicationPid());
    }

    void leavesIgnoredOnesAlone()
    {
        const auto before = signal(SIGUSR1, SIG_IGN);
        {
            SignalWatcher watcher({SIGUSR1, SIGUSR2});
            const QSignalSpy spy(&watcher, &SignalWatcher::caught);
            raise(SIGUSR1);
            raise(SIGUSR2); // told after the other one
            QTRY_COMPARE(spy.size(), 1);
            QCOMPARE(spy.at(0).at(0).toInt(), SIGUSR2);
        }
        QVERIFY(signal(SIGUSR1, before) == SIG_IGN);
    }

    void mayBeDestroyedByWhoItTells()
    {
        auto watcher = std::make_unique<SignalWatcher>(std::initializer_list<int>{SIGUSR1, SIGUSR2});
        int told = 0;
        connect(watcher.get(), &SignalWatcher::caught, this, [&] {
            ++told;
            watcher.reset();
        });
        raise(SIGUSR1);
        raise(SIGUSR2);
        QTRY_VERIFY(!watcher);
        QCOMPARE(told, 1);
    }

    void givesSignalsBack()
    {
        static volatile sig_atomic_t handled = 0;
        handled = 0;
        signal(SIGUSR1, [](int) { handled = 1; });
        {
            const SignalWatcher watcher({SIGUSR1});
            raise(SIGUSR1);
            QCOMPARE(int(handled), 0);
        }
        QCOMPARE(int(handled), 0); // what was not read is dropped
        raise(SIGUSR1);
        QCOMPARE(int(handled), 1);
    }

    void brokenPipesFail()
    {
        ignoreBrokenPipes();
        auto [readEnd, writeEnd] = Descriptor::pipe();
        readEnd.reset();
        try {
            writeAll(writeEnd.get(), "x");
            QFAIL("it wrote into a broken pipe");
        } catch (const SystemError &error) {
            QCOMPARE(error.number(), EPIPE);
        }
    }
};

QTEST_GUILESS_MAIN(TestSignalWatcher)
#include "tst_signalwatcher.moc"
