// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/inflighttasks.h>
#include <procession/pool/shared/poolhandles.h>
#include <procession/pool/shared/poolqueue.h>
#include <procession/pool/tasks/taskfunctionnames.h>

#include <chrono>
#include <list>
#include <map>

namespace procession {

/// Hands out the tasks of a pool: chooses the next task and its number of calls, and keeps just
/// enough tasks in the queue that no worker waits.
///
/// Requires the pool's lock.
class TaskDispatcher
{
public:
    using Clock = std::chrono::steady_clock;
    using Fail = std::function<void(Submission &batch, const TaskChunk &chunk, const std::exception_ptr &exception)>;

    /// \param here  whether the workers are threads of this process
    /// \param fail  fails calls that cannot be handed out
    TaskDispatcher(PoolHandle record, PoolQueue tasks, InFlightTasks &inFlight, bool here, Fail fail);

    void add(const std::shared_ptr<Submission> &batch);
    /// Hands a task out again after `delay` and removes it from the tasks in flight.
    void retry(TaskInFlight &task, std::chrono::milliseconds delay);
    /// Puts tasks into the queue.
    /// \param workers  the number of workers that take tasks
    void fillQueue(int workers);

    /// Calls that were handed to no worker.
    struct Waiting
    {
        std::shared_ptr<Submission> batch;
        TaskChunk chunk;
    };
    /// Removes and returns the waiting calls of a batch.
    std::vector<Waiting> take(const std::shared_ptr<Submission> &batch);
    /// Removes and returns all waiting calls.
    std::vector<Waiting> takeAll();
    /// The number of waiting calls.
    quint64 waiting() const { return m_waiting; }
    /// When fillQueue() is next due even if nothing else happens.
    Clock::time_point nextRetry() const
    {
        return m_isPaused || m_delayed.empty() || !hasRoom() ? Clock::time_point::max() : m_delayed.begin()->first;
    }

    void setPaused(bool paused) { m_isPaused = paused; }
    bool isPaused() const { return m_isPaused; }

private:
    struct Delayed
    {
        std::shared_ptr<Submission> batch;
        TaskChunk chunk;
        int attempt = 1;
        TaskInFlight::Extra extra;
    };

    bool hasRoom() const;
    const std::shared_ptr<Submission> *next();
    TaskChunk takeFrom(Submission &batch, quint32 most);
    void takeAllOf(const std::shared_ptr<Submission> &batch, std::vector<Waiting> &all);
    void takeDelayed(const std::function<bool(const Delayed &)> &isMeant, std::vector<Waiting> &all);
    void adjustWindow(int workers);
    void handOutAgain(Delayed &&delayed);
    void handOutNext(const std::shared_ptr<Submission> &batch, int workers);
    qsizetype writeHead(const TaskInFlight &task);
    void put(TaskInFlight &task, QByteArrayView tail, const PoolQueue::Cargo &cargo);
    static quint32 chunkSize(const Submission &batch, int workers);

    PoolHandle m_record;
    TaskFunctionNames m_names;
    PoolQueue m_queue;
    InFlightTasks &m_inFlight;
    bool m_here;
    Fail m_fail;
    bool m_isPaused = false;
    quint64 m_waiting = 0; ///< number of calls
    std::map<int, std::list<std::shared_ptr<Submission>>, std::greater<>> m_batches; ///< by priority
    std::multimap<Clock::time_point, Delayed> m_delayed;
    std::size_t m_window = 0; ///< the most tasks in flight
    bool m_wasFull = false; ///< the window held back a task at the last hand-out
    quint32 m_few = 0; ///< tasks in flight: below this number, workers may be short of tasks
    Clock::time_point m_lastPut;
    Encoder m_encoder;
};

} // namespace procession
