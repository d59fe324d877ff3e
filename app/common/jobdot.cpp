// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/common/jobdot.h>

#include <procession/widgets/common/outcomecolors.h>

#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>

namespace procession {
namespace {

QColor dotColor(const JobOutcome &outcome, const QPalette &palette)
{
    switch (outcome.state) {
    case JobState::Ready:
        return stateColor(TaskState::Queued, palette);
    case JobState::Running:
        return stateColor(TaskState::Running, palette);
    case JobState::Paused:
    case JobState::Stopping:
    case JobState::Interrupted:
        return stateColor(TaskState::Lost, palette);
    case JobState::Finished:
        break;
    }
    return stateColor(outcome.unsuccessful ? TaskState::Failed : TaskState::Done, palette);
}

} // namespace

QIcon jobDot(const JobOutcome &outcome)
{
    constexpr int Size = 16;
    constexpr qreal Scale = 3; // sharp on dense screens
    QPixmap pixmap(QSize(Size, Size) * Scale);
    pixmap.setDevicePixelRatio(Scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = dotColor(outcome, QGuiApplication::palette());
    const bool isOpen = outcome.state == JobState::Paused || outcome.state == JobState::Interrupted;
    painter.setPen(QPen(color, 2));
    painter.setBrush(isOpen ? QBrush(Qt::NoBrush) : QBrush(color)); // not by colour alone
    const QRectF dot(4, 4, 8, 8);
    painter.drawEllipse(dot);
    // On a selected row the colours of both may be near each other.
    painter.setPen(QPen(QGuiApplication::palette().color(QPalette::Base), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(dot.adjusted(-1.5, -1.5, 1.5, 1.5));
    painter.end();
    return QIcon(pixmap);
}

} // namespace procession
