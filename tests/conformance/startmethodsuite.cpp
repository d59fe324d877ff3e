// SPDX-License-Identifier: MIT
#include "startmethodsuite.h"

#include <procession/ipc/wire/errors.h>

using namespace mp;

StartMethod StartMethodSuite::method() { return chosenStartMethod().value(); }

void StartMethodSuite::initTestCase_data()
{
    QTest::addColumn<StartMethod>("method");
    for (const StartMethod each : allStartMethods())
        QTest::newRow(qPrintable(nameOf(each))) << each;
}

// What a method keeps for the life of this process is there before the first probe.
void StartMethodSuite::initTestCase()
{
    prepare();
    for (const StartMethod each : allStartMethods()) {
        Process process = context(each).process([] {});
        process.start();
        QVERIFY(process.join(QDeadlineTimer(LongTime)));
        QCOMPARE(process.exitCode(), 0);
    }
}

void StartMethodSuite::init()
{
    QFETCH_GLOBAL(StartMethod, method);
    setStartMethod(method, true);
    m_probe.emplace();
}

void StartMethodSuite::cleanup()
{
    if (!QTest::currentTestFailed())
        QCOMPARE(m_probe->leaks(), QByteArray());
}

void waitForWord(const Connection &connection)
{
    try {
        connection.recv<int>();
    } catch (const EndOfFile &) {
        return;
    }
}
