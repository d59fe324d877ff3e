// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/shared/poolqueue.h>
#include <procession/pool/tasks/taskbatch.h>

#include <deque>
#include <memory>
#include <vector>

namespace procession {

/// A task that is with a worker or on its way to one.
struct TaskInFlight
{
    enum class Fate : quint8 {
        Wanted,
        TimedOut, ///< its worker is being killed because it took too long
        TooLarge, ///< the same because it used too much memory
        Cancelled, ///< what comes of it is of no interest
    };

    /// What most tasks do not have: of small ones very many are in flight, and the processor's caches are to hold them all.
    struct Extra
    {
        QByteArray message{}; ///< what follows the head, when it may be tried again
        PoolQueue::Cargo cargo{}; ///< what goes with the message
        TaskBatch::CallsHere calls{}; ///< for a worker that is a thread
        std::function<void()> deliver{}; ///< the outcomes that such a one has got
        qint64 memory = 0; ///< bytes that its worker used, when that was too much
    };

    quint64 id = 0; ///< 0: there is none in this place
    std::shared_ptr<TaskBatch> batch;
    TaskChunk chunk;
    int attempt = 1;
    int unread = 0; ///< how many workers died while they were reading it
    qsizetype bytes = 0; ///< that it takes in the queue
    std::unique_ptr<Extra> extra; ///< may be null
    Fate fate = Fate::Wanted;

    /// Makes one when there is none.
    Extra &withExtra()
    {
        if (!extra)
            extra = std::make_unique<Extra>();
        return *extra;
    }
    /// What comes of it is of no interest from now on, and it is not tried again.
    void giveUp()
    {
        batch.reset();
        extra.reset();
    }
};

/// The tasks in flight, by their ids.
class InFlightTasks
{
public:
    /// \pre count() < PoolState::MostInFlight
    /// \returns a reference that lasts until remove()
    TaskInFlight &add(const std::shared_ptr<TaskBatch> &batch, const TaskChunk &chunk);
    /// Null when there is none with that id any more.
    TaskInFlight *find(quint64 id);
    void remove(TaskInFlight &task);

    std::size_t count() const { return m_count; }
    /// Bytes that they take in the queue.
    qsizetype bytes() const { return m_bytes; }
    void addBytes(TaskInFlight &task, qsizetype bytes);

    /// Calls `visit` with each; it may remove that one.
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
