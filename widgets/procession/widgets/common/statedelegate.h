// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/states.h>

#include <QtGui/QIcon>
#include <QtGui/QPalette>
#include <QtWidgets/QStyledItemDelegate>

#include <array>

namespace procession {

/// A round mark in the state's colour.
QIcon stateIcon(TaskState state, const QPalette &palette);

/// Draws a cell with the mark of the task state that the model gives for `stateRole`.
class StateDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit StateDelegate(int stateRole, QObject *parent = nullptr);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    int m_stateRole;
    mutable std::array<QIcon, TaskStateCount> m_icons; // of the palette
    mutable qint64 m_paletteKey = 0;
};

} // namespace procession
