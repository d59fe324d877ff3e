// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/progress/workerdelegates.h>

#include <procession/widgets/common/outcomecolors.h>
#include <procession/widgets/progress/workermodel.h>

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include <algorithm>

namespace procession {

namespace {

constexpr int Margin = 7;
constexpr double CpuTextShare = 0.45; // of the width of a cell that has a drawing
constexpr double MemoryTextShare = 0.55;

/// The left part of a cell is for the drawing, the right one for the text.
QRectF drawingPart(const QRect &cell, double textShare)
{
    QRectF part = QRectF(cell).adjusted(Margin, 4, 0, -4);
    part.setWidth(cell.width() * (1 - textShare) - 2 * Margin);
    return part;
}

void drawText(QPainter *painter, const QStyleOptionViewItem &option, const QColor &color)
{
    painter->setPen(color);
    painter->setFont(option.font);
    painter->drawText(option.rect.adjusted(0, 0, -Margin, 0), Qt::AlignVCenter | Qt::AlignRight, option.text);
}

QPolygonF sparkline(const QList<double> &history, const QRectF &place)
{
    constexpr qsizetype Slots = 60; // a minute
    const double top = std::max(1.0, *std::max_element(history.begin(), history.end()));
    QPolygonF line;
    for (qsizetype i = 0; i < history.size(); ++i) {
        const double slot = double(Slots - history.size() + i) / double(Slots - 1);
        line.append({place.left() + slot * place.width(), place.bottom() - history[i] / top * place.height()});
    }
    return line;
}

} // namespace

void WorkerDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QColor base = option->palette.color(QPalette::Base);
    switch (static_cast<WorkerModel::Mark>(index.data(WorkerModel::MarkRole).toInt())) {
    case WorkerModel::Mark::None:
        break;
    case WorkerModel::Mark::New:
        option->backgroundBrush = blended(stateColor(TaskState::Done, option->palette), base, 0.2);
        break;
    case WorkerModel::Mark::Gone:
        option->backgroundBrush = blended(stateColor(TaskState::Queued, option->palette), base, 0.2);
        option->font.setStrikeOut(true);
        break;
    }
    if (index.column() == WorkerModel::StateColumn && index.data(WorkerModel::HungRole).toBool()) {
        option->palette.setColor(QPalette::Text, stateColor(TaskState::Failed, option->palette));
        option->font.setBold(true);
    }
}

void WorkerDelegate::paintGround(QPainter *painter, QStyleOptionViewItem &option) const
{
    QStyleOptionViewItem ground = option;
    ground.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
}

QColor WorkerDelegate::textColor(const QStyleOptionViewItem &option)
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    return option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
}

void SparklineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintGround(painter, cell);
    painter->save();
    const QColor text = textColor(cell);
    const QRectF place = drawingPart(cell.rect, CpuTextShare);
    const auto history = index.data(WorkerModel::HistoryRole).value<QList<double>>();
    if (history.size() > 1) {
        const QPolygonF line = sparkline(history, place);
        QPolygonF area = line;
        area << QPointF(line.last().x(), place.bottom()) << QPointF(line.first().x(), place.bottom());
        const bool isSelected = cell.state.testFlag(QStyle::State_Selected);
        QColor color = isSelected ? text : stateColor(TaskState::Running, cell.palette);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(color, 1.2));
        painter->drawPolyline(line);
        color.setAlphaF(0.25F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawPolygon(area);
    }
    drawText(painter, cell, text);
    painter->restore();
}

namespace {

/// \param ratio  how much of it is filled, from 0 to 1
void drawBar(QPainter *painter, QRectF bar, double ratio, const QStyleOptionViewItem &option, const QColor &text)
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    QColor trough = text;
    trough.setAlphaF(0.15F);
    painter->setPen(Qt::NoPen);
    painter->setBrush(trough);
    painter->drawRect(bar);
    bar.setWidth(bar.width() * std::clamp(ratio, 0.0, 1.0));
    painter->setBrush(isSelected ? text : stateColor(TaskState::Running, option.palette));
    painter->drawRect(bar);
}

} // namespace

void MemoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintGround(painter, cell);
    painter->save();
    const QColor text = textColor(cell);
    if (!cell.text.isEmpty()) {
        drawBar(painter, drawingPart(cell.rect, MemoryTextShare).adjusted(0, 2, 0, -2),
            index.data(WorkerModel::RatioRole).toDouble(), cell, text);
    }
    drawText(painter, cell, text);
    painter->restore();
}

void ProgressDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintGround(painter, cell);
    painter->save();
    const QColor text = textColor(cell);
    QRect rest = cell.rect.adjusted(Margin, 0, -Margin, 0);
    if (const QVariant ratio = index.data(WorkerModel::RatioRole); ratio.isValid()) {
        constexpr double BarShare = 0.3;
        QRectF bar = QRectF(rest).adjusted(0, 6, 0, -6);
        bar.setWidth(rest.width() * BarShare);
        drawBar(painter, bar, ratio.toDouble(), cell, text);
        rest.setLeft(static_cast<int>(bar.right()) + Margin);
    }
    painter->setPen(text);
    painter->setFont(cell.font);
    painter->drawText(
        rest, Qt::AlignVCenter | Qt::AlignLeft, cell.fontMetrics.elidedText(cell.text, Qt::ElideRight, rest.width()));
    painter->restore();
}

} // namespace procession
