// SPDX-License-Identifier: MIT
#include <procession/platform/system/systemload.h>

#include <QtTest/QtTest>

#include <QtCore/QProcess>

#include <csignal>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

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

    void aStoppedProcessOfATree()
    {
        QProcess process;
        process.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("sleep 100 & echo $!; wait")});
        QVERIFY(process.waitForReadyRead());
        const auto child = static_cast<pid_t>(process.readAllStandardOutput().trimmed().toInt());
        QVERIFY(!processTreeUsage(process.processId()).isStopped);
        QCOMPARE(::kill(child, SIGSTOP), 0);
        QTRY_VERIFY(processTreeUsage(process.processId()).isStopped);
        QCOMPARE(::kill(child, SIGKILL), 0);
        QVERIFY(process.waitForFinished());
    }

    /// As strace has it at each call of what it watches.
    void aTracedProcessIsNotStopped()
    {
        const pid_t child = ::fork();
        if (child == 0) {
            ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
            ::raise(SIGSTOP);
            ::_exit(0);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, WUNTRACED), child);
        const ProcessUsage usage = processTreeUsage(child);
        ::kill(child, SIGKILL);
        ::waitpid(child, &status, 0);
        QVERIFY(!usage.isStopped);
    }

    void usageOfNobody() { QCOMPARE(processTreeUsage(0x7ffffff0).memory, 0); }
};

QTEST_GUILESS_MAIN(tst_SystemLoad)
#include "tst_systemload.moc"
