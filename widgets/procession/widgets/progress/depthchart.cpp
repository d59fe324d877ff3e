// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/progress/depthchart.h>

#include <procession/text/displaytext.h>
#include <procession/widgets/common/outcomecolors.h>

// Its header is written with the keywords that QT_NO_KEYWORDS takes away.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach(variable, container) for (variable : container)
#include <qcustomplot.h>
#undef foreach
#undef slots
#undef signals

#include <QtCore/QEvent>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace procession {

namespace {

constexpr qint64 Second = 1'000'000;
constexpr std::array<qint64, 3> WindowLengths{60 * Second, 600 * Second, 0};
constexpr qint64 ShortestSpan = 10 * Second; // shown of "all"

/// Marks at whole numbers only: half a task does not wait.
class CountTicker : public QCPAxisTicker
{
protected:
    double getTickStep(const QCPRange &range) override { return std::max(1.0, QCPAxisTicker::getTickStep(range)); }
    int getSubTickCount(double tickStep) override { return tickStep < 2 ? 0 : QCPAxisTicker::getSubTickCount(tickStep); }
    QString getTickLabel(double tick, const QLocale &, QChar, int) override { return countText(qRound64(tick)); }
};

} // namespace

DepthChart::DepthChart(QWidget *parent)
    : QWidget(parent),
      m_plot(new QCustomPlot),
      m_title(new QLabel),
      m_now(new QLabel),
      m_buttons(new QButtonGroup(this)),
      m_series{SampleSeries(Second / 20, WindowLengths[OneMinute]), SampleSeries(Second / 2, WindowLengths[TenMinutes]),
          SampleSeries(Second / 10, WindowLengths[All])}
{
    auto *top = new QHBoxLayout;
    top->addWidget(m_title);
    top->addStretch();
    top->addWidget(m_now);
    top->addStretch();
    for (const Window window : {OneMinute, TenMinutes, All}) {
        auto *button = new QToolButton;
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setChecked(window == m_window);
        m_buttons->addButton(button, window);
        top->addWidget(button);
    }
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int id) { setWindow(static_cast<Window>(id)); });
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_plot, 1);
    buildPlot();
    retranslate();
    applyPalette();
}

DepthChart::~DepthChart() = default;

void DepthChart::buildPlot()
{
    m_queued = m_plot->addGraph();
    m_running = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2);
    m_queued->setLineStyle(QCPGraph::lsStepLeft);
    m_running->setLineStyle(QCPGraph::lsStepLeft);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setNotAntialiasedElements(QCP::aeAll);
    m_plot->yAxis2->setVisible(true);
    m_plot->yAxis->setTicker(QSharedPointer<CountTicker>::create());
    m_plot->yAxis2->setTicker(QSharedPointer<CountTicker>::create());
    const auto clock = QSharedPointer<QCPAxisTickerTime>::create();
    clock->setTimeFormat(QStringLiteral("%h:%m:%s"));
    m_plot->xAxis->setTicker(clock);
    m_plot->setMinimumHeight(fontMetrics().height() * 8);
    connect(m_plot, &QCustomPlot::afterReplot, this, [this] { ++m_drawCount; });
}

void DepthChart::retranslate()
{
    m_title->setText(tr("Backlog"));
    m_buttons->button(OneMinute)->setText(tr("1 minute"));
    m_buttons->button(TenMinutes)->setText(tr("10 minutes"));
    m_buttons->button(All)->setText(tr("All"));
    m_plot->xAxis->setLabel(tr("time since the start (h:min:s)"));
    m_plot->yAxis->setLabel(tr("queued (tasks)"));
    m_plot->yAxis2->setLabel(tr("running (tasks)"));
    updateNow();
    m_plot->setAccessibleName(tr("Backlog over time"));
    redraw();
}

