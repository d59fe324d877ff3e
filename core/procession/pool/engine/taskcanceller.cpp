// SPDX-License-Identifier: MIT
#include <procession/pool/engine/taskcanceller.h>

#include <procession/pool/options/poolerrors.h>
#include <procession/pool/shared/taskmessage.h>

namespace procession {

void TaskCanceller::stop(TaskInFlight &task, TaskInFlight::Fate fate)
{
    task.fate = fate;
    if (fate == TaskInFlight::Fate::Cancelled)
        m_record.isCancelled(TaskId::place(task.id)).store(1); // before the claim is read: the worker uses the opposite order
    WorkerTable::Worker *worker = m_workers.on(task.id);
    const bool isKilled = worker && m_workers.killFor(*worker, task.id);
    if (fate == TaskInFlight::Fate::TimedOut && worker && !isKilled && m_workers.areThreads())
        m_tasks.giveUp(task, timeout(task));
}

std::exception_ptr TaskCanceller::timeout(const TaskInFlight &task)
{
    return std::make_exception_ptr(TaskTimeout(task.batch->describe(task.chunk).toStdString() + " took longer than the "
        + std::to_string(task.batch->options().timeout->count()) + " ms that it may take"));
}

} // namespace procession
