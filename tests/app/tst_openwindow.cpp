// SPDX-License-Identifier: GPL-3.0-or-later
#include "programrun.h"

#include <QtTest/QtTest>

/// `procession` without a verb is the window, which is another program.
class TestOpenWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void becomesTheWindow();
    void tellsThatTheWindowIsNotInstalled();
};

void TestOpenWindow::becomesTheWindow()
{
    const ProgramRunner programs;
    QProcess process;
    programs.start(process, "exec " + ProgramRunner::program() + " --store a/jobs.sqlite --settings a/settings.ini");
    QVERIFY(process.waitForStarted());
    const QString executable = QStringLiteral("/proc/%1/exe").arg(process.processId());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::symLinkTarget(executable).endsWith(QStringLiteral("/procession-workbench")), 30'000);
    process.kill();
    QVERIFY(process.waitForFinished());
}

void TestOpenWindow::tellsThatTheWindowIsNotInstalled()
{
    const ProgramRunner programs;
    const ProgramResult result = programs.shell("cp " + ProgramRunner::program() + " . && exec ./procession");
    QCOMPARE(result.status, 255);
    QVERIFY2(result.err.contains("/procession-workbench: "), result.err.constData());
    QVERIFY2(result.err.contains("No such file or directory"), result.err.constData());
    QCOMPARE(result.err.count('\n'), 1);
}

QTEST_GUILESS_MAIN(TestOpenWindow)
#include "tst_openwindow.moc"
