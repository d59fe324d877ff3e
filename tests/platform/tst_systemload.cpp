// SPDX-License-Identifier: MIT
#include <procession/systemload.h>

#include <QtTest/QtTest>

#include <QtCore/QProcess>

using namespace procession;

class tst_SystemLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void system()
    {
        QVERIFY(usableCpuCount() >= 1);
        QVERIFY(usableCpuCount() <= QThread::idealThreadCount());
        QVERIFY(availableMemory() > 1'000'000);
        QVERIFY(systemLoad() >= 0);
    }

    void usageOfATree()
    {
        // The shell waits while its child holds memory: what is counted is not in the shell.
        QProcess process;
        process.start(QStringLiteral("sh"),
            {QStringLiteral("-c"),
                QStringLiteral("python3 -c 'b = bytearray(60_000_000); print(1, flush=True); input()'; true")});
        QVERIFY(process.waitForReadyRead());
        QVERIFY(processTreeUsage(process.processId()).memory > 60'000'000);
        QVERIFY(processTreeUsage(process.processId()).cpuTime > 0);
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
    }

    void usageOfNobody() { QCOMPARE(processTreeUsage(0x7ffffff0).memory, 0); }
};

QTEST_GUILESS_MAIN(tst_SystemLoad)
#include "tst_systemload.moc"
