// SPDX-License-Identifier: MIT
#include <procession/platform/processes/exitstatus.h>

#include <QtTest/QtTest>

using namespace procession;

class tst_ExitStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exitCode()
    {
        QCOMPARE(ExitStatus::exited(3).exitCode(), 3);
        QCOMPARE(ExitStatus::signaled(15).exitCode(), -15);
        QVERIFY(!ExitStatus::failedToStart(2).exitCode().has_value());
        QVERIFY(!ExitStatus::lost().exitCode().has_value());
        QVERIFY(!ExitStatus().exitCode().has_value());
    }

    void success()
    {
        QVERIFY(ExitStatus::exited(0).isSuccess());
        QVERIFY(!ExitStatus::exited(1).isSuccess());
        QVERIFY(!ExitStatus::signaled(9).isSuccess());
        QVERIFY(!ExitStatus::failedToStart(0).isSuccess());
    }

    void printsItself_data()
    {
        QTest::addColumn<QString>("printed");
        QTest::addColumn<QString>("expected");
        const auto print = [](const ExitStatus &status) {
            QString text;
            QDebug(&text) << status;
            return text.trimmed();
        };
        QTest::newRow("exit") << print(ExitStatus::exited(3)) << QStringLiteral("exit code 3");
        QTest::newRow("signal") << print(ExitStatus::signaled(11, true)) << QStringLiteral("signal 11 (SIGSEGV), core dumped");
        QTest::newRow("start") << print(ExitStatus::failedToStart(2))
                               << QStringLiteral("failed to start: No such file or directory");
    }
    void printsItself()
    {
        QFETCH(QString, printed);
        QFETCH(QString, expected);
        QCOMPARE(printed, expected);
    }

    void signalNames()
    {
        QCOMPARE(signalName(15), "SIGTERM");
        QCOMPARE(signalName(999), "signal 999");
    }
};

QTEST_GUILESS_MAIN(tst_ExitStatus)
#include "tst_exitstatus.moc"
