// SPDX-License-Identifier: MIT
#include <procession/ipc/connectionnotifier.h>
#include <procession/ipc/pipe.h>

#include <QtTest/QtTest>

#include <numeric>
#include <thread>

using namespace procession;

class TestConnectionNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfEachMessageAndOfTheEnd()
    {
        auto [a, b] = pipe();
        ConnectionNotifier notifier(a);
        QList<int> received;
        QEventLoop loop;
        connect(&notifier, &ConnectionNotifier::readyRead, this,
            [&, &end = notifier.connection()] { received.append(end.recv<int>()); });
        connect(&notifier, &ConnectionNotifier::readChannelFinished, &loop, &QEventLoop::quit);
        std::thread sender([end = b]() mutable {
            for (int i = 0; i < 100; ++i)
                end.send(i);
            end.close();
        });
        loop.exec();
        sender.join();
        QList<int> expected(100);
        std::iota(expected.begin(), expected.end(), 0);
        QCOMPARE(received, expected);
    }

    void endIsToldOnce()
    {
        auto [a, b] = pipe();
        ConnectionNotifier notifier(a);
        QSignalSpy ends(&notifier, &ConnectionNotifier::readChannelFinished);
        QSignalSpy messages(&notifier, &ConnectionNotifier::readyRead);
        b.close();
        QVERIFY(ends.wait());
        notifier.setEnabled(true);
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(ends.count(), 1);
        QCOMPARE(messages.count(), 0);
    }

    void disabledSaysNothing()
    {
        auto [a, b] = pipe();
        ConnectionNotifier notifier(a);
        QSignalSpy messages(&notifier, &ConnectionNotifier::readyRead);
        notifier.setEnabled(false);
        b.send(1);
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(messages.count(), 0);
        notifier.setEnabled(true);
        QVERIFY(messages.wait());
    }

    // The receiver may do away with the notifier when it has what it wanted.
    void mayBeDeletedByItsReceiver()
    {
        auto [a, b] = pipe();
        auto notifier = std::make_unique<ConnectionNotifier>(a);
        int received = 0;
        connect(notifier.get(), &ConnectionNotifier::readyRead, this, [&, &end = a] {
            received = end.recv<int>();
            notifier.release()->deleteLater();
        });
        b.send(5);
        QTRY_COMPARE(received, 5);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!notifier);
    }

    void needsOneThatCanReceive()
    {
        auto [reader, writer] = pipe(Duplex::No);
        QVERIFY_THROWS_EXCEPTION(SystemError, ConnectionNotifier{writer});
        reader.close();
        QVERIFY_THROWS_EXCEPTION(SystemError, ConnectionNotifier{reader});
    }
};

QTEST_GUILESS_MAIN(TestConnectionNotifier)
#include "tst_connectionnotifier.moc"
