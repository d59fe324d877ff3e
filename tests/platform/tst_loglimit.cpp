// SPDX-License-Identifier: MIT
#include <procession/platform/base/loglimit.h>

#include <QtTest/QtTest>

#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(testLog, "test.limit", QtWarningMsg)

QStringList heard;

void hear(QtMsgType, const QMessageLogContext &context, const QString &text)
{
    heard.append(QString::fromUtf8(context.category) + QStringLiteral(": ") + text);
}

} // namespace

class TestLogLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBurstAndThenOneInEachPause();
    void aLineSaysHowManyWereHeldBack();
    void aCategoryThatIsOffCostsNothing();
    void fromManyThreads();
};

void TestLogLimit::aBurstAndThenOneInEachPause()
{
    LogLimit limit;
    auto now = std::chrono::steady_clock::now();
    for (int i = 0; i < LogLimit::Burst; ++i)
        QVERIFY(limit.take(now));
    for (int i = 0; i < 1'000'000; ++i)
        QVERIFY(!limit.take(now));
    QCOMPARE(limit.takeHeldBack(), 1'000'000);
    for (int i = 0; i < 3; ++i) {
        now += LogLimit::Pause;
        QVERIFY(limit.take(now));
        QVERIFY(!limit.take(now));
    }
    now += LogLimit::Burst * LogLimit::Pause; // a long peace gives all of it back, and no more
    for (int i = 0; i < LogLimit::Burst; ++i)
        QVERIFY(limit.take(now));
    QVERIFY(!limit.take(now));
}

void TestLogLimit::aLineSaysHowManyWereHeldBack()
{
    LogLimit limit;
    heard.clear();
    const QtMessageHandler before = qInstallMessageHandler(hear);
    limit.warn(testLog(), "%s went wrong %d times", "it", 3);
    for (int i = 0; i < 1'000; ++i)
        limit.warn(testLog(), "again");
    qInstallMessageHandler(before);
    QCOMPARE(heard.size(), LogLimit::Burst);
    QCOMPARE(heard.first(), QStringLiteral("test.limit: it went wrong 3 times"));

    // Its turn comes again.
    LogLimit other;
    const auto past = std::chrono::steady_clock::now() - LogLimit::Pause;
    while (other.take(past)) { }
    other.take(past);
    heard.clear();
    qInstallMessageHandler(hear);
    other.critical(testLog(), "all is lost");
    qInstallMessageHandler(before);
    QCOMPARE(heard, QStringList{QStringLiteral("test.limit: all is lost (2 more lines like this were held back)")});
}

void TestLogLimit::aCategoryThatIsOffCostsNothing()
{
    LogLimit limit;
    QLoggingCategory off("test.off", QtFatalMsg);
    for (int i = 0; i < 2 * LogLimit::Burst; ++i)
        limit.warn(off, "nobody hears %d", i);
    QCOMPARE(limit.takeHeldBack(), 0);
    QVERIFY(limit.take());
}

void TestLogLimit::fromManyThreads()
{
    LogLimit limit;
    std::atomic<int> taken = 0;
    const auto now = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 10'000; ++j)
                    taken += limit.take(now) ? 1 : 0;
            });
    }
    QCOMPARE(taken.load(), LogLimit::Burst);
    QCOMPARE(limit.takeHeldBack(), 80'000 - LogLimit::Burst);
}

QTEST_GUILESS_MAIN(TestLogLimit)
#include "tst_loglimit.moc"
