// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/progress/depthchart.h>

#include <QtGui/QImage>
#include <QtTest/QtTest>
#include <QtWidgets/QLabel>

using namespace procession;

class TestDepthChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seriesKeepsAWindow();
    void seriesThinsOut();
    void seriesKeepsTheNewestOfAStep();
    void drawsManyTimesASecond();
    void costsTheSameAfterADay();
    void saysFigures();
    void followsThePalette();
};

namespace {

constexpr qint64 Second = 1'000'000;
constexpr qint64 Start = 1'700'000'000 * Second;

} // namespace

void TestDepthChart::seriesKeepsAWindow()
{
    SampleSeries series(Second / 10, 60 * Second);
    for (int i = 0; i < 2000; ++i)
        series.add({i * Second / 10, double(i), 0});
    QVERIFY(series.samples().size() >= 600);
    QVERIFY(series.samples().size() <= 602); // one before the window, for the line to begin at its edge
    QCOMPARE(series.samples().back().first, 1999.0);
}

void TestDepthChart::seriesThinsOut()
{
    SampleSeries series(Second / 10, 0);
    for (int i = 0; i < 1'000'000; ++i)
        series.add({i * Second / 10, double(i), 0});
    QVERIFY(series.samples().size() <= 2048);
    QVERIFY(series.samples().size() >= 900);
    QCOMPARE(series.samples().front().time, 0);
    QCOMPARE(series.samples().back().first, 999'999.0);
    series.clear();
    QCOMPARE(series.step(), Second / 10);
}

void TestDepthChart::seriesKeepsTheNewestOfAStep()
{
    SampleSeries series(Second, 0);
    for (int i = 0; i < 30; ++i)
        series.add({i * Second / 10, double(i), 0});
    QCOMPARE(series.samples().back().first, 29.0);
    QVERIFY(series.samples().size() <= 5);
}

void TestDepthChart::drawsManyTimesASecond()
{
    DepthChart chart;
    chart.resize(800, 400);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    for (int i = 0; i < 25; ++i) {
        const qint64 before = chart.drawCount();
        chart.addSample(1000 - i, 4, Start + i * Second / 25);
        QTRY_VERIFY(chart.drawCount() > before);
    }
}

void TestDepthChart::costsTheSameAfterADay()
{
    DepthChart chart;
    chart.resize(800, 400);
    for (int i = 0; i < 24 * 3600 * 10; ++i)
        chart.addSample(i % 1000, 4, Start + i * Second / 10);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    for (const auto window : {DepthChart::OneMinute, DepthChart::TenMinutes, DepthChart::All}) {
        chart.setWindow(window);
        const qint64 before = chart.drawCount();
        QTRY_VERIFY(chart.drawCount() > before);
        QVERIFY(chart.shownCount() > 400);
        QVERIFY(chart.shownCount() <= 2048);
    }
}

void TestDepthChart::saysFigures()
{
    DepthChart chart;
    chart.addSample(1234, 4, Start);
    const auto labels = chart.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().contains(QStringLiteral("1,234 queued")) && label->text().contains(QStringLiteral("4 running"));
    }));
}

void TestDepthChart::followsThePalette()
{
    DepthChart chart;
    chart.resize(800, 400);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    QPalette dark;
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::Window, Qt::black);
    dark.setColor(QPalette::Text, Qt::white);
    dark.setColor(QPalette::WindowText, Qt::white);
    chart.setPalette(dark);
    chart.addSample(10, 4, Start);
    const auto middle = [&chart] {
        const QImage image = chart.grab().toImage();
        return image.pixelColor(image.width() / 2 + 7, image.height() / 2 + 7);
    };
    QTRY_COMPARE(middle(), QColor(Qt::black));
}

QTEST_MAIN(TestDepthChart)
#include "tst_depthchart.moc"
