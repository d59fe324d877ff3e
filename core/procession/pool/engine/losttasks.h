// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/pooltasks.h>
#include <procession/pool/output/outputrelay.h>
#include <procession/pool/worker/poolworkers.h>

namespace procession {

/// Handles the task of a worker that has died: retries it, or fails its calls with the cause of
/// death.
///
/// Requires the pool's lock.
class LostTasks
{
public:
    /// \param memoryLimit  PoolOptions::memoryLimit
    /// \param output       null when no output of workers is captured
    LostTasks(PoolRecord record, PoolQueue queue, qint64 memoryLimit, OutputRelay *output, PoolTasks &tasks, PoolWorkers &workers)
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
    void settle(const PoolWorkers::Ended &gone, const std::function<void()> &collectAll);

private:
    void note(const PoolWorkers::Ended &gone, const TaskInFlight &task);
    void lose(TaskInFlight &task, const PoolWorkers::Ended &gone, OutputRelay::Last &&last);
    void leftUnread(TaskInFlight &task, const PoolWorkers::Ended &gone, const QByteArray &lastWords);
    std::exception_ptr errorFor(const TaskInFlight &task, const PoolWorkers::Ended &gone, const QByteArray &lastWords) const;

    PoolRecord m_record;
    PoolQueue m_queue;
    qint64 m_memoryLimit;
    OutputRelay *m_output;
    PoolTasks &m_tasks;
    PoolWorkers &m_workers;
    quint64 m_noted = 0;
};

} // namespace procession
