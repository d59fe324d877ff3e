// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/output/progresstext.h>

#include <QtTest/QtTest>

using namespace procession;

class TestProgressText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timeThatStoodStillDoesNotCount()
    {
        constexpr qint64 Second = 1'000'000;
        JobSummary summary;
        summary.tasks[static_cast<std::size_t>(TaskState::Done)] = 10;
        summary.tasks[static_cast<std::size_t>(TaskState::Queued)] = 10;
        summary.startedAt = 1'700'000'000 * Second;
        const ProgressText text({.bar = false, .counts = false, .eta = true});
        const QString before = text.of(summary, summary.startedAt + 10 * Second, 200);
        QVERIFY2(before.contains(QStringLiteral("0:10 left")), qPrintable(before));
        summary.stoodStill = 3'600 * Second;
        QCOMPARE(text.of(summary, summary.startedAt + 3'610 * Second, 200), before);
    }

    void stoppedTasksAreShown()
    {
        JobSummary summary;
        summary.tasks[static_cast<std::size_t>(TaskState::Running)] = 3;
        summary.busyWorkers = 3;
        const ProgressText text({.bar = true, .counts = false, .eta = false});
        QVERIFY(!text.of(summary, 0, 200).contains(QStringLiteral("stopped")));
        summary.stoppedWorkers = 2;
        QVERIFY(text.of(summary, 0, 200).contains(QStringLiteral("2 stopped")));
    }
};

QTEST_GUILESS_MAIN(TestProgressText)
#include "tst_progresstext.moc"
