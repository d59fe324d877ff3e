// SPDX-License-Identifier: MIT
#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>
#include <procession/memory/arena/processslot.h>
#include <procession/memory/arena/sweep.h>
#include <procession/platform/child/forkprocess.h>
#include <procession/platform/processes/processalive.h>

#include <QtTest/QtTest>

#include <csignal>
#include <unistd.h>
#include <utility>

using namespace procession;

namespace {

/// A process that lives until the test ends.
class Sleeper
{
public:
    Sleeper() : m_process(forkProcess())
    {
        while (!m_process)
            ::pause();
    }
    ~Sleeper() { end(); }
    Q_DISABLE_COPY_MOVE(Sleeper)

    qint64 pid() const { return m_process->pid(); }
    void end()
    {
        if (std::exchange(m_hasEnded, true))
            return;
        m_process->signal(SIGKILL);
        m_process->reap();
    }

private:
    std::optional<ChildProcess> m_process;
    bool m_hasEnded = false;
};

ProcessRecord &recordOf(const ProcessSlot &slot) { return Arena::get().map().processes()[slot.index()]; }

} // namespace

class TestSweep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ownProcess(); }
    void numbers_data();
    void numbers();
    void ended();
    void received_data();
    void received();
};

void TestSweep::numbers_data()
{
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<qint64>("later"); // ticks from the start of the process to when it was seen alive
    QTest::addColumn<bool>("isSwept");
    QTest::newRow("has not told") << false << qint64(0) << false;
    QTest::newRow("told at once") << true << qint64(0) << false;
    QTest::newRow("told later") << true << qint64(1) << false;
    QTest::newRow("of another process, started since") << true << qint64(-1) << true;
}

/// The system gives numbers of processes again.
void TestSweep::numbers()
{
    QFETCH(bool, isKnown);
    QFETCH(qint64, later);
    QFETCH(bool, isSwept);
    const Sleeper sleeper;
    const quint64 start = processStartTime(sleeper.pid());
    QVERIFY(start != 0 && start <= ticksSinceBoot());
    ProcessSlot slot = ProcessSlot::forChild("child", "sleeps", false);
    slot.setPid(sleeper.pid());
    recordOf(slot).aliveAt = isKnown ? start + static_cast<quint64>(later) : 0;
    sweepEndedProcesses();
    QCOMPARE(recordOf(slot).state.load() == ProcessRecord::Free, isSwept);
}

void TestSweep::ended()
{
    Sleeper sleeper;
    ProcessSlot slot = ProcessSlot::forChild("child", "sleeps", false);
    slot.setPid(sleeper.pid());
    recordOf(slot).aliveAt = ticksSinceBoot();
    sleeper.end();
    sweepEndedProcesses();
    QCOMPARE(recordOf(slot).state.load(), quint32(ProcessRecord::Free));
}

void TestSweep::received_data()
{
    QTest::addColumn<bool>("isAnotherUnderWay");
    QTest::newRow("the last message with it") << false;
    QTest::newRow("another one is under way") << true;
}

/// A process took an object's handle out of a message and was killed before it saw whether anybody else needs the object.
void TestSweep::received()
{
    QFETCH(bool, isAnotherUnderWay);
    Sleeper sleeper;
    ProcessSlot slot = ProcessSlot::forChild("child", "receives", false);
    slot.setPid(sleeper.pid());
    recordOf(slot).aliveAt = ticksSinceBoot();
    const ObjectId object = makeObject(ObjectKind::Lock);
    ObjectRecord *record = recordOf(object);
    noteSent(*record);
    if (isAnotherUnderWay)
        noteSent(*record);
    dropObject(object, ownProcess());
    noteReceived(*record);
    QVERIFY(recordOf(object));
    sleeper.end();
    sweepEndedProcesses();
    QCOMPARE(recordOf(object) != nullptr, isAnotherUnderWay);
}

QTEST_GUILESS_MAIN(TestSweep)
#include "tst_sweep.moc"
