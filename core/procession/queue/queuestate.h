// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/robustlock.h>
#include <procession/memory/threadword.h>
#include <procession/queue/queueposition.h>

#include <bit>
#include <new>

namespace procession {

/// One end of a queue in shared memory, in a cache line of its own. All but the position is what can be found out again.
struct alignas(64) QueueEnd
{
    RobustLock lock; ///< whoever puts, or gets
    FutexWord hasSleepers; ///< somebody may sleep until this end moves: set by those who are about to
    std::atomic<quint64> position; ///< QueuePosition::packed()
    std::atomic<quint64> total; ///< messages since the beginning
    std::atomic<quint64> otherEnd; ///< the other end's position as it was when last looked at
    std::atomic<quint64>
        ring; ///< where the ring of `position` lies in the arena: its offset, a multiple of 4096, and its size class
    std::atomic<quint32> abandonments; ///< how often somebody was killed in the middle

    QueuePosition load() const { return QueuePosition::unpacked(position.load(std::memory_order_acquire)); }
    /// The half of the position that changes with each message, to sleep on.
    const FutexWord &changes() const
    {
        static_assert(std::endian::native == std::endian::little);
        return *std::launder(static_cast<const FutexWord *>(static_cast<const void *>(&position)));
    }
};

/// What a queue is in shared memory. Its messages lie in rings, which are segments of its record: it begins with a small one, and when
/// that is full it goes on in a larger one, while what is in the old one is taken out.
struct QueueState
{
    QueueEnd put; ///< where messages come in
    QueueEnd get; ///< where they go out
    alignas(64) std::atomic<quint32> maxSize; ///< 0: as many as there is memory for
    std::atomic<quint32> valueType; ///< the signature of its values' type
    std::atomic<quint64> done; ///< tasks of a JoinableQueue that are done
    FutexWord doneChanges; ///< changes when all are done
    std::atomic<ThreadWord> watcher; ///< who looks out for messages without sleeping, and is not to be woken
    std::atomic<qint32> watcherCpu; ///< where it ran when it began to
    std::atomic<quint32> hasCarried; ///< there were messages with handles in it

    /// How many messages are in it, at one instant between the call and its return.
    quint32 size() const;
    /// Messages put since the beginning.
    quint64 putTotal() const { return exactTotal(put); }
    /// Messages taken out since the beginning.
    quint64 getTotal() const { return exactTotal(get); }

    /// QueueEnd::total, as its position says it is.
    static quint64 exactTotal(const QueueEnd &end);
};
static_assert(sizeof(QueueState) <= 192);

/// What threads wait for at a queue: noted in ThreadRecord::ticket.
enum class QueueWait : quint8 { ToPut = 1, ToGet, ToJoin };

} // namespace procession
