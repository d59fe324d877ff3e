// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace procession {

/// Draws a worker's cell; rows of new and gone workers, and workers that seem to hang, are marked.
class WorkerDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
    /// Draws the cell without its text, and gives the place for a drawing and the text's colour.
    void paintGround(QPainter *painter, QStyleOptionViewItem &option) const;
    static QColor textColor(const QStyleOptionViewItem &option);
};

/// The CPU use of the last minute as a line, and that of now in words.
class SparklineDelegate : public WorkerDelegate
{
    Q_OBJECT

public:
    using WorkerDelegate::WorkerDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Memory as a bar, beside the largest, and in words.
class MemoryDelegate : public WorkerDelegate
{
    Q_OBJECT

public:
    using WorkerDelegate::WorkerDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// How far a task is: a bar, if it says what there is to do, and what it says.
class ProgressDelegate : public WorkerDelegate
{
    Q_OBJECT

public:
    using WorkerDelegate::WorkerDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace procession
