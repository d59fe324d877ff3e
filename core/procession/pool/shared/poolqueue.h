// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queuebase.h>

namespace procession {

/// One of the two queues of a pool: its tasks on their way to the workers, or what comes back from them. Messages are bytes; a message is
/// looked at where it lies before it is taken out, so that a worker can say what it takes before it is gone from the queue.
///
/// A handle (see SharedObject). From any thread and process.
class PoolQueue : public QueueBase
{
public:
    static constexpr KindOf<PoolQueue> Kind{ObjectKind::SimpleQueue};

    PoolQueue();
    explicit PoolQueue(ReceivedObject received);

    /// What goes with a message beside its bytes. The same can go with several.
    struct Cargo
    {
        QByteArray head; ///< as QueueCargo::pack() made it; empty for none
        std::vector<std::shared_ptr<const Holding>> handles;
    };
    /// Takes it out of an encoder.
    /// \throws EncodeError, SharedMemoryError as QueueCargo::pack()
    static Cargo cargoOf(Encoder &encoder);

    /// Puts a message of two pieces in. Waits for nobody but another one who is putting.
    /// \throws SharedMemoryError when there is no memory for it
    void put(QByteArrayView head, QByteArrayView body, const Cargo &cargo = {}) const;

    /// Who is getting a message, or putting one, at this moment; 0: nobody. They may have ended.
    ThreadWord getter() const { return state().get.lock.owner(); }
    ThreadWord putter() const { return state().put.lock.owner(); }
    /// Wakes one of those who wait for a message, for who has been woken and does not take it.
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
