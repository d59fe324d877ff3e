// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queue.h>

namespace procession {

/// A queue without a limit and with a small interface. Otherwise like Queue.
///
/// \code
/// SimpleQueue<int> queue;
/// queue.put(42);
/// int answer = queue.get();
/// \endcode
///
/// A handle (see SharedObject). From any thread and process. (Reference: SimpleQueue)
template <typename T = QVariant>
class SimpleQueue : public QueueBase
{
public:
    static constexpr KindOf<SimpleQueue> Kind{ObjectKind::SimpleQueue};

    /// \throws SharedMemoryError, SystemError
    SimpleQueue() : QueueBase(Kind, 0, typeRecord<T>) { }
    explicit SimpleQueue(ReceivedObject received) : QueueBase(std::move(received), typeRecord<T>) { }

    /// Puts a value in. Never waits for room.
    /// \throws EncodeError, SharedMemoryError. (Reference: SimpleQueue.put)
    void put(const T &value) const
    {
        detail::withMessageOf(
            value, [&](QByteArrayView head, QByteArrayView body, std::span<const std::shared_ptr<const Holding>> handles) {
                return putMessage({head, body, handles}, QDeadlineTimer(QDeadlineTimer::Forever));
            });
    }
    /// Takes a value out. Blocks until there is one. (Reference: SimpleQueue.get)
    T get() const
    {
        auto taken = beginGet(QDeadlineTimer(QDeadlineTimer::Forever));
        return valueOf<T>(*taken);
    }
};

} // namespace procession
