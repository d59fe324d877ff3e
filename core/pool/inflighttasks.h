// SPDX-License-Identifier: MIT
#pragma once

#include <procession/poolqueue.h>
#include <procession/taskbatch.h>

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

    quint64 id = 0; ///< 0: there is none in this place
    std::shared_ptr<TaskBatch> batch;
    TaskChunk chunk;
    int attempt = 1;
    Fate fate = Fate::Wanted;
    int unread = 0; ///< how many workers died while they were reading it
    qsizetype bytes = 0; ///< that it takes in the queue
    qint64 memory = 0; ///< bytes that its worker used, when that was too much
    QByteArray message{}; ///< what follows the head, when it may be tried again
    PoolQueue::Cargo cargo{}; ///< what goes with the message
    TaskBatch::CallsHere calls{}; ///< for a worker that is a thread
    std::function<void()> deliver{}; ///< the outcomes that such a one has got

    /// What comes of it is of no interest from now on, and it is not tried again.
    void giveUp()
    {
        batch.reset();
        message.clear();
        cargo = {};
        calls = nullptr;
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
            if (m_places[i]->id != 0)
                visit(*m_places[i]);
        }
    }

private:
    std::vector<std::unique_ptr<TaskInFlight>> m_places;
    std::vector<quint32> m_free;
    quint64 m_generation = 0;
    std::size_t m_count = 0;
    qsizetype m_bytes = 0;
};

} // namespace procession
