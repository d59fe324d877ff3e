// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <procession/ipc/pipe.h>
#include <procession/queue/queue.h>

#include <leakprobe.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 20s;

} // namespace

/// Sends back what it gets until it is told 0, and closes its connection.
class Echo : public Process
{
    Q_OBJECT
    Q_PROPERTY(procession::Connection connection MEMBER m_connection)
    Q_PROPERTY(int factor MEMBER m_factor)

public:
    Q_INVOKABLE Echo() = default;

    void run() override
    {
        for (int number = m_connection.recv<int>(); number != 0; number = m_connection.recv<int>())
            m_connection.send(number * m_factor);
        m_connection.close();
    }

private:
    Connection m_connection;
    int m_factor = 1;
};

class TestProcessProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConnectionIsClosedOnBothSides_data() { addStartMethods(); }
    void aConnectionIsClosedOnBothSides();
    void dynamicOnesToo_data() { addStartMethods(); }
    void dynamicOnesToo();
};

// As of an argument: the end that stays behind is closed, and the child has its own, which it closes itself.
void TestProcessProperties::aConnectionIsClosedOnBothSides()
{
    QFETCH(const StartMethod, method);
    setStartMethod(method, true);
    Process([] {}).start(); // what is there from the first use on
    const LeakProbe probe;
    {
        auto [ours, theirs] = pipe();
        Echo echo;
        echo.setProperty("connection", QVariant::fromValue(theirs));
        echo.setProperty("factor", 3);
        echo.start();
        theirs.close();
        const Descriptor other = openNull(); // takes the number that has become free
        ours.send(2);
        QVERIFY(ours.poll(Patience));
        QCOMPARE(ours.recv<int>(), 6);
        ours.send(0);
        QVERIFY(echo.join(Patience));
        QCOMPARE(echo.exitCode(), 0);
        QVERIFY(other.duplicate().isValid()); // it was not closed by anybody else
        if (method == StartMethod::Thread) { // elsewhere the object here has the one that stays behind, which is closed
            QVERIFY(ours.poll(Patience));
            QVERIFY_THROWS_EXCEPTION(EndOfFile, ours.recv<int>()); // nobody has the other end
        }
    }
    QCOMPARE(probe.leaks(), QByteArray());
}

void TestProcessProperties::dynamicOnesToo()
{
    QFETCH(const StartMethod, method);
    setStartMethod(method, true);
    auto [ours, theirs] = pipe();
    Echo echo;
    echo.setProperty("connection", QVariant::fromValue(theirs));
    echo.setProperty("spare", QVariantList{QVariant::fromValue(theirs)});
    echo.start();
    const auto spare = echo.property("spare").toList().constFirst().value<Connection>();
    QCOMPARE(spare == theirs, method != StartMethod::Thread);
    theirs.close();
    ours.send(4);
    QCOMPARE(ours.recv<int>(), 4);
    ours.send(0);
    QVERIFY(echo.join(Patience));
    QCOMPARE(echo.exitCode(), 0);
}

PROCESSION_TEST_MAIN(TestProcessProperties)
#include "tst_processproperties.moc"
