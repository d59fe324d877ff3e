// SPDX-License-Identifier: MIT
#include <procession/job/output/outputrule.h>
#include <procession/platform/base/invalidinput.h>

#include <QtTest/QtTest>

using namespace procession;
using namespace std::chrono_literals;

class tst_OutputRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("size");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("all") << QByteArray("all") << OutputRule::All << qint64(0);
        QTest::newRow("none") << QByteArray("none") << qint64(0) << qint64(0);
        QTest::newRow("zero") << QByteArray("0") << qint64(0) << qint64(0);
        QTest::newRow("size") << QByteArray("2K") << qint64(2048) << qint64(0);
        QTest::newRow("both") << QByteArray("1k,2m") << qint64(1000) << qint64(120'000);
        QTest::newRow("time") << QByteArray("all,1d") << OutputRule::All << qint64(86'400'000);
    }

    void parses()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, size);
        QFETCH(qint64, milliseconds);
        const OutputRule rule = OutputRule::parse(text);
        QCOMPARE(rule.size, size);
        QCOMPARE(qint64(rule.age.count()), milliseconds);
        QVERIFY(OutputRule::parse(rule.toText()) == rule);
    }

    void refuses()
    {
        for (const char *text : {"", "much", "1G,", ",1d", "1G,soon", "-1", "all,1d,2d"})
            QVERIFY_THROWS_EXCEPTION(InvalidInput, OutputRule::parse(text));
    }
};

QTEST_APPLESS_MAIN(tst_OutputRule)
#include "tst_outputrule.moc"
