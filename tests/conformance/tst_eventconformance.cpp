// SPDX-License-Identifier: MIT
// What CPython's _TestEvent checks.
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/sync/event.h>

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

using namespace mp;

namespace {

void setIt(const Event &event) { event.set(); }

} // namespace

class EventConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void setAndClear();
};

void EventConformance::setAndClear()
{
    const Event event = context().event();
    QVERIFY(!event.isSet());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!event.wait(QDeadlineTimer(0)));
    QVERIFY(!event.wait(QDeadlineTimer(50)));
    QVERIFY(timer.elapsed() >= 50);
    event.set();
    QVERIFY(event.isSet());
    QVERIFY(event.wait());
    QVERIFY(event.wait(QDeadlineTimer(LongTime)));
    event.clear();
    QVERIFY(!event.isSet());

    Process process(&setIt, event);
    process.start();
    QVERIFY(event.wait(QDeadlineTimer(LongTime)));
    QVERIFY(process.join(QDeadlineTimer(LongTime)));
    QCOMPARE(process.exitCode(), 0);
}

PROCESSION_TEST_MAIN(EventConformance)
#include "tst_eventconformance.moc"
