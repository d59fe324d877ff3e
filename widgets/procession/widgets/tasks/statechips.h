// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/tasks/taskorder.h>

#include <QtWidgets/QWidget>

#include <array>

class QToolButton;

namespace procession {

/// A button for each task state, with the number of tasks in it; pressed buttons are the selected states.
class StateChips : public QWidget
{
    Q_OBJECT

public:
    explicit StateChips(QWidget *parent = nullptr);

    /// How many tasks are in each state, by TaskState.
    void setCounts(const std::array<qint64, TaskStateCount> &counts);
    /// The states whose buttons are down; all when none is.
    TaskStates states() const;
    /// Lifts all buttons, without a signal.
    void clear();

Q_SIGNALS:
    void statesChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void updateIcons();

    std::array<QToolButton *, TaskStateCount> m_buttons{};
    std::array<qint64, TaskStateCount> m_counts{};
};

} // namespace procession
