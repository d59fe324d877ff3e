// SPDX-License-Identifier: GPL-3.0-or-later
// procession run as process 1, as in a container without an init.
#include "programrun.h"

#include <QtTest/QtTest>

class TestRunAsInit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (asInit("exec true").status != 0)
            QSKIP("this system lets nobody here make a namespace for processes");
    }
    void leavesNoZombies();
    void endsAsTheTasksDid();
    void passesSignalsOn();

private:
    ProgramResult asInit(const QByteArray &script) const
    {
        m_runner.write(QStringLiteral("init"), script);
        return m_runner.shell("exec unshare --map-root-user --pid --fork --mount-proc sh init");
    }

    ProgramRunner m_runner;
};

void TestRunAsInit::leavesNoZombies()
{
    // Each of the first tasks leaves a process, which is killed; the last one counts those that nobody has reaped, until there are none.
    const ProgramResult result
        = asInit("exec \"$PROCESSION\" run -k -j1 'if test {} -lt 6; then sleep 100 & exit 0; fi; n=0; while true; do "
                 "z=$(cat /proc/[0-9]*/stat 2>/dev/null | grep -c \") Z \"); test $z = 0 && break; test $n = 500 && break; "
                 "n=$((n+1)); sleep 0.01; done; echo $z' ::: 1 2 3 4 5 6");
    QCOMPARE(result.out, QByteArray("0\n"));
    QCOMPARE(result.status, 0);
}

void TestRunAsInit::endsAsTheTasksDid() { QCOMPARE(asInit("exec \"$PROCESSION\" run exit ::: 0 3 4").status, 2); }

void TestRunAsInit::passesSignalsOn()
{
    const ProgramResult result
        = m_runner.shell("echo 'exec \"$PROCESSION\" run \"touch started; sleep 100; : {}\" ::: 1' > init\n"
                         "unshare --map-root-user --pid --fork --mount-proc sh init & p=$!\n"
                         "while ! test -e started; do sleep 0.01; done\n"
                         "kill -TERM $(pgrep -P $p); wait $p; echo $?");
    QCOMPARE(result.out, QByteArray("143\n"));
    QTRY_COMPARE(m_runner.living(), QByteArrayList());
}

QTEST_GUILESS_MAIN(TestRunAsInit)
#include "tst_runasinit.moc"
