// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/progress/jobheader.h>

#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>
#include <procession/widgets/common/outcomecolors.h>
#include <procession/widgets/progress/outcomebar.h>

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace procession {

JobHeader::JobHeader(QWidget *parent)
    : QWidget(parent),
      m_name(new QLabel),
      m_bar(new OutcomeBar),
      m_counts(new QLabel),
      m_failed(new QLabel),
      m_rate(new QLabel),
      m_time(new QLabel),
      m_state(new QLabel)
{
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.2);
    m_name->setFont(large);
    for (QLabel *label : {m_name, m_state}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto *top = new QHBoxLayout;
    top->addWidget(m_name, 1);
    top->addWidget(m_state);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(fontMetrics().averageCharWidth() * 2);
    bottom->addWidget(m_bar, 1);
    for (QLabel *label : {m_counts, m_failed, m_rate, m_time})
        bottom->addWidget(label);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addLayout(bottom);
    updateTexts();
}

JobHeader::~JobHeader() = default;

void JobHeader::setJob(const QString &name)
{
    m_name->setText(name);
    m_name->setToolTip(name);
    m_estimate.clear();
    m_summary = {};
    m_now = 0;
    updateTexts();
}

void JobHeader::setSummary(const JobSummary &summary, qint64 now)
{
    m_summary = summary;
    m_now = now;
    if (summary.state == JobState::Running || summary.state == JobState::Stopping)
        m_estimate.add(summary.ended(), now);
    else
        m_estimate.clear(); // a pause is no measure of speed
    updateTexts();
}

void JobHeader::updateTexts()
{
    const qint64 failed = m_summary.count(TaskState::Failed) + m_summary.count(TaskState::Lost);
    m_bar->setCounts(m_summary.tasks);
    m_counts->setText(tr("%1 / %2", "ended and all tasks")
                          .arg(countText(m_summary.ended()), totalText(m_summary.total(), m_summary.moreMayCome)));
    m_failed->setText(tr("%1 failed").arg(countText(failed)));
    QPalette colors = palette();
    if (failed > 0)
        colors.setColor(QPalette::WindowText, stateColor(TaskState::Failed, palette()));
    m_failed->setPalette(colors);
    const bool isMoving = m_summary.state == JobState::Running || m_summary.state == JobState::Stopping;
    m_rate->setVisible(isMoving);
    m_rate->setText(tr("%1 tasks/s").arg(rateText(m_estimate.rate())));
    m_time->setText(timeLine());
    m_state->setText(stateLine());
}

QString JobHeader::timeLine() const
{
    if (m_summary.startedAt == 0)
        return {};
    const QString elapsed = clockText((m_summary.endedAt != 0 ? m_summary.endedAt : m_now) - m_summary.startedAt);
    if (m_summary.state != JobState::Running || m_summary.moreMayCome)
        return elapsed;
    const std::optional<qint64> left = m_estimate.timeLeft(m_summary.total() - m_summary.ended());
    return left ? tr("%1, about %2 left", "elapsed and remaining time").arg(elapsed, clockText(*left)) : elapsed;
}

QString JobHeader::stateLine() const
{
    if (m_name->text().isEmpty())
        return tr("No job");
    switch (m_summary.state) {
    case JobState::Running:
        return m_summary.heldBack ? tr("Waiting: the system is busy or short of memory") : runningLine();
    case JobState::Paused:
        return m_summary.busyWorkers == 0 ? tr("Paused") : tr("Paused; %n tasks still run", nullptr, m_summary.busyWorkers);
    case JobState::Stopping:
        return m_summary.halted ? tr("Given up by the halt rule; waiting for %n tasks", nullptr, m_summary.busyWorkers)
                                : tr("Stopping; waiting for %n tasks", nullptr, m_summary.busyWorkers);
    case JobState::Finished:
        return finishedLine();
    default:
        return stateText(m_summary.state);
    }
}

QString JobHeader::runningLine() const
{
    return tr("Running: %1 of %n workers busy", nullptr, m_summary.workers).arg(countText(m_summary.busyWorkers));
}

QString JobHeader::finishedLine() const
{
    if (m_summary.halted)
        return tr("Given up by the halt rule");
    const qint64 failed = m_summary.count(TaskState::Failed) + m_summary.count(TaskState::Lost);
    const qint64 cancelled = m_summary.count(TaskState::Cancelled);
    if (failed > 0)
        return tr("Finished with failures");
    return cancelled > 0 ? tr("Finished; some tasks were cancelled") : tr("Finished: all is well");
}

void JobHeader::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        updateTexts();
}

} // namespace procession
