// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/common/sampleseries.h>

#include <QtWidgets/QWidget>

#include <array>

class QButtonGroup;
class QCPGraph;
class QCustomPlot;
class QLabel;

namespace procession {

/// The depth of a job's queue over time, and the number of tasks that run.
class DepthChart : public QWidget
{
    Q_OBJECT

public:
    enum Window { OneMinute, TenMinutes, All };

    explicit DepthChart(QWidget *parent = nullptr);
    ~DepthChart() override;

    /// Forgets all samples: another job.
    void clear();
    /// To be called ten times a second while the job is live.
    /// \param queued, running  numbers of tasks
    /// \param now              microseconds since the epoch
    void addSample(qint64 queued, qint64 running, qint64 now);

    Window window() const { return m_window; }
    void setWindow(Window window);
    /// How many samples the window shows.
    qsizetype shownCount() const { return qsizetype(m_series.at(m_window).samples().size()); }
    /// How often the chart was drawn.
    qint64 drawCount() const { return m_drawCount; }

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildPlot();
    void retranslate();
    void applyPalette();
    void updateNow();
    void redraw();

    QCustomPlot *m_plot = nullptr;
    QCPGraph *m_queued = nullptr;
    QCPGraph *m_running = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_now = nullptr;
    QButtonGroup *m_buttons = nullptr;
    std::array<SampleSeries, 3> m_series;
    Window m_window = OneMinute;
    qint64 m_firstTime = 0;
    qint64 m_drawCount = 0;
};

} // namespace procession
