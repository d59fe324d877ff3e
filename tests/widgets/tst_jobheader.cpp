// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/outcomecolors.h>
#include <procession/widgets/progress/jobheader.h>
#include <procession/widgets/progress/outcomebar.h>
#include <procession/widgets/progress/progressestimate.h>

#include <QtGui/QImage>
#include <QtTest/QtTest>
#include <QtWidgets/QLabel>

using namespace procession;

class TestJobHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void estimatesFromTheLastSeconds();
    void estimatesSlowTasksFromTheLastMinutes();
    void beginsAnewWhenTasksAreRetried();
    void knowsNothingAtFirst();
    void tellsHowAJobIsDoing();
    void tellsThatMoreMayCome();
    void tellsStates_data();
    void tellsStates();
    void barShowsOutcomes();
};

namespace {

constexpr qint64 Second = 1'000'000;
constexpr qint64 Start = 1'700'000'000 * Second;

JobSummary summaryOf(JobState state, qint64 queued, qint64 running, qint64 done, qint64 failed)
{
    JobSummary summary;
    summary.state = state;
    summary.tasks = {queued, running, done, failed, 0, 0};
    summary.workers = 4;
    summary.busyWorkers = static_cast<int>(running);
    summary.startedAt = Start;
    return summary;
}

QString texts(const JobHeader &header)
{
    QStringList all;
    const auto labels = header.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (!label->isHidden())
            all += label->text();
    }
    return all.join(u'|');
}

} // namespace

void TestJobHeader::estimatesFromTheLastSeconds()
{
    ProgressEstimate estimate;
    for (int i = 0; i <= 100; ++i) // 10 a second, then 50 a second
        estimate.add(i <= 50 ? i : 50 + (i - 50) * 5, i * Second / 10);
    QCOMPARE(qRound(estimate.rate()), 50);
    QCOMPARE(qRound(double(*estimate.timeLeft(500)) / double(Second)), 10);
}

void TestJobHeader::estimatesSlowTasksFromTheLastMinutes()
{
    ProgressEstimate estimate;
    for (int i = 0; i <= 1000; ++i) // one in ten seconds
        estimate.add(i / 100, i * Second / 10);
    const std::optional<qint64> left = estimate.timeLeft(6);
    QVERIFY(left);
    QCOMPARE(qRound(double(*left) / double(Second)), 60);
}

void TestJobHeader::beginsAnewWhenTasksAreRetried()
{
    ProgressEstimate estimate;
    for (int i = 0; i < 100; ++i)
        estimate.add(i, i * Second / 10);
    estimate.add(5, 11 * Second);
    QCOMPARE(estimate.rate(), 0.0);
    QVERIFY(!estimate.timeLeft(10));
}

void TestJobHeader::knowsNothingAtFirst()
{
    ProgressEstimate estimate;
    QCOMPARE(estimate.rate(), 0.0);
    QVERIFY(!estimate.timeLeft(10));
    estimate.add(0, Start);
    QVERIFY(!estimate.timeLeft(10));
}

void TestJobHeader::tellsHowAJobIsDoing()
{
    JobHeader header;
    header.setJob(QStringLiteral("thumbnails"));
    for (int i = 0; i <= 50; ++i)
        header.setSummary(summaryOf(JobState::Running, 1200 - i * 2, 4, i * 2 - i / 10, i / 10), Start + i * Second / 10);
    const QString shown = texts(header);
    for (const char *part :
        {"thumbnails", "100 / 1,204", "5 failed", "20 tasks/s", "0:05, about 0:55 left", "Running: 4 of 4 workers busy"})
        QVERIFY2(shown.contains(QLatin1StringView(part)), qPrintable(shown));
}

void TestJobHeader::tellsThatMoreMayCome()
{
    JobHeader header;
    header.setJob(QStringLiteral("tail -F log"));
    JobSummary summary = summaryOf(JobState::Running, 40, 2, 10, 0);
    summary.moreMayCome = true;
    for (int i = 0; i <= 10; ++i) {
        summary.tasks[static_cast<std::size_t>(TaskState::Done)] = 10 + i;
        header.setSummary(summary, Start + i * Second);
    }
    const QString shown = texts(header);
    QVERIFY2(shown.contains(QStringLiteral("20 / 62+")), qPrintable(shown));
    QVERIFY2(!shown.contains(QStringLiteral("left")), qPrintable(shown)); // of an end that nobody knows
}

void TestJobHeader::tellsStates_data()
{
    QTest::addColumn<JobSummary>("summary");
    QTest::addColumn<QString>("expected");
    JobSummary held = summaryOf(JobState::Running, 5, 0, 0, 0);
    held.heldBack = true;
    JobSummary halted = summaryOf(JobState::Finished, 0, 0, 4, 1);
    halted.halted = true;
    JobSummary cancelled = summaryOf(JobState::Finished, 0, 0, 4, 0);
    cancelled.tasks[static_cast<std::size_t>(TaskState::Cancelled)] = 3;
    QTest::newRow("ready") << summaryOf(JobState::Ready, 5, 0, 0, 0) << QStringLiteral("Ready");
    QTest::newRow("held back") << held << QStringLiteral("Waiting: the system is busy or short of memory");
    QTest::newRow("paused") << summaryOf(JobState::Paused, 5, 0, 0, 0) << QStringLiteral("Paused");
    QTest::newRow("pausing") << summaryOf(JobState::Paused, 5, 2, 0, 0) << QStringLiteral("Paused; 2 tasks still run");
    QTest::newRow("stopping") << summaryOf(JobState::Stopping, 0, 2, 0, 0) << QStringLiteral("Stopping; waiting for 2 tasks");
    QTest::newRow("halted") << halted << QStringLiteral("Given up by the halt rule");
    QTest::newRow("failed") << summaryOf(JobState::Finished, 0, 0, 4, 1) << QStringLiteral("Finished with failures");
    QTest::newRow("cancelled") << cancelled << QStringLiteral("Finished; some tasks were cancelled");
    QTest::newRow("well") << summaryOf(JobState::Finished, 0, 0, 4, 0) << QStringLiteral("Finished: all is well");
    QTest::newRow("interrupted") << summaryOf(JobState::Interrupted, 2, 0, 4, 0) << QStringLiteral("Interrupted");
}

void TestJobHeader::tellsStates()
{
    QFETCH(JobSummary, summary);
    QFETCH(QString, expected);
    JobHeader header;
    header.setJob(QStringLiteral("thumbnails"));
    header.setSummary(summary, Start + 10 * Second);
    QVERIFY2(texts(header).split(u'|').contains(expected), qPrintable(texts(header)));
}

void TestJobHeader::barShowsOutcomes()
{
    OutcomeBar bar;
    bar.resize(402, 20);
    bar.setCounts({500, 0, 250, 250, 0, 0});
    const QImage image = bar.grab().toImage();
    const auto colorAt = [&image](int percent) { return image.pixelColor(image.width() * percent / 100, image.height() / 2); };
    QCOMPARE(colorAt(12), stateColor(TaskState::Done, bar.palette()));
    QCOMPARE(colorAt(38), stateColor(TaskState::Failed, bar.palette()));
    QCOMPARE(colorAt(75), bar.palette().color(QPalette::Base));
    QVERIFY(bar.toolTip().contains(QStringLiteral("Failed: 250")));
}

QTEST_MAIN(TestJobHeader)
#include "tst_jobheader.moc"
