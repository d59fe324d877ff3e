// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/taskfeed.h>
#include <procession/job/task/tasksource.h>
#include <procession/widgets/common/durationhistogram.h>
#include <procession/widgets/tasks/tasktable.h>

#include <QtCore/QAbstractTableModel>

#include <array>
#include <memory>
#include <set>

namespace procession {

/// The tasks of a job, a row each, in their order.
///
/// \code
/// TaskModel model(job.source(), feed);
/// QObject::connect(&timer, &QTimer::timeout, &model, &TaskModel::refresh);      // every 40 ms
/// \endcode
///
/// Rows are never added or removed: the number of tasks is fixed. The model asks for titles when they are shown, so a million rows cost
/// only their records. For filtering and sorting put a TaskFilter above it.
class TaskModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NumberColumn,
        TitleColumn,
        StateColumn,
        WorkerColumn,
        StartedColumn,
        DurationColumn,
        ExitColumn,
        AttemptsColumn
    };
    static constexpr int ColumnCount = 8;
    enum Role {
        StateRole = Qt::UserRole, ///< the TaskState, as int
        TaskRole, ///< the TaskIndex
    };

    /// \param feed     where changes come from; may be null for a job that has ended
    /// \param records  one for each task, or empty: all are queued
    TaskModel(std::shared_ptr<const TaskSource> source, std::shared_ptr<TaskFeed> feed,
        const std::vector<TaskRecord> &records = {}, QObject *parent = nullptr);
    ~TaskModel() override;

    const std::shared_ptr<const TaskSource> &source() const { return m_source; }
    /// \pre `task` < rowCount()
    const TaskRecord &record(TaskIndex task) const { return m_records.at(task); }
    /// All records as they are now: a cheap copy, safe to read in another thread.
    TaskTable records() const { return m_records; }
    /// How many tasks are in each state, by TaskState.
    const std::array<qint64, TaskStateCount> &counts() const { return m_counts; }
    /// The middle one of the durations of the attempts that ended, in microseconds, to some percent; 0 before the first.
    qint64 typicalDuration() const { return m_durations.median(); }
    /// Tasks whose state is Running.
    const std::set<TaskIndex> &runningTasks() const { return m_running; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

public Q_SLOTS:
    /// Takes in what the feed has, for some milliseconds at most; what is left comes with the next call. Also makes the durations
    /// of running tasks go on, once a second.
    void refresh();

Q_SIGNALS:
    /// The records of these tasks changed; each is named once, in ascending order. dataChanged() says the same to views.
    void tasksChanged(const std::vector<procession::TaskIndex> &tasks);
    void countsChanged();

private:
    QVariant displayData(TaskIndex task, int column) const;
    void count(const TaskRecord &record, int by);
    void apply(TaskIndex task, const TaskRecord &record);
    void announce(std::vector<TaskIndex> tasks);
    void tickRunning();

    std::shared_ptr<const TaskSource> m_source;
    std::shared_ptr<TaskFeed> m_feed;
    TaskTable m_records;
    std::vector<TaskFeed::Change> m_pending;
    std::size_t m_pendingFrom = 0;
    std::array<qint64, TaskStateCount> m_counts{};
    DurationHistogram m_durations;
    std::set<TaskIndex> m_running;
    qint64 m_lastTick = 0;
};

} // namespace procession
