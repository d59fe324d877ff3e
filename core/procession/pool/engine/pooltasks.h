// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/taskdispatcher.h>

#include <utility>

namespace procession {

/// The tasks of a pool, those that wait and those in flight, and how they end: each call once.
///
/// With the pool's lock held.
class PoolTasks
{
public:
    using Clock = TaskDispatcher::Clock;

    /// \param here  whether the workers are threads of this process
    PoolTasks(PoolRecord record, PoolQueue queue, bool here);
    Q_DISABLE_COPY_MOVE(PoolTasks)

    void add(const std::shared_ptr<TaskBatch> &batch) { m_dispatcher.add(batch); }
    /// \param workers  how many there are to work for
    void handOut(int workers);
    void setPaused(bool paused) { m_dispatcher.setPaused(paused); }
    /// When handOut() is next to be called, though nothing else happens.
    Clock::time_point nextRetry() const { return m_dispatcher.nextRetry(); }

    bool isEmpty() const { return m_inFlight.count() == 0 && m_dispatcher.waiting() == 0; }
    InFlightTasks &inFlight() { return m_inFlight; }
    const InFlightTasks &inFlight() const { return m_inFlight; }

    /// Its batch has been given its outcomes.
    void finish(TaskInFlight &task, quint64 failures);
    /// Fails its calls. It stays in flight, since a worker may have it or take it yet.
    void giveUp(TaskInFlight &task, const std::exception_ptr &exception);
    /// No worker has it or will take it any more.
    void drop(TaskInFlight &task) { m_inFlight.remove(task); }
    bool mayRetry(const TaskInFlight &task) const;
    void retry(TaskInFlight &task);
    void endRetries() { m_mayRetry = false; }

    /// Those of a batch that no worker has been given.
    void failWaiting(const std::shared_ptr<TaskBatch> &batch, const std::exception_ptr &exception);
    void failAll(const std::exception_ptr &exception);
    void dropAll();

    /// Adds what there is to do when the lock is free again.
    TaskBatch::Later &later() { return m_later; }
    const TaskBatch::Later &later() const { return m_later; }
    /// Whether calls have ended since this was last asked.
    bool takeChange() { return std::exchange(m_hasChanged, false); }

private:
    void fail(TaskBatch &batch, const TaskChunk &chunk, const std::exception_ptr &exception);
    void ended(TaskBatch &batch, const TaskChunk &chunk, quint64 failures);
    void tellWaiting();

    PoolRecord m_record;
    InFlightTasks m_inFlight;
    TaskDispatcher m_dispatcher;
    TaskBatch::Later m_later;
    bool m_mayRetry = true;
    bool m_hasChanged = false;
};

} // namespace procession
