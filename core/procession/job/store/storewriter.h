// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/store/jobstore.h>
#include <procession/job/store/storeconnection.h>

#include <QtCore/QDir>

#include <array>
#include <unordered_map>

namespace procession {

/// How many tasks of a job are in each state, as they are kept in the job's row.
using TaskCounts = std::array<qint64, TaskStateCount>;

/// Writes changes of one job together: of several changes of one task only the last record reaches the disk.
/// Lives for one transaction, which its owner starts and commits.
class StoreWriter
{
public:
    StoreWriter(StoreConnection &connection, qint64 job, const TaskSource &source, const QDir &outputFolder);

    void write(const std::vector<StoreChange> &changes);

private:
    struct Row
    {
        qint64 id = 0; ///< 0 until it is known
        const TaskRecord *record = nullptr; ///< the record to write; null when it stays as it is
        TaskRecord made; ///< backs `record` for a task of which only an attempt is known
    };

    void writeAdded(const AddedTasks &added);
    void collect(const std::vector<StoreChange> &changes);
    void writeTask(TaskIndex task, Row &row);
    qint64 insertTask(TaskIndex task, const TaskRecord &record);
    void writeAttempt(const Attempt &attempt);
    void writeCounts();
    void writeState(JobState state, qint64 at);

    StoreConnection &m_connection;
    const qint64 m_job;
    const TaskSource &m_source;
    const QDir m_outputFolder;
    std::unordered_map<TaskIndex, Row> m_rows;
    TaskCounts m_difference{};
};

/// Counts the tasks of a job anew and keeps the result in its row.
void recountTasks(StoreConnection &connection, qint64 job);

} // namespace procession
