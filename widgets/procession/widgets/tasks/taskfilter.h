// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/common/rowtransition.h>
#include <procession/widgets/tasks/taskmodel.h>
#include <procession/widgets/tasks/taskorder.h>

#include <QtCore/QAbstractProxyModel>
#include <QtCore/QThreadPool>
#include <QtCore/QTimer>

#include <memory>
#include <optional>

namespace procession {

/// The rows of a TaskModel that a person wants to see, in the order wanted.
///
/// Filtering and sorting run in a thread of their own over a snapshot, so that a million rows do not hold up the event loop; rows
/// change a moment after the criteria. Selections and persistent indexes survive.
class TaskFilter : public QAbstractProxyModel
{
    Q_OBJECT

public:
    explicit TaskFilter(QObject *parent = nullptr);
    /// Waits for the work in hand (some milliseconds).
    ~TaskFilter() override;

    /// \param model  not owned; null for none
    void setTaskModel(TaskModel *model);
    TaskModel *taskModel() const { return m_model; }

    const TaskCriteria &criteria() const { return m_criteria; }
    void setCriteria(const TaskCriteria &criteria);
    /// Whether the rows are yet to follow the criteria or the tasks' changes.
    bool isBusy() const;

    /// \pre `row` < rowCount()
    TaskIndex taskAt(int row) const;
    /// Empty when the task is filtered out.
    std::optional<int> rowOf(TaskIndex task) const;

    QModelIndex mapFromSource(const QModelIndex &sourceIndex) const override;
    QModelIndex mapToSource(const QModelIndex &proxyIndex) const override;
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    using QObject::parent;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// Column -1 is the tasks' own order.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    /// isBusy() became false.
    void settled();

private:
    struct Work;

    void takeChanges(const std::vector<TaskIndex> &tasks);
    void announceData(const std::vector<TaskIndex> &tasks);
    void dropSettledChanges(const TaskOrder &order);
    void startWork();
    void finishWork(const std::shared_ptr<Work> &work);
    void makeSimple(const RowTransition &transition);
    void makeFull(const RowTransition &transition);
    void reorder(const RowTransition::Rows &rows, const RowTransition::Positions &positions);

    TaskModel *m_model = nullptr;
    TaskCriteria m_criteria;
    std::shared_ptr<const TaskRows> m_rows; // null: every task is in its own row
    std::shared_ptr<const std::vector<int>> m_positions;
    std::vector<TaskIndex> m_changed; // may have to come, go or move
    bool m_rebuildWanted = false;
    std::shared_ptr<Work> m_work; // in hand, or null
    QTimer m_next;
    QThreadPool m_pool;
};

} // namespace procession
