// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queuebase.h>

namespace procession {

/// One of the two queues of a pool: tasks for the workers, or reports from them. Messages are bytes.
/// A worker inspects a message in place before it takes it out, so that it can record what it takes
/// while the message is still in the queue.
///
/// A handle (see SharedObject). Any thread and process may use it.
class PoolQueue : public QueueBase
{
public:
    static constexpr KindOf<PoolQueue> Kind{ObjectKind::SimpleQueue};

    PoolQueue();
    explicit PoolQueue(ReceivedObject received);

    /// Handles that travel with a message beside its bytes. Several messages can carry the same ones.
    struct Cargo
    {
        QByteArray head; ///< made by QueueCargo::pack(); empty when there is none
        std::vector<std::shared_ptr<const Holding>> handles;
    };
    /// Takes the handles out of an encoder.
    /// \throws EncodeError, SharedMemoryError as QueueCargo::pack()
    static Cargo cargoOf(Encoder &encoder);

    /// Puts a message made of two pieces. Blocks only while another thread puts.
    /// \throws SharedMemoryError when there is no memory for it
    void put(QByteArrayView head, QByteArrayView body, const Cargo &cargo = {}) const;

    /// The thread that gets a message at this moment, or puts one; 0 for none. It may have ended.
    ThreadWord getter() const { return state().get.lock.owner(); }
    ThreadWord putter() const { return state().put.lock.owner(); }
    /// Wakes another waiting thread, for a thread that was woken and takes nothing.
    void wakeNext() const;

    using QueueBase::awaitMessage;
    using QueueBase::beginGet;
    using QueueBase::cancelGet;
    using QueueBase::finishGet;
    using QueueBase::getNext;
    using QueueBase::lookOut;
    using QueueBase::Taken;
};

} // namespace procession
