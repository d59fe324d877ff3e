// SPDX-License-Identifier: MIT
#include <procession/pool/engine/pooltasks.h>

#include <algorithm>

namespace procession {

PoolTasks::PoolTasks(PoolRecord record, PoolQueue queue, bool here)
    : m_record(record),
      m_dispatcher(std::move(record), std::move(queue), m_inFlight, here,
          [this](TaskBatch &batch, const TaskChunk &chunk, const std::exception_ptr &error) { fail(batch, chunk, error); })
{
}

void PoolTasks::handOut(int workers)
{
    m_dispatcher.handOut(workers);
    tellWaiting();
}

void PoolTasks::tellWaiting() { m_record.state().waiting.store(m_dispatcher.waiting(), std::memory_order_relaxed); }

void PoolTasks::finish(TaskInFlight &task, quint64 failures)
{
    ended(*task.batch, task.chunk, failures);
    drop(task);
}

void PoolTasks::giveUp(TaskInFlight &task, const std::exception_ptr &exception)
{
    if (task.batch)
        fail(*task.batch, task.chunk, exception);
    task.giveUp();
}

void PoolTasks::fail(TaskBatch &batch, const TaskChunk &chunk, const std::exception_ptr &exception)
{
    batch.fail(chunk, exception);
    ended(batch, chunk, chunk.count);
}

void PoolTasks::ended(TaskBatch &batch, const TaskChunk &chunk, quint64 failures)
{
    PoolState &state = m_record.state();
    state.done.store(state.done.load(std::memory_order_relaxed) + chunk.count - failures, std::memory_order_relaxed);
    if (failures > 0)
        state.failed.store(state.failed.load(std::memory_order_relaxed) + failures, std::memory_order_relaxed);
    batch.takeLater(m_later);
    m_hasChanged = true;
}

bool PoolTasks::mayRetry(const TaskInFlight &task) const
{
    return m_mayRetry && !task.batch->isCancelled() && task.attempt <= task.batch->options().retry->retries;
}

void PoolTasks::retry(TaskInFlight &task)
{
    constexpr int MostDoublings = 20;
    m_record.state().retried.fetch_add(task.chunk.count, std::memory_order_relaxed);
    m_dispatcher.retry(task, task.batch->options().retry->delay * (1 << std::min(task.attempt - 1, MostDoublings)));
}

void PoolTasks::failWaiting(const std::shared_ptr<TaskBatch> &batch, const std::exception_ptr &exception)
{
    for (const TaskDispatcher::Waiting &waiting : m_dispatcher.take(batch))
        fail(*batch, waiting.chunk, exception);
    tellWaiting();
}

void PoolTasks::failAll(const std::exception_ptr &exception)
{
    for (const TaskDispatcher::Waiting &waiting : m_dispatcher.takeAll())
        fail(*waiting.batch, waiting.chunk, exception);
    m_inFlight.forEach([&](TaskInFlight &task) { giveUp(task, exception); });
    tellWaiting();
}

void PoolTasks::dropAll()
{
    m_inFlight.forEach([this](TaskInFlight &task) { drop(task); });
}

} // namespace procession
