// SPDX-License-Identifier: MIT
#include <procession/job/engine/startthrottle.h>

#include <QtTest/QtTest>

using namespace procession;
using namespace std::chrono_literals;

class tst_StartGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openWithoutRules()
    {
        StartThrottle gate({}, {});
        QVERIFY(gate.isOpen(m_now));
        gate.started(m_now);
        QVERIFY(gate.isOpen(m_now));
        QVERIFY(!gate.opensAt());
    }

    void delay()
    {
        JobOptions options;
        options.delay = 100ms;
        StartThrottle gate(options, {});
        QVERIFY(gate.isOpen(m_now));
        gate.started(m_now);
        QVERIFY(!gate.isOpen(m_now + 99ms));
        QVERIFY(gate.opensAt() == m_now + 100ms);
        QVERIFY(!gate.isHeldBack());
        QVERIFY(gate.isOpen(m_now + 100ms));
    }

    void loadAndMemory()
    {
        JobOptions options;
        options.maxLoad = 2;
        options.minFreeMemory = 1000;
        double load = 3;
        qint64 memory = 2000;
        StartThrottle gate(options, {[&] { return load; }, [&] { return memory; }});
        QVERIFY(!gate.isOpen(m_now));
        QVERIFY(gate.isHeldBack());
        QVERIFY(gate.opensAt() > m_now);
        load = 1;
        QVERIFY(!gate.isOpen(m_now + 1ms)); // it is not looked at again so soon
        QVERIFY(gate.isOpen(*gate.opensAt()));
        memory = 999;
        QVERIFY(!gate.isOpen(m_now + 10s));
        memory = 1000;
        QVERIFY(gate.isOpen(m_now + 20s));
        QVERIFY(!gate.isHeldBack());
    }

    void shortage()
    {
        StartThrottle gate({}, {});
        gate.ranShort();
        QVERIFY(!gate.isOpen(m_now));
        QVERIFY(!gate.opensAt()); // time alone does not help
        gate.attemptEnded();
        QVERIFY(gate.isOpen(m_now));
    }

private:
    const StartThrottle::TimePoint m_now{1h};
};

QTEST_GUILESS_MAIN(tst_StartGate)
#include "tst_startthrottle.moc"
