// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/taskdispatcher.h>

#include <utility>

namespace procession {

/// The waiting tasks of a pool and those in flight, and how they end: each call exactly once.
///
/// Requires the pool's lock.
class TaskLedger
{
public:
    using Clock = TaskDispatcher::Clock;

    /// \param here  whether the workers are threads of this process
    TaskLedger(PoolHandle record, PoolQueue queue, bool here);
    Q_DISABLE_COPY_MOVE(TaskLedger)

    void add(const std::shared_ptr<Submission> &batch) { m_dispatcher.add(batch); }
    /// \param workers  the number of workers that take tasks
    void fillQueue(int workers);
    void setPaused(bool paused) { m_dispatcher.setPaused(paused); }
    /// When fillQueue() is next due even if nothing else happens.
    Clock::time_point nextRetry() const { return m_dispatcher.nextRetry(); }

    bool isEmpty() const { return m_inFlight.count() == 0 && m_dispatcher.waiting() == 0; }
    InFlightTasks &inFlight() { return m_inFlight; }
    const InFlightTasks &inFlight() const { return m_inFlight; }

    /// Ends a task whose outcomes its batch has received.
    void finish(TaskInFlight &task, quint64 failures);
    /// Fails the calls of the task. It stays in flight, since a worker may hold it or still claim it.
    void giveUp(TaskInFlight &task, const std::exception_ptr &exception);
    /// Removes a task that no worker holds or will claim.
    void drop(TaskInFlight &task) { m_inFlight.remove(task); }
    bool mayRetry(const TaskInFlight &task) const;
    void retry(TaskInFlight &task);
    void endRetries() { m_mayRetry = false; }

    /// Fails the calls of a batch that were handed to no worker.
    void failWaiting(const std::shared_ptr<Submission> &batch, const std::exception_ptr &exception);
    void failAll(const std::exception_ptr &exception);
    void dropAll();

    /// The actions to perform once the lock is released.
    Submission::Later &later() { return m_later; }
    const Submission::Later &later() const { return m_later; }
    /// Whether calls have ended since the last call.
    bool takeChange() { return std::exchange(m_hasChanged, false); }

private:
    void fail(Submission &batch, const TaskChunk &chunk, const std::exception_ptr &exception);
    void ended(Submission &batch, const TaskChunk &chunk, quint64 failures);
    void publishWaiting();

    PoolHandle m_record;
    InFlightTasks m_inFlight;
    TaskDispatcher m_dispatcher;
    Submission::Later m_later;
    bool m_mayRetry = true;
    bool m_hasChanged = false;
};

} // namespace procession
