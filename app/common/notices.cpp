// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/common/notices.h>

#include <procession/widgets/common/outcomecolors.h>

#include <QtCore/QEvent>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

namespace procession {

Notices::Notices(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("notices"));
    m_layout->setContentsMargins({});
    m_layout->setSpacing(1);
    setVisible(false);
}

void Notices::add(const Notice &notice)
{
    remove(notice.key);
    const Row row = makeRow(notice);
    retranslate(row);
    m_layout->insertWidget(0, row.frame);
    m_rows.emplace(notice.key, row);
    setVisible(true);
    Q_EMIT countChanged(count());
}

void Notices::remove(const QString &key)
{
    const auto at = m_rows.find(key);
    if (at == m_rows.end())
        return;
    at->second.frame->hide();
    at->second.frame->deleteLater();
    m_rows.erase(at);
    setVisible(!m_rows.empty());
    Q_EMIT countChanged(count());
}

Notices::Row Notices::makeRow(const Notice &notice)
{
    auto *frame = new QFrame;
    frame->setAutoFillBackground(true);
    colour(frame);
    auto *label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *button = new QPushButton;
    button->setObjectName(QStringLiteral("noticeAction"));
    button->setVisible(static_cast<bool>(notice.action));
    auto *dismiss = new QToolButton;
    dismiss->setObjectName(QStringLiteral("dismiss"));
    dismiss->setFocusPolicy(Qt::StrongFocus);
    auto *line = new QHBoxLayout(frame);
    line->setContentsMargins(10, 4, 6, 4);
    line->addWidget(label, 1);
    line->addWidget(button);
    line->addWidget(dismiss);
    connect(button, &QPushButton::clicked, this, [this, notice] {
        remove(notice.key);
        notice.action();
    });
    connect(dismiss, &QToolButton::clicked, this, [this, notice] {
        remove(notice.key);
        if (notice.dismissed)
            notice.dismissed();
    });
    return {notice, frame, label, button, dismiss};
}

void Notices::colour(QWidget *frame)
{
    QPalette colours = palette();
    const QColor window = colours.color(QPalette::Window);
    colours.setColor(QPalette::Window, blended(stateColor(TaskState::Cancelled, colours), window, isDark(colours) ? 0.3 : 0.2));
    frame->setPalette(colours);
}

void Notices::retranslate(const Row &row)
{
    row.label->setText(row.notice.text());
    if (row.notice.actionText)
        row.button->setText(row.notice.actionText());
    row.dismiss->setText(tr("Dismiss"));
}

void Notices::changeEvent(QEvent *event)
{
    for (const auto &[key, row] : m_rows) {
        if (event->type() == QEvent::LanguageChange)
            retranslate(row);
        else if (event->type() == QEvent::PaletteChange)
            colour(row.frame);
    }
    QWidget::changeEvent(event);
}

} // namespace procession
