// SPDX-License-Identifier: MIT
#include <procession/pool/engine/taskledger.h>

#include <algorithm>

namespace procession {

TaskLedger::TaskLedger(PoolHandle record, PoolQueue queue, bool here)
    : m_record(record),
      m_dispatcher(std::move(record), std::move(queue), m_inFlight, here,
          [this](Submission &batch, const TaskChunk &chunk, const std::exception_ptr &error) { fail(batch, chunk, error); })
{
}

void TaskLedger::fillQueue(int workers)
{
    m_dispatcher.fillQueue(workers);
    publishWaiting();
}

void TaskLedger::publishWaiting() { m_record.state().waiting.store(m_dispatcher.waiting(), std::memory_order_relaxed); }

void TaskLedger::finish(TaskInFlight &task, quint64 failures)
{
    ended(*task.batch, task.chunk, failures);
    drop(task);
}

void TaskLedger::giveUp(TaskInFlight &task, const std::exception_ptr &exception)
{
    if (task.batch)
        fail(*task.batch, task.chunk, exception);
    task.giveUp();
}

void TaskLedger::fail(Submission &batch, const TaskChunk &chunk, const std::exception_ptr &exception)
{
    batch.fail(chunk, exception);
    ended(batch, chunk, chunk.count);
}

void TaskLedger::ended(Submission &batch, const TaskChunk &chunk, quint64 failures)
{
    PoolState &state = m_record.state();
    state.done.store(state.done.load(std::memory_order_relaxed) + chunk.count - failures, std::memory_order_relaxed);
    if (failures > 0)
        state.failed.store(state.failed.load(std::memory_order_relaxed) + failures, std::memory_order_relaxed);
    batch.takeLater(m_later);
    m_hasChanged = true;
}

bool TaskLedger::mayRetry(const TaskInFlight &task) const
{
    return m_mayRetry && !task.batch->isCancelled() && task.attempt <= task.batch->options().retry->retries;
}

void TaskLedger::retry(TaskInFlight &task)
{
    constexpr int MostDoublings = 20;
    m_record.state().retried.fetch_add(task.chunk.count, std::memory_order_relaxed);
    m_dispatcher.retry(task, task.batch->options().retry->delay * (1 << std::min(task.attempt - 1, MostDoublings)));
}

void TaskLedger::failWaiting(const std::shared_ptr<Submission> &batch, const std::exception_ptr &exception)
{
    for (const TaskDispatcher::Waiting &waiting : m_dispatcher.take(batch))
        fail(*batch, waiting.chunk, exception);
    publishWaiting();
}

void TaskLedger::failAll(const std::exception_ptr &exception)
{
    for (const TaskDispatcher::Waiting &waiting : m_dispatcher.takeAll())
        fail(*waiting.batch, waiting.chunk, exception);
    m_inFlight.forEach([&](TaskInFlight &task) { giveUp(task, exception); });
    publishWaiting();
}

void TaskLedger::dropAll()
{
    m_inFlight.forEach([this](TaskInFlight &task) { drop(task); });
}

} // namespace procession
