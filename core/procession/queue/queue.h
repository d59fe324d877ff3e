// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/queue/queuebase.h>
#include <procession/queue/queuevalue.h>

namespace procession {

/// A queue between processes and threads: any of them can put values in and take values out, first
/// in, first out.
///
/// \code
/// void greet(const Queue<QString> &queue) { queue.put(QStringLiteral("hello")); }
///
/// Queue<QString> queue;
/// Process process(&greet, queue);
/// process.start();
/// qInfo() << queue.get();
/// process.join();
/// \endcode
///
/// `T` is any type that can be sent (codec.h); `Queue<>` holds QVariants. Values that one thread
/// puts are taken out in the order in which it put them. A value is in the queue when put()
/// returns: there is no feeder thread, so a process that has put values can end, and be joined,
/// before they are taken out, and a process that is killed leaves the queue intact. The queue takes
/// memory for its contents as needed and gives it back.
///
/// A handle (see SharedObject). From any thread and process. (Reference: Queue)
template <typename T = QVariant>
class Queue : public QueueBase
{
public:
    static constexpr KindOf<Queue> Kind{ObjectKind::Queue};

    /// \param maxSize  most values in the queue; 0 and less: as many as memory allows
    /// \throws SharedMemoryError, SystemError
    explicit Queue(int maxSize = 0) : QueueBase(Kind, maxSize, typeRecord<T>) { }
    explicit Queue(ReceivedObject received) : QueueBase(std::move(received), typeRecord<T>) { }

    /// Puts a value in. Blocks until there is room for it or the deadline passes.
    /// \param block  false: does not block, whatever the deadline
    /// \throws Full               when there was no room in time
    /// \throws EncodeError        when the value cannot be sent
    /// \throws SharedMemoryError  when there is no memory for it. (Reference: Queue.put)
    void put(const T &value, bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const
    {
        if (!tryPut(value, block ? deadline : QDeadlineTimer()))
            failFull();
    }
    /// Puts a value in if there is room. (Reference: Queue.put_nowait)
    void putNowait(const T &value) const { put(value, false); }
    /// Like put(). \returns false when there was no room in time
    bool tryPut(const T &value, QDeadlineTimer deadline = QDeadlineTimer()) const
    {
        return detail::withMessageOf(
            value, [&](QByteArrayView head, QByteArrayView body, std::span<const std::shared_ptr<const Holding>> handles) {
                return putMessage({head, body, handles}, deadline);
            });
    }

    /// Takes a value out. Blocks until there is one or the deadline passes.
    /// \param block  false: does not block, whatever the deadline
    /// \throws Empty when there was none in time. (Reference: Queue.get)
    T get(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const
    {
        auto value = tryGet(block ? deadline : QDeadlineTimer());
        if (!value)
            failEmpty();
        return std::move(*value);
    }
    /// Takes a value out if there is one. (Reference: Queue.get_nowait)
    T getNowait() const { return get(false); }
    /// Like get(). \returns nothing when there was none in time
    std::optional<T> tryGet(QDeadlineTimer deadline = QDeadlineTimer()) const
    {
        auto taken = beginGet(deadline);
        if (!taken)
            return std::nullopt;
        return valueOf<T>(*taken);
    }

    /// 0 when there is no limit.
    int maxSize() const { return maximum(); }
    bool isFull() const { return maximum() > 0 && size() >= maximum(); }

    /// For programs ported from the reference: there is no thread to join, so it returns at once.
    /// \throws QueueError before close(). (Reference: Queue.join_thread)
    void joinThread() const { requireClosed("joinThread()"); }
    /// The same: values that were put are in the queue already. (Reference:
    /// Queue.cancel_join_thread)
    void cancelJoinThread() const { }

protected:
    Queue(ObjectKind kind, int maxSize) : QueueBase(kind, maxSize, typeRecord<T>) { }
};

} // namespace procession
