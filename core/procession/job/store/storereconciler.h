// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/store/storeconnection.h>
#include <procession/job/task/attempt.h>

#include <unordered_map>
#include <vector>

namespace procession {

class TaskSource;

/// Settles the tasks that were running when the program of a job died: a task whose attempt is recorded as a success becomes Done,
/// every other one Queued, and attempts without a recorded end are recorded as lost.
/// \pre a transaction is open
void requeueUnended(StoreConnection &connection, qint64 job);

/// Finds, for each task of a new task list, the recorded task that has its command. To be used inside of a transaction.
class StoreReconciler
{
public:
    StoreReconciler(StoreConnection &connection, qint64 job, const TaskSource &source);

    /// Gives each recorded task its new place, or none, and returns the record of every task of the source.
    std::vector<TaskRecord> reconcile();

private:
    struct Recorded
    {
        qint64 id;
        TaskRecord record;
    };

    void keepThoseInPlace();
    void assignOthers();
    void moveTo(qint64 id, std::size_t task);

    StoreConnection &m_connection;
    const qint64 m_job;
    const TaskSource &m_source;
    std::vector<TaskRecord> m_records;
    std::vector<bool> m_found;
    std::unordered_multimap<std::string, Recorded> m_others; // the recorded tasks that stand elsewhere or nowhere, by command
};

} // namespace procession
