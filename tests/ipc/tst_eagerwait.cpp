// SPDX-License-Identifier: MIT
#include <procession/ipc/eagerwait.h>

#include <QtTest/QtTest>

using namespace procession;

class TestEagerWait : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesWhatComesInTheMeantime();
    void triesLessAfterWaitingInVain();
    void triesAgainAfterSuccess();
    void looksSteadilyForAMoment();
};

namespace {

/// How often a wait looked for what never comes.
int looksInVain(EagerWait &wait)
{
    int looks = 0;
    wait.tryFor([&looks] {
        ++looks;
        return false;
    });
    return looks;
}

/// Waits until it is worth a try again; returns how many waits that took.
int skippedWaits(EagerWait &wait)
{
    int skipped = 0;
    while (looksInVain(wait) == 0)
        ++skipped;
    return skipped;
}

} // namespace

void TestEagerWait::seesWhatComesInTheMeantime()
{
    EagerWait wait;
    int looks = 0;
    QVERIFY(wait.tryFor([&looks] { return ++looks == 2; }));
    QCOMPARE(looks, 2);
}

void TestEagerWait::triesLessAfterWaitingInVain()
{
    EagerWait wait;
    for (const int skipped : {0, 1, 3, 7, 15, 31, 63, 127, 127})
        QCOMPARE(skippedWaits(wait), skipped);
}

void TestEagerWait::triesAgainAfterSuccess()
{
    EagerWait wait;
    for (const int skipped : {0, 1, 3})
        QCOMPARE(skippedWaits(wait), skipped);
    while (!wait.tryFor([] { return true; })) { }
    QCOMPARE(skippedWaits(wait), 0);
    QCOMPARE(skippedWaits(wait), 1);
}

void TestEagerWait::looksSteadilyForAMoment()
{
    int looks = 0;
    QVERIFY(EagerWait::lookSteadily([&looks] { return ++looks == 2; }));
    QCOMPARE(looks, 2);
    QVERIFY(!EagerWait::lookSteadily([] { return false; }));
}

QTEST_APPLESS_MAIN(TestEagerWait)
#include "tst_eagerwait.moc"
