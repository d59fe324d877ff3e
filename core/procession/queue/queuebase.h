// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/sharedobjectcodec.h>
#include <procession/ipc/codec/typesignature.h>
#include <procession/ipc/wire/message.h>
#include <procession/memory/threadword.h>
#include <procession/queue/messagering.h>
#include <procession/queue/queuecargo.h>
#include <procession/queue/queueerrors.h>
#include <procession/queue/queuestate.h>
#include <procession/queue/queuevalue.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QDeadlineTimer>

#include <chrono>
#include <optional>
#include <span>

namespace procession {

/// The common base of Queue, SimpleQueue and JoinableQueue of all types: a queue of messages, which
/// are bytes. See Queue for what all have in common.
class QueueBase : public SharedObject
{
public:
    /// Number of messages, exact at one instant between the call and its return. (Reference: qsize)
    int size() const { return static_cast<int>(state().size()); }
    bool isEmpty() const { return size() == 0; }

    /// Messages put and taken out since the queue was created, by all processes.
    quint64 putTotal() const { return state().putTotal(); }
    quint64 getTotal() const { return state().getTotal(); }
    /// Number of threads killed while putting or getting. A message that was being put is not in
    /// the queue; a message that was being taken out still is.
    int abandonments() const;

    /// Closes the queue in this process: put() and get() of this handle and its copies throw
    /// QueueError from now on. Other processes are not affected. (Reference: close)
    /// \throws ProcessError for a null handle
    void close() const { local().isClosed.store(true, std::memory_order_relaxed); }
    bool isClosed() const { return local().isClosed.load(std::memory_order_relaxed); }

protected:
    /// A message in two pieces, so that large data need not be copied together first.
    struct Parts
    {
        QByteArrayView head;
        QByteArrayView body;
        /// Objects whose handles are in the message, named in `head`.
        std::span<const std::shared_ptr<const Holding>> handles;
    };

    QueueBase(ObjectKind kind, int maxSize, const TypeRecord &valueType);
    /// \throws DecodeError if the queue has values of another type
    QueueBase(ReceivedObject received, const TypeRecord &valueType);

    /// For an owner that kills users of this queue on purpose (a pool): does not warn when a user
    /// dies inside put() or get().
    void expectKills() const { local().expectsKills.store(true, std::memory_order_relaxed); }

    /// Puts a message. Blocks until there is room for it or the deadline passes.
    /// \returns false if the deadline has passed
    bool putMessage(const Parts &parts, QDeadlineTimer deadline) const;
    /// A message that is about to be taken out.
    struct Taken
    {
        QByteArrayView message; ///< the message, where it lies in the ring
        QueuePosition after; ///< head of the queue after the message
        std::unique_ptr<QueueCargo> cargo{}; ///< objects that travel with it; usually null
        std::vector<Descriptor> descriptors{};
    };
    /// Returns the next message and keeps the get lock until finishGet(), so that no other thread
    /// can get. Blocks until there is a message or the deadline passes.
    /// \returns nothing if the deadline has passed; finishGet() must not be called then
    std::optional<Taken> beginGet(QDeadlineTimer deadline) const;
    /// Takes out what beginGet() returned.
    void finishGet(const Taken &taken) const;
    /// finishGet(), and then beginGet() unless the queue is empty, without releasing the get lock
    /// in between (except for a message with a cargo). For queues without a limit: wakes threads
    /// that wait for room only when the queue is empty.
    std::optional<Taken> getNext(const Taken &taken) const;
    /// Decodes the message that beginGet() returned, and takes it out.
    /// \throws DecodeError
    template <typename T>
    T valueOf(Taken &taken) const
    {
        const auto finish = [&] { finishGet(taken); };
        return taken.cargo ? detail::valueOf<T>(taken.message, std::move(taken.descriptors), finish)
                           : detail::valueOf<T>(taken.message, finish);
    }
    /// Ends beginGet() and leaves the message in the queue, for other threads.
    void cancelGet() const { release(state().get); }
    /// Polls for a message for a given time, yielding the processor to other threads: a message
    /// that is put meanwhile needs no wake-up.
    /// \returns whether there is a message; false at once if another thread polls already
    bool lookOut(std::chrono::nanoseconds moment) const;
    /// Blocks until there is a message, `also` changes, one of `others` ends, the deadline passes,
    /// or spuriously.
    /// \param others  living threads
    void awaitMessage(QDeadlineTimer deadline, FutexExpectation also, std::span<const ThreadWord> others) const;

    void requireClosed(const char *what) const;
    void noteDone() const;
    bool waitUntilDone(QDeadlineTimer deadline) const;
    quint64 unfinishedTasks() const;
    int maximum() const { return static_cast<int>(state().maxSize.load(std::memory_order_relaxed)); }
    QueueState &state() const { return payload<QueueState>(); }
    [[noreturn]] void failEmpty() const;
    [[noreturn]] void failFull() const;

private:
    friend class QueueNotifier;

    struct Local
    {
        std::atomic<bool> isClosed = false;
        std::atomic<bool> expectsKills = false;
    };
    enum class Attempt : quint8 { Done, NoRoom, TimedOut };

    Attempt attemptPut(const Parts &parts, QDeadlineTimer deadline, quint32 &seen) const;
    void write(QueueEnd &end, const Parts &parts) const;
    bool isFull(QueueEnd &end, const QueuePosition &tail) const;
    QueuePosition readerAsOf(QueueEnd &end) const;
    MessageRing goOn(QueuePosition &tail, quint64 length, bool isTooLarge) const;
    bool hasMessage(QueueEnd &end) const;
    void takeOut(QueueEnd &end, const Taken &taken) const;
    Taken messageOrRelease(const QueuePosition &head) const;
    Taken nextMessage(const QueuePosition &head) const;
    quint64 whereIs(quint32 ring) const;
    void acquired(QueueEnd &end, RobustLock::Outcome outcome) const;
    void dropReadRings(quint32 ring) const;
    void dropRing(quint32 ring) const;
    void release(QueueEnd &end) const;
    void wakeSleeper(QueueEnd &end) const;
    void sleepUntilMoved(QueueEnd &end, quint32 seen, QDeadlineTimer deadline, QueueWait what, qint64 &since,
        FutexExpectation also = {}, std::span<const ThreadWord> others = {}) const;
    void checkOpen() const;
    [[noreturn]] void failDamaged() const;
    std::string described() const;

    Local &local() const
    {
        record(); // throws for a null handle
        return *m_local;
    }

    std::shared_ptr<Local> m_local = std::make_shared<Local>();
};

} // namespace procession
