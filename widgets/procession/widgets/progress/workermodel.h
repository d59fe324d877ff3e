// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/engine/job.h>
#include <procession/job/task/tasksource.h>

#include <QtCore/QAbstractTableModel>
#include <QtCore/QList>

#include <memory>
#include <vector>

namespace procession {

/// The workers of a job, a row each, from the snapshots that it is given.
///
/// \code
/// model.update(job.workers(), taskModel.typicalDuration(), now);      // some times a second
/// \endcode
///
/// Rows of workers that have gone stay for a moment, marked.
class WorkerModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        PidColumn,
        StateColumn,
        TaskColumn,
        ForColumn,
        DoneColumn,
        FailedColumn,
        CpuColumn,
        MemoryColumn,
        ProgressColumn,
    };
    static constexpr int ColumnCount = 10;
    enum Role {
        SortRole = Qt::UserRole, ///< a number, or text
        WorkerRole, ///< the worker's id
        HistoryRole, ///< QList<double>: the CPU use of the last minute, 1 for one processor, the oldest first
        RatioRole, ///< double: memory as a part of the largest that any worker has used; of the progress, invalid when that is not known
        MarkRole, ///< Mark, as int
        HungRole, ///< bool: isHung()
    };
    enum class Mark { None, New, Gone };

    explicit WorkerModel(QObject *parent = nullptr);
    ~WorkerModel() override;

    /// Forgets all rows.
    /// \param source  names the tasks; null for none
    void setSource(std::shared_ptr<const TaskSource> source);

    /// \param workers          all there are now, in ascending order of id
    /// \param typicalDuration  of tasks that ended, in microseconds; 0 when unknown
    /// \param now              microseconds since the epoch
    void update(const std::vector<WorkerSnapshot> &workers, qint64 typicalDuration, qint64 now);

    /// \pre `row` < rowCount()
    const WorkerSnapshot &worker(int row) const;
    /// Whether its task has run far longer than its peers': more than 10 s and 8 typical durations.
    bool isHung(int row) const;
    /// Whether any task that runs says how far it is.
    bool hasProgress() const;
    static QString workerName(int id);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row;

    void removeGone(const std::vector<WorkerSnapshot> &workers);
    void insertOrUpdate(const std::vector<WorkerSnapshot> &workers);
    void sampleCpu();
    Mark markOf(const Row &row) const;
    QString cellText(const Row &row, const QModelIndex &index) const;
    QVariant sortValue(const Row &row, const QModelIndex &index) const;
    QString toolTip(const Row &row, const QModelIndex &index) const;
    static Qt::Alignment alignment(int column);

    std::shared_ptr<const TaskSource> m_source;
    std::vector<Row> m_rows;
    qint64 m_typicalDuration = 0;
    qint64 m_now = 0;
    qint64 m_firstUpdate = 0;
    qint64 m_lastSample = 0;
    qint64 m_largestMemory = 0;
};

} // namespace procession
