// SPDX-License-Identifier: GPL-3.0-or-later
// Where the window keeps things when there is no home folder, or one that cannot be written.
#include <app/common/notices.h>
#include <app/common/workbenchpaths.h>
#include <app/window/mainwindow.h>
#include <procession/job/store/jobstore.h>

#include <QtCore/QFileInfo>
#include <QtTest/QtTest>

using namespace procession;

class TestWorkbenchPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        for (const char *variable : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "PROCESSION_STORE"})
            qunsetenv(variable);
    }

    void homeIsUsed()
    {
        const QTemporaryDir home;
        qputenv("HOME", home.path().toLocal8Bit());
        const WorkbenchFolders folders({}, {});
        QCOMPARE(folders.paths().store, home.filePath(QStringLiteral(".local/share/procession/jobs.sqlite")));
        QCOMPARE(folders.paths().settings, home.filePath(QStringLiteral(".config/procession/workbench.ini")));
        QCOMPARE(folders.paths().problem, QString());
    }

    void withoutHome_data()
    {
        QTest::addColumn<QByteArray>("home");
        QTest::newRow("not set") << QByteArray();
        QTest::newRow("the root") << QByteArray("/");
        QTest::newRow("read-only") << QByteArray("/proc/nowhere");
    }

    void withoutHome()
    {
        QFETCH(QByteArray, home);
        if (!home.isEmpty())
            qputenv("HOME", home);
        QString store;
        {
            const WorkbenchFolders folders({}, {});
            store = folders.paths().store;
            QVERIFY(!folders.paths().problem.isEmpty());
            QVERIFY(JobStore(store).jobs().isEmpty()); // it can be used
            Appearance appearance;
            const MainWindow window(folders.paths(), &appearance);
            QCOMPARE(window.notices()->count(), 1);
        }
        QVERIFY(!QFileInfo::exists(store));
        QVERIFY(!QFileInfo::exists(QStringLiteral("/.local")) && !QFileInfo::exists(QStringLiteral("/.config/procession")));
    }

    void whatWasChosenIsTaken()
    {
        const QTemporaryDir folder;
        const QString store = folder.filePath(QStringLiteral("x.sqlite"));
        QCOMPARE(WorkbenchFolders({}, store).paths().store, store);
        QCOMPARE(WorkbenchFolders({}, store).paths().problem, QString());
        qputenv("PROCESSION_STORE", store.toLocal8Bit());
        QCOMPARE(WorkbenchFolders({}, {}).paths().store, store);
        QCOMPARE(WorkbenchFolders({}, {}).paths().problem, QString());
    }
};

QTEST_MAIN(TestWorkbenchPaths)
#include "tst_workbenchpaths.moc"
