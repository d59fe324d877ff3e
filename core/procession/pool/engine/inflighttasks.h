// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/shared/poolqueue.h>
#include <procession/pool/tasks/submission.h>

#include <deque>
#include <memory>
#include <vector>

namespace procession {

/// A task in the queue or with a worker.
struct TaskInFlight
{
    enum class Fate : quint8 {
        Wanted,
        TimedOut, ///< its worker is being killed because the task exceeded its time-out
        TooLarge, ///< its worker is being killed because the task exceeded its memory limit
        Cancelled, ///< its outcome is discarded
    };

    /// Members that few tasks need, kept apart so that many small tasks fit into the processor's caches.
    struct Extra
    {
        QByteArray message{}; ///< the body of the message, kept for a retry
        PoolQueue::Cargo cargo{}; ///< the handles that travel with the message
        Submission::CallsHere calls{}; ///< for a worker that is a thread
        std::function<void()> deliver{}; ///< delivers the outcomes of a worker that is a thread
        qint64 memory = 0; ///< bytes that its worker used when it exceeded the limit
    };

    quint64 id = 0; ///< 0 in an empty slot
    std::shared_ptr<Submission> batch;
    TaskChunk chunk;
    int attempt = 1;
    int unread = 0; ///< number of workers that died while they read it
    qsizetype bytes = 0; ///< its size in the queue
    std::unique_ptr<Extra> extra; ///< may be null
    Fate fate = Fate::Wanted;

    /// Creates the extra members if there are none.
    Extra &withExtra()
    {
        if (!extra)
            extra = std::make_unique<Extra>();
        return *extra;
    }
    /// Discards the outcome from now on and allows no retry.
    void giveUp()
    {
        batch.reset();
        extra.reset();
    }
};

/// The tasks in flight, by id.
class InFlightTasks
{
public:
    /// \pre count() < PoolState::MostInFlight
    /// \returns a reference that is valid until remove()
    TaskInFlight &add(const std::shared_ptr<Submission> &batch, const TaskChunk &chunk);
    /// Null when no task in flight has that id.
    TaskInFlight *find(quint64 id);
    void remove(TaskInFlight &task);

    std::size_t count() const { return m_count; }
    /// Their total size in the queue, in bytes.
    qsizetype bytes() const { return m_bytes; }
    void addBytes(TaskInFlight &task, qsizetype bytes);

    /// Calls `visit` with each task; `visit` may remove that task.
    template <typename Visit>
    void forEach(Visit visit)
    {
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            if (m_places[i].id != 0)
                visit(m_places[i]);
        }
    }

private:
    std::deque<TaskInFlight> m_places;
    std::vector<quint32> m_free;
    quint64 m_generation = 0;
    std::size_t m_count = 0;
    qsizetype m_bytes = 0;
};

} // namespace procession
