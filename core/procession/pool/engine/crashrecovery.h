// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/taskledger.h>
#include <procession/pool/output/outputrelay.h>
#include <procession/pool/worker/workertable.h>

namespace procession {

/// Handles the task of a worker that has died: retries it, or fails its calls with the cause of
/// death.
///
/// Requires the pool's lock.
class CrashRecovery
{
public:
    /// \param memoryLimit  PoolOptions::memoryLimit
    /// \param output       null when no output of workers is captured
    CrashRecovery(
        PoolHandle record, PoolQueue queue, qint64 memoryLimit, OutputRelay *output, TaskLedger &tasks, WorkerTable &workers)
        : m_record(std::move(record)),
          m_queue(std::move(queue)),
          m_memoryLimit(memoryLimit),
          m_output(output),
          m_tasks(tasks),
          m_workers(workers)
    {
    }

    /// Handles the worker's task as lost, if it had one and neither left it in the queue nor reported
    /// its outcome.
    /// \param collectAll  collects all reports of the workers
    void settle(const WorkerTable::Ended &gone, const std::function<void()> &collectAll);

private:
    void note(const WorkerTable::Ended &gone, const TaskInFlight &task);
    void lose(TaskInFlight &task, const WorkerTable::Ended &gone, OutputRelay::Last &&last);
    void leftUnread(TaskInFlight &task, const WorkerTable::Ended &gone, const QByteArray &lastWords);
    std::exception_ptr errorFor(const TaskInFlight &task, const WorkerTable::Ended &gone, const QByteArray &lastWords) const;

    PoolHandle m_record;
    PoolQueue m_queue;
    qint64 m_memoryLimit;
    OutputRelay *m_output;
    TaskLedger &m_tasks;
    WorkerTable &m_workers;
    quint64 m_noted = 0;
};

} // namespace procession
