// SPDX-License-Identifier: MIT
#include <procession/platform/processes/processalive.h>

#include <QtCore/QCoreApplication>
#include <QtTest/QtTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace procession;

class TestProcessAlive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thisOne() { QVERIFY(isProcessAlive(QCoreApplication::applicationPid())); }

    void none()
    {
        QVERIFY(!isProcessAlive(0));
        QVERIFY(!isProcessAlive(-1));
    }

    void oneThatEndedAndOneThatWasReaped()
    {
        const pid_t child = fork();
        QVERIFY(child >= 0);
        if (child == 0)
            _exit(0);
        QTRY_VERIFY(!isProcessAlive(child)); // a zombie until the next line
        QCOMPARE(waitpid(child, nullptr, 0), child);
        QVERIFY(!isProcessAlive(child));
    }
};

QTEST_GUILESS_MAIN(TestProcessAlive)
#include "tst_processalive.moc"
