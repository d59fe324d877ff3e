// SPDX-License-Identifier: MIT
#include "problem.h"

#include <procession/job/inputs/quantity.h>

#include <QtTest/QTest>

using namespace procession;
using namespace std::chrono_literals;

class TestQuantity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durations_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("milliseconds");
        const auto add = [](const char *text, std::chrono::milliseconds time) {
            QTest::newRow(text) << QByteArray(text) << qint64(time.count());
        };
        add("0", 0ms);
        add("30", 30s);
        add("1.5", 1500ms);
        add(".25", 250ms);
        add("500ms", 500ms);
        add("0.4ms", 0ms);
        add("2m", 2min);
        add("2M", 2min);
        add("1h30m", 90min);
        add("1h30", 1h + 30s);
        add("1.5d", 36h);
        add("1d2h3m4s5ms", 26h + 3min + 4s + 5ms);
        add("1MS", 1ms);
    }

    void durations()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, milliseconds);
        QCOMPARE(qint64(parseDuration(text).count()), milliseconds);
    }

    void refusesDurations_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "x", "-1", "+1", "1x", "m", "1 m", " 1", "1 ", "1..2", ".", "1e3", "nan", "inf", "5%",
                 "1h30m2w", "99999999999999999d"})
            QTest::newRow(text) << QByteArray(text);
    }

    void refusesDurations()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(problemOf([&] { parseDuration(text); }), QByteArray("quantity.duration"));
    }

    void timeLimits()
    {
        QVERIFY(parseTimeLimit("200%") == (TimeLimit{0ms, 200}));
        QVERIFY(parseTimeLimit("2m") == (TimeLimit{2min, 0}));
        for (const char *text : {"0%", "-5%", "%", "5%%", "x"})
            QCOMPARE(problemOf([&] { parseTimeLimit(text); }), QByteArray("quantity.time-limit"));
    }

    void workers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("workers");
        const auto add = [](const char *text, int workers) { QTest::newRow(text) << QByteArray(text) << workers; };
        add("4", 4);
        add("+2", 10);
        add("-1", 7);
        add("-8", 1);
        add("-100", 1);
        add("150%", 12);
        add("30%", 3); // 2.4, rounded up
        add("1%", 1);
        add("0%", 1);
        add("0", 250);
    }

    void workers()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, workers);
        QCOMPARE(parseWorkerCount(text, 8, 250), workers);
    }

    void refusesWorkers_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
            {"", "x", "+", "-", "++1", "+-1", "1.5", "%", "1%%", " 1", "1 ", "99999999999", "9999999999%", "2000000"})
            QTest::newRow(text) << QByteArray(text);
    }

    void refusesWorkers()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(problemOf([&] { parseWorkerCount(text, 8, 250); }), QByteArray("quantity.workers"));
    }

    void sizes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("bytes");
        const auto add = [](const char *text, qint64 bytes) { QTest::newRow(text) << QByteArray(text) << bytes; };
        add("0", 0);
        add("512", 512);
        add("10k", 10'000);
        add("10K", 10'240);
        add("10ki", 10'240);
        add("10Ki", 10'240);
        add("500M", 500LL << 20);
        add("1m", 1'000'000);
        add("1mi", 1 << 20);
        add("1.5G", 3LL << 29);
        add("1g", 1'000'000'000);
        add("2T", 2LL << 40);
        add("1P", 1LL << 50);
        add("7E", 7LL << 60);
    }

    void sizes()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, bytes);
        QCOMPARE(parseSize(text), bytes);
    }

    void refusesSizes_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "k", "1x", "-1", "1kk", "1ii", "1i", "1 k", "8E", "1e9", "1Kib", "99999999999999999999"})
            QTest::newRow(text) << QByteArray(text);
    }

    void refusesSizes()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(problemOf([&] { parseSize(text); }), QByteArray("quantity.size"));
    }

    void namesInputReasonAndRemedy()
    {
        try {
            parseDuration("soon");
            QFAIL("accepted");
        } catch (const InvalidInput &invalid) {
            QCOMPARE(invalid.input(), QByteArray("soon"));
            QVERIFY(!invalid.detail().isEmpty());
            QVERIFY(QByteArray(invalid.what()).startsWith("\"soon\" is no time: write "));
        }
    }
};

QTEST_GUILESS_MAIN(TestQuantity)
#include "tst_quantity.moc"
