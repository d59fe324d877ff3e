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

/// What Queue, SimpleQueue and JoinableQueue of all types have in common: messages of bytes. See Queue for what holds of all.
class QueueBase : public SharedObject
{
public:
    /// How many messages are in it, exactly, at one instant between the call and its return. (Reference: qsize)
    int size() const { return static_cast<int>(state().size()); }
    bool isEmpty() const { return size() == 0; }

    /// Messages put, and taken out, since it was made; by all processes.
    quint64 putTotal() const { return state().putTotal(); }
    quint64 getTotal() const { return state().getTotal(); }
    /// How often somebody was killed in the middle of putting or getting. Of messages that were being put nothing is in the queue;
    /// one that was being taken out still is.
    int abandonments() const;

    /// This process will not use it any more: put() and get() of this handle and its copies throw QueueError from now on. Other
    /// processes are not concerned. (Reference: close)
    /// \throws ProcessError for a null handle
    void close() const { local().isClosed.store(true, std::memory_order_relaxed); }
    bool isClosed() const { return local().isClosed.load(std::memory_order_relaxed); }

protected:
    /// A message in two pieces, so that what is large need not be copied together first.
    struct Parts
    {
        QByteArrayView head;
        QByteArrayView body;
        std::span<const std::shared_ptr<const Holding>> handles; ///< objects that the message has handles of: `head` names them
    };

    QueueBase(ObjectKind kind, int maxSize, const TypeRecord &valueType);
    /// \throws DecodeError when its values are of another type
    QueueBase(ReceivedObject received, const TypeRecord &valueType);

    /// It belongs to somebody who kills its users on purpose: that one died with it is not told as a warning.
    void expectKills() const { local().expectsKills.store(true, std::memory_order_relaxed); }

    /// Puts a message, and blocks until there is room for it or the deadline passes.
    /// \returns false when it has passed
    bool putMessage(const Parts &parts, QDeadlineTimer deadline) const;
    /// A message that is about to be taken out.
    struct Taken
    {
        QByteArrayView message; ///< where it lies
        QueuePosition after; ///< where the queue begins without it
        std::unique_ptr<QueueCargo> cargo{}; ///< what goes with it; usually null
        std::vector<Descriptor> descriptors{};
    };
    /// The next message; until finishGet() nobody else can get. Blocks until there is one or the deadline passes.
    /// \returns nothing when it has passed; finishGet() is then not to be called
    std::optional<Taken> beginGet(QDeadlineTimer deadline) const;
    /// Takes out what beginGet() returned.
    void finishGet(const Taken &taken) const;
    /// finishGet(), and then beginGet() unless the queue is empty, with nobody else getting in between. For queues without a limit: those
    /// who wait for room are not woken before it is empty.
    std::optional<Taken> getNext(const Taken &taken) const;
    /// The value of what beginGet() returned, which is taken out.
    /// \throws DecodeError
    template <typename T>
    T valueOf(Taken &taken) const
    {
        const auto finish = [&] { finishGet(taken); };
        return taken.cargo ? detail::valueOf<T>(taken.message, std::move(taken.descriptors), finish)
                           : detail::valueOf<T>(taken.message, finish);
    }
    /// Leaves it in the queue, for others.
    void cancelGet() const { release(state().get); }
    /// Looks for a message for so long, giving way to others, and without sleeping: whoever puts one in meanwhile need not wake anybody.
    /// \returns whether there is one; false at once when somebody else looks out
    bool lookOut(std::chrono::nanoseconds moment) const;
    /// Blocks until there is a message, `also` is no longer what it was, one of `others` ends, the deadline passes, or for no reason.
    /// \param others  threads that live
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
        record(); // refuses null handles
        return *m_local;
    }

    std::shared_ptr<Local> m_local = std::make_shared<Local>();
};

} // namespace procession
