// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/statechips.h>

#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>
#include <procession/widgets/common/statedelegate.h>

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QToolButton>

namespace procession {

StateChips::StateChips(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    for (QToolButton *&button : m_buttons) {
        button = new QToolButton;
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::toggled, this, &StateChips::statesChanged);
        layout->addWidget(button);
    }
    updateIcons();
    retranslate();
}

void StateChips::setCounts(const std::array<qint64, TaskStateCount> &counts)
{
    m_counts = counts;
    retranslate();
}

TaskStates StateChips::states() const
{
    TaskStates states;
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        states.set(static_cast<TaskState>(i), m_buttons[i]->isChecked());
    return states == TaskStates() ? TaskStates::all() : states;
}

void StateChips::clear()
{
    const QSignalBlocker blocker(this);
    for (QToolButton *button : m_buttons)
        button->setChecked(false);
}

void StateChips::retranslate()
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const QString state = stateText(static_cast<TaskState>(i));
        m_buttons[i]->setText(tr("%1 %2", "state and count").arg(state, countText(m_counts[i])));
        m_buttons[i]->setToolTip(tr("Show only tasks of the chosen states"));
    }
}

void StateChips::updateIcons()
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setIcon(stateIcon(static_cast<TaskState>(i), palette()));
}

void StateChips::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
}

} // namespace procession
