// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/progress/outcomebar.h>

#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>
#include <procession/widgets/common/outcomecolors.h>

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <numeric>

namespace procession {

OutcomeBar::OutcomeBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Progress"));
}

void OutcomeBar::setCounts(const std::array<qint64, TaskStateCount> &tasks)
{
    if (tasks == m_tasks)
        return;
    m_tasks = tasks;
    QStringList lines;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (tasks[i] > 0)
            lines += tr("%1: %2", "state and count").arg(stateText(static_cast<TaskState>(i)), countText(tasks[i]));
    }
    setToolTip(lines.join(u'\n'));
    setAccessibleDescription(lines.join(QStringLiteral(", ")));
    update();
}

QSize OutcomeBar::sizeHint() const { return {200, fontMetrics().height()}; }

QSize OutcomeBar::minimumSizeHint() const { return {60, fontMetrics().height()}; }

void OutcomeBar::paintEvent(QPaintEvent *)
{
    constexpr std::array Order{TaskState::Done, TaskState::Failed, TaskState::Lost, TaskState::Cancelled, TaskState::Running};
    constexpr double Radius = 3;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(frame, Radius, Radius);
    painter.fillPath(outline, palette().color(QPalette::Base));
    painter.setClipPath(outline);
    const qint64 total = std::accumulate(m_tasks.begin(), m_tasks.end(), qint64(0));
    double from = frame.left();
    for (const TaskState state : Order) {
        const qint64 count = m_tasks[static_cast<std::size_t>(state)];
        if (count == 0)
            continue;
        // Keeps a single failure among a million tasks visible.
        const double width = std::max(2.0, frame.width() * static_cast<double>(count) / static_cast<double>(total));
        painter.fillRect(QRectF(from, frame.top(), width, frame.height()), stateColor(state, palette()));
        from += width;
    }
    painter.setClipping(false);
    painter.setPen(blended(palette().color(QPalette::WindowText), palette().color(QPalette::Window), 0.35));
    painter.drawPath(outline);
}

} // namespace procession
