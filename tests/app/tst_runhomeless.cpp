// SPDX-License-Identifier: GPL-3.0-or-later
// Where there is no home folder, or one that cannot be written: services, containers, the user nobody.
#include "programrun.h"
#include "refusedsystemcall.h"

#include <QtCore/QFile>
#include <QtTest/QtTest>

#include <thread>

class TestRunHomeless : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsUnrecorded_data()
    {
        QTest::addColumn<QByteArray>("environment"); // of env
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("not set") << QByteArray("-u HOME") << QByteArray("HOME is not set");
        QTest::newRow("empty") << QByteArray("HOME=") << QByteArray("HOME is not set");
        QTest::newRow("the root") << QByteArray("HOME=/") << QByteArray("HOME is /");
        QTest::newRow("no path") << QByteArray("HOME=home") << QByteArray("HOME is home");
        QTest::newRow("read-only") << QByteArray("HOME=/proc/nowhere") << QByteArray("/proc/nowhere");
        QTest::newRow("a file") << QByteArray("HOME=plain") << QByteArray("plain");
        QTest::newRow("data folder") << QByteArray("XDG_DATA_HOME=/proc/nowhere") << QByteArray("/proc/nowhere");
    }

    void runsUnrecorded()
    {
        QFETCH(QByteArray, environment);
        QFETCH(QByteArray, reason);
        m_runner.write(QStringLiteral("plain"), "no folder\n");
        if (environment == "HOME=plain")
            environment = "HOME=" + QFile::encodeName(m_runner.path(QStringLiteral("plain")));
        const QByteArray command = "env -u PROCESSION_STORE -u XDG_DATA_HOME " + environment + " \"$PROCESSION\" ";
        const ProgramResult result = m_runner.shell(command + "run -k 'echo {}; head -c 200000 /dev/zero | wc -c' ::: 1 2");
        QCOMPARE(result.out, QByteArray("1\n200000\n2\n200000\n"));
        QCOMPARE(result.status, 0);
        QVERIFY2(result.err.contains(reason) && result.err.contains("this job is not recorded"), result.err.constData());
        QCOMPARE(result.err.count('\n'), 1);

        const ProgramResult quiet = m_runner.shell(command + "run --no-store echo ::: 1");
        QCOMPARE(quiet.err, QByteArray());
        QCOMPARE(m_runner.shell(command + "run --store own.sqlite echo ::: 1").err, QByteArray());
        for (const char *verb :
            {"run --resume echo ::: 1", "jobs", "jobs show 1", "jobs resume 1", "jobs remove 1", "jobs prune"}) {
            const ProgramResult refused = m_runner.shell(command + verb);
            QVERIFY2(refused.status == 255 && refused.out.isEmpty() && refused.err.count('\n') == 1, refused.err.constData());
            QVERIFY2(refused.err.contains(reason), refused.err.constData());
        }
        QCOMPARE(
            m_runner.shell(command + "run --joblog log --resume echo ::: 1 2>err; cat log | wc -l").out, QByteArray("1\n2\n"));
        QVERIFY(QFile::remove(m_runner.path(QStringLiteral("log"))));
        QVERIFY(!QFile::exists(QStringLiteral("/.local")));
        QVERIFY(!QFile::exists(m_runner.path(QStringLiteral("home"))));
    }

    void noFileLocks()
    {
        ProgramResult home;
        ProgramResult chosen;
        bool isRefused = false;
        std::thread([&] { // whose programs the kernel refuses file locks
            isRefused = refuseFileLocks();
            home = m_runner.shell("env -u PROCESSION_STORE HOME=\"$PWD/lockless\" \"$PROCESSION\" run -k echo ::: 1 2");
            chosen = m_runner.shell("\"$PROCESSION\" run --store chosen.sqlite echo ::: 1");
        })
            .join();
        QVERIFY(isRefused);
        QCOMPARE(home.out, QByteArray("1\n2\n"));
        QCOMPARE(home.status, 0);
        QVERIFY2(home.err.contains("without locks") && home.err.contains("this job is not recorded"), home.err.constData());
        QCOMPARE(home.err.count('\n'), 1);
        QCOMPARE(chosen.status, 255);
        QVERIFY2(chosen.err.contains("without locks") && chosen.err.contains("chosen.sqlite"), chosen.err.constData());
    }

    void whatWasChosenIsNotDoneWithout()
    {
        for (const char *chosen :
            {"PROCESSION_STORE=/proc/nowhere/x \"$PROCESSION\" run", "\"$PROCESSION\" run --store /proc/nowhere/x"}) {
            const ProgramResult result = m_runner.shell(QByteArray(chosen) + " echo ::: 1");
            QCOMPARE(result.status, 255);
            QCOMPARE(result.out, QByteArray());
            QVERIFY2(result.err.contains("/proc/nowhere"), result.err.constData());
        }
    }

    /// As after `sudo -u somebody` in one's own home. Root is such a user without its right to go everywhere.
    void folderThatIsClosed_data()
    {
        QTest::addColumn<QByteArray>("closed");
        QTest::newRow("the folder") << QByteArray("above/present");
        QTest::newRow("one above it") << QByteArray("above");
    }

    void folderThatIsClosed()
    {
        QFETCH(QByteArray, closed);
        const ProgramResult result
            = m_runner.shell("top=$PWD; as=; mkdir -p above/present; cd above/present\n"
                             "test $(id -u) = 0 && as='setpriv --bounding-set -dac_override,-dac_read_search'\n"
                             "chmod 600 \"$top/"
                + closed
                + "\"; $as true || exit 77\n"
                  "$as \"$PROCESSION\" run -k echo ::: 1 2; echo $?; $as \"$PROCESSION\" run --no-store --wd / pwd ::: -P\n"
                  "chmod 700 \"$top/"
                + closed + '"');
        if (result.status == 77)
            QSKIP("setpriv cannot take a right from root");
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.out, QByteArray("1\n2\n0\n/\n"));
    }

    void noTemporaryFolder()
    {
        const ProgramResult result = m_runner.shell(
            "TMPDIR=/proc/nowhere \"$PROCESSION\" run --no-store 'head -c 200000 /dev/zero; : {}' ::: 1 | wc -c");
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.out, QByteArray("200000\n"));
    }

private:
    const ProgramRunner m_runner;
};

QTEST_GUILESS_MAIN(TestRunHomeless)
#include "tst_runhomeless.moc"
