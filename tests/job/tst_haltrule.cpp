// SPDX-License-Identifier: MIT
#include "problem.h"

#include <procession/job/task/haltrule.h>

#include <QtTest/QTest>

using procession::HaltRule;
using When = HaltRule::When;
using Count = HaltRule::Count;

class TestHaltRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("never") << QByteArray("never") << QByteArray("never");
        QTest::newRow("count") << QByteArray("now,fail=1") << QByteArray("now,fail=1");
        QTest::newRow("success") << QByteArray("soon,success=3") << QByteArray("soon,success=3");
        QTest::newRow("percent") << QByteArray("soon,fail=20%") << QByteArray("soon,fail=20%");
        QTest::newRow("part of a percent") << QByteArray("now,done=0.5%") << QByteArray("now,done=0.5%");
        QTest::newRow("short never") << QByteArray("0") << QByteArray("never");
        QTest::newRow("short soon") << QByteArray("1") << QByteArray("soon,fail=1");
        QTest::newRow("short now") << QByteArray("2") << QByteArray("now,fail=1");
        QTest::newRow("short success") << QByteArray("-2") << QByteArray("now,success=1");
        QTest::newRow("short percent") << QByteArray("15%") << QByteArray("soon,fail=15%");
    }

    void parses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, written);
        const HaltRule rule = HaltRule::parse(text);
        QCOMPARE(rule.toText(), written);
        QVERIFY(HaltRule::parse(rule.toText()) == rule);
    }

    void knowsTheParts()
    {
        QVERIFY(HaltRule::parse("now,done=5") == (HaltRule{When::Now, Count::Ended, 5, 0}));
        QVERIFY(HaltRule::parse("soon,success=12.5%") == (HaltRule{When::Soon, Count::Succeeded, 0, 12.5}));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "now", "now,fail", "now,fail=", "now,fail=0", "now,fail=-1", "now,fail=x", "now,fail=1.5",
                 "now,fail=0%", "now,fail=101%", "now,fail=nan%", "later,fail=1", "now,failed=1", "now=1,fail", "NEVER", "3",
                 "now,fail=99999999999", "%", "now,fail=1 "})
            QTest::newRow(text) << QByteArray(text);
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(problemOf([&] { HaltRule::parse(text); }), QByteArray("halt.rule"));
    }

    void namesWhatIsAllowed()
    {
        try {
            HaltRule::parse("sometimes");
            QFAIL("accepted");
        } catch (const procession::InvalidInput &invalid) {
            QCOMPARE(invalid.input(), QByteArray("sometimes"));
            QVERIFY(invalid.detail().contains("now"));
            QVERIFY(QByteArray(invalid.what()).contains("\"sometimes\""));
        }
    }

    void countsTasks()
    {
        QVERIFY(!HaltRule().applies(1000, 1000, 2000));
        const HaltRule failed = HaltRule::parse("now,fail=2");
        QVERIFY(!failed.applies(1, 50, 100));
        QVERIFY(failed.applies(2, 0, 100));
        const HaltRule succeeded = HaltRule::parse("now,success=2");
        QVERIFY(!succeeded.applies(50, 1, 100));
        QVERIFY(succeeded.applies(50, 2, 100));
        const HaltRule ended = HaltRule::parse("now,done=3");
        QVERIFY(!ended.applies(1, 1, 100));
        QVERIFY(ended.applies(1, 2, 100));
    }

    void percentageIsOfAllTasksAndWaitsForThree()
    {
        const HaltRule rule = HaltRule::parse("soon,fail=10%");
        QVERIFY(!rule.applies(2, 0, 10));
        QVERIFY(rule.applies(1, 2, 10));
        QVERIFY(!rule.applies(9, 50, 100));
        QVERIFY(rule.applies(10, 0, 100));
    }
};

QTEST_GUILESS_MAIN(TestHaltRule)
#include "tst_haltrule.moc"
