// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/statedelegate.h>

#include <procession/widgets/common/outcomecolors.h>

#include <QtGui/QPainter>

namespace procession {

namespace {

constexpr int MarkSize = 12;
constexpr int LargestScale = 3;

// The rim has the colour of the page: it shows only where the row is selected, and there the mark would not be seen without it.
QPixmap mark(const QColor &color, const QColor &rim, int scale)
{
    QPixmap pixmap(MarkSize * scale, MarkSize * scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(rim, scale));
    painter.setBrush(color);
    painter.drawEllipse(QRectF(pixmap.rect()).adjusted(scale, scale, -scale, -scale));
    painter.end();
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

} // namespace

QIcon stateIcon(TaskState state, const QPalette &palette)
{
    QIcon icon;
    for (int scale = 1; scale <= LargestScale; ++scale) {
        const QPixmap pixmap = mark(stateColor(state, palette), palette.color(QPalette::Base), scale);
        icon.addPixmap(pixmap);
        icon.addPixmap(pixmap, QIcon::Selected); // styles would tint it
    }
    return icon;
}

StateDelegate::StateDelegate(int stateRole, QObject *parent) : QStyledItemDelegate(parent), m_stateRole(stateRole) { }

void StateDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QVariant state = index.data(m_stateRole);
    if (!state.isValid())
        return;
    if (m_paletteKey != option->palette.cacheKey()) {
        m_icons.fill({});
        m_paletteKey = option->palette.cacheKey();
    }
    QIcon &icon = m_icons.at(static_cast<std::size_t>(state.toInt()));
    if (icon.isNull())
        icon = stateIcon(static_cast<TaskState>(state.toInt()), option->palette);
    option->icon = icon;
    option->decorationSize = {MarkSize, MarkSize};
    option->features |= QStyleOptionViewItem::HasDecoration;
}

} // namespace procession