void DepthChart::applyPalette()
{
    const QColor text = palette().color(QPalette::Text);
    const QColor base = palette().color(QPalette::Base);
    const QColor faint = blended(text, base, 0.15);
    m_plot->setBackground(base);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis, m_plot->yAxis2}) {
        axis->setBasePen(blended(text, base, 0.5));
        axis->setTickPen(blended(text, base, 0.5));
        axis->setSubTickPen(blended(text, base, 0.5));
        axis->setLabelColor(text);
        axis->setTickLabelColor(text);
        axis->setLabelFont(font());
        axis->setTickLabelFont(font());
        axis->grid()->setPen(QPen(faint, 1, Qt::DotLine));
        axis->grid()->setZeroLinePen(faint);
    }
    const QColor queued = stateColor(TaskState::Running, palette());
    QColor area = queued;
    area.setAlphaF(0.2F);
    m_queued->setPen(QPen(queued, 1));
    m_queued->setBrush(area);
    m_running->setPen(QPen(stateColor(TaskState::Done, palette()), 1));
    for (QCPAxis *axis : {m_plot->yAxis, m_plot->yAxis2}) {
        const QColor color = axis == m_plot->yAxis ? queued : m_running->pen().color();
        axis->setLabelColor(color);
        axis->setTickLabelColor(color);
    }
    updateNow();
    redraw();
}

void DepthChart::clear()
{
    for (SampleSeries &series : m_series)
        series.clear();
    m_firstTime = 0;
    updateNow();
    redraw();
}

void DepthChart::addSample(qint64 queued, qint64 running, qint64 now)
{
    if (m_firstTime == 0)
        m_firstTime = now;
    for (SampleSeries &series : m_series)
        series.add({now - m_firstTime, static_cast<double>(queued), static_cast<double>(running)});
    updateNow();
    redraw();
}

/// The figures of now, which are the legend too.
void DepthChart::updateNow()
{
    if (m_firstTime == 0)
        return m_now->clear();
    const SampleSeries::Sample &last = m_series[OneMinute].samples().back();
    const auto mark = [](const QColor &color) { return QStringLiteral("<font color=\"%1\">■</font> ").arg(color.name()); };
    m_now->setText(mark(m_queued->pen().color()) + tr("%1 queued").arg(countText(qRound64(last.first)))
        + QStringLiteral("&nbsp;&nbsp;&nbsp;") + mark(m_running->pen().color())
        + tr("%1 running").arg(countText(qRound64(last.second))));
}

void DepthChart::setWindow(Window window)
{
    m_window = window;
    m_buttons->button(window)->setChecked(true);
    redraw();
}

void DepthChart::redraw()
{
    if (!isVisible())
        return;
    const std::deque<SampleSeries::Sample> &samples = m_series.at(m_window).samples();
    QVector<QCPGraphData> queued;
    QVector<QCPGraphData> running;
    queued.reserve(static_cast<qsizetype>(samples.size()));
    running.reserve(static_cast<qsizetype>(samples.size()));
    double mostQueued = 0;
    double mostRunning = 0;
    for (const SampleSeries::Sample &sample : samples) {
        const double time = static_cast<double>(sample.time) / double(Second);
        queued.append({time, sample.first});
        running.append({time, sample.second});
        mostQueued = std::max(mostQueued, sample.first);
        mostRunning = std::max(mostRunning, sample.second);
    }
    m_queued->data()->set(queued, true);
    m_running->data()->set(running, true);
    constexpr double Headroom = 1.1;
    m_plot->yAxis->setRange(0, std::max(1.0, mostQueued * Headroom));
    m_plot->yAxis2->setRange(0, std::max(1.0, mostRunning * Headroom));
    const qint64 end = samples.empty() ? 0 : samples.back().time;
    const qint64 length = WindowLengths.at(m_window);
    const double from = length == 0 ? 0.0 : std::max(0.0, static_cast<double>(end - length) / double(Second));
    const double to = static_cast<double>(std::max(end, length == 0 ? ShortestSpan : length)) / double(Second);
    m_plot->xAxis->setRange(from, to);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void DepthChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyPalette();
}

void DepthChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    redraw();
}

} // namespace procession
