// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/robustlock.h>
#include <procession/memory/threadword.h>
#include <procession/queue/queueposition.h>

#include <bit>
#include <new>

namespace procession {

/// One end of a queue in shared memory, in a cache line of its own. Everything but the position can
/// be computed again.
struct alignas(64) QueueEnd
{
    RobustLock lock; ///< held by the thread that puts, or gets
    FutexWord hasSleepers; ///< threads may sleep until this end moves; set before they sleep
    std::atomic<quint64> position; ///< QueuePosition::packed()
    std::atomic<quint64> total; ///< messages since the queue was created
    std::atomic<quint64> otherEnd; ///< the other end's position as last read
    std::atomic<quint64>
        ring; ///< where the ring of `position` lies in the arena: its offset, a multiple of 4096, and its size class
    std::atomic<quint32> abandonments; ///< how often a thread was killed while it held the lock

    QueuePosition load() const { return QueuePosition::unpacked(position.load(std::memory_order_acquire)); }
    /// The half of the position that changes with each message, to sleep on.
    const FutexWord &changes() const
    {
        static_assert(std::endian::native == std::endian::little);
        return *std::launder(static_cast<const FutexWord *>(static_cast<const void *>(&position)));
    }
};

/// State of a queue in shared memory. Its messages lie in rings, which are segments of its record:
/// it starts with a small ring, and when that is full it continues in a larger one, while the old
/// one is emptied.
struct QueueState
{
    QueueEnd put;
    QueueEnd get;
    alignas(64) std::atomic<quint32> maxSize; ///< 0: as many as memory allows
    std::atomic<quint32> valueType; ///< signature of its values' type
    std::atomic<quint64> done; ///< tasks of a JoinableQueue that are done
    FutexWord doneChanges; ///< changes when all are done
    std::atomic<ThreadWord> watcher; ///< thread that polls for messages and needs no wake-up
    std::atomic<qint32> watcherCpu; ///< its CPU when it started to poll
    std::atomic<quint32> hasCarried; ///< 1: there were messages with handles

    /// Number of messages, at one instant between the call and its return.
    quint32 size() const;
    /// Messages put since the beginning.
    quint64 putTotal() const { return exactTotal(put); }
    /// Messages taken out since the beginning.
    quint64 getTotal() const { return exactTotal(get); }

    /// QueueEnd::total, corrected by the end's position.
    static quint64 exactTotal(const QueueEnd &end);
};
static_assert(sizeof(QueueState) <= 192);

/// What threads wait for at a queue: noted in ThreadRecord::ticket.
enum class QueueWait : quint8 { ToPut = 1, ToGet, ToJoin };

} // namespace procession
