// SPDX-License-Identifier: MIT
#include <procession/queue/queuebase.h>

#include <procession/ipc/wire/errors.h>
#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>
#include <procession/memory/arena/segment.h>
#include <procession/memory/arena/sleep.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/platform/base/loglimit.h>
#include <procession/queue/queuelog.h>
#include <procession/queue/queuereader.h>
#include <procession/queue/queuewatch.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>

namespace procession {

namespace {

constexpr quint64 FirstRing = 4096; // bytes
constexpr quint64 MiB = quint64(1) << 20;
// a larger ring is replaced by a small one when it is empty and the messages are small for it
constexpr quint64 Keep = 32 * MiB;
constexpr quint64 SmallFor = 64; // a message is small if the ring is this many times larger
// beyond this, an empty ring restarts at its beginning: recently used memory is faster
constexpr quint64 FarUnits = MiB / QueuePosition::UnitSize;

/// Size of the ring that follows one of `size` bytes. Medium rings grow slowly, so that they fit
/// into the processors' caches as long as possible; others grow fast, since a queue has at most 15
/// at a time.
quint64 sizeAfter(quint64 size)
{
    const bool isInTheMiddle = size >= MiB && size < 64 * MiB;
    return std::min(size * (isInTheMiddle ? 2 : 4), QueuePosition::LargestRing);
}

// runs in every program that can have queues
[[maybe_unused]] const bool hasFinalizers = finalizeQueues();

// length of the last message that this thread put or got, as a guess of the next
thread_local quint64 lastLength = 0;

/// Time that another process may need to copy a message; a generous guess.
std::chrono::nanoseconds copyTime(quint64 length)
{
    constexpr quint64 BytesPerNanosecond = 4;
    constexpr quint64 Most = 1'000'000;
    return std::chrono::nanoseconds(std::min(length / BytesPerNanosecond, Most));
}

} // namespace

QueueBase::QueueBase(ObjectKind kind, int maxSize, const TypeRecord &valueType) : SharedObject(kind)
{
    state().maxSize.store(static_cast<quint32>(std::max(0, maxSize)), std::memory_order_relaxed);
    state().valueType.store(valueType.signature(), std::memory_order_relaxed);
    giveSegment(id(), 0, FirstRing);
    state().put.ring.store(whereIs(0), std::memory_order_relaxed);
    state().get.ring.store(whereIs(0), std::memory_order_relaxed);
}

QueueBase::QueueBase(ReceivedObject received, const TypeRecord &valueType) : SharedObject(std::move(received))
{
    const quint32 theirs = state().valueType.load(std::memory_order_relaxed);
    if (theirs != valueType.signature())
        throw DecodeError(
            "a handle of a queue of " + TypeRecord::nameOf(theirs) + " was received as one of " + std::string(valueType.name()));
}

int QueueBase::abandonments() const
{
    return static_cast<int>(
        state().put.abandonments.load(std::memory_order_relaxed) + state().get.abandonments.load(std::memory_order_relaxed));
}

bool QueueBase::putMessage(const Parts &parts, QDeadlineTimer deadline) const
{
    checkOpen();
    qint64 since = 0;
    for (;;) {
        quint32 seen = 0;
        const Attempt attempt = attemptPut(parts, deadline, seen);
        if (attempt != Attempt::NoRoom)
            return attempt == Attempt::Done;
        if (deadline.hasExpired())
            return false;
        sleepUntilMoved(state().get, seen, deadline, QueueWait::ToPut, since);
    }
}

/// \param seen  set to the position of the get end if there is no room
QueueBase::Attempt QueueBase::attemptPut(const Parts &parts, QDeadlineTimer deadline, quint32 &seen) const
{
    QueueEnd &end = state().put;
    const RobustLock::Outcome outcome = end.lock.acquire(id(), deadline);
    if (outcome == RobustLock::TimedOut)
        return Attempt::TimedOut;
    acquired(end, outcome);
    if (isFull(end, end.load())) {
        seen = static_cast<quint32>(end.otherEnd.load(std::memory_order_relaxed));
        end.lock.release();
        return Attempt::NoRoom;
    }
    try {
        write(end, parts);
    } catch (...) {
        end.lock.release();
        throw;
    }
    release(end);
    return Attempt::Done;
}

bool QueueBase::isFull(QueueEnd &end, const QueuePosition &tail) const
{
    const quint32 most = state().maxSize.load(std::memory_order_relaxed);
    const quint32 limit = most ? most : static_cast<quint32>(QueuePosition::CountMask);
    const auto reader = QueuePosition::unpacked(end.otherEnd.load(std::memory_order_relaxed));
    return tail.since(reader) >= limit && tail.since(readerAsOf(end)) >= limit;
}

QueuePosition QueueBase::readerAsOf(QueueEnd &end) const
{
    const quint64 position = state().get.position.load(std::memory_order_acquire);
    end.otherEnd.store(position, std::memory_order_relaxed);
    return QueuePosition::unpacked(position);
}

void QueueBase::write(QueueEnd &end, const Parts &parts) const
{
    const auto length = static_cast<quint64>(parts.head.size() + parts.body.size());
    lastLength = length;
    const quint64 units = MessageRing::unitsFor(length);
    QueuePosition tail = end.load();
    MessageRing ring = ringAt(end.ring.load(std::memory_order_relaxed));
    const auto roomBefore = [&](const QueuePosition &reader) {
        const bool isEmpty = tail.count == reader.count;
        return ring.roomFor(units, tail.unit, reader.ring == tail.ring ? reader.unit : 0, isEmpty && reader.ring == tail.ring);
    };

    QueuePosition reader = QueuePosition::unpacked(end.otherEnd.load(std::memory_order_relaxed));
    quint64 at = roomBefore(reader);
    if (at == MessageRing::NoRoom) {
        reader = readerAsOf(end);
        at = roomBefore(reader);
    }
    const bool isTooLarge
        = tail.count == reader.count && ring.units() * QueuePosition::UnitSize > Keep && units < ring.units() / SmallFor;
    const bool isCold = tail.count == reader.count && tail.unit > FarUnits && units < reader.unit;
    if (isCold && reader.ring == tail.ring)
        at = 0;
    if (at == MessageRing::NoRoom || (isTooLarge && reader.ring == tail.ring)) {
        ring = goOn(tail, length, isTooLarge);
        at = 0;
    } else if (at != tail.unit) {
        ring.setHead(tail.unit, MessageRing::Mark::Wrap);
    }

    const bool hasCargo = !parts.handles.empty();
    ring.setHead(at, hasCargo ? MessageRing::Mark::MessageWithCargo : MessageRing::Mark::Message, length);
    std::byte *body = std::copy_n(reinterpret_cast<const std::byte *>(parts.head.data()), parts.head.size(), ring.bodyAt(at));
    std::copy_n(reinterpret_cast<const std::byte *>(parts.body.data()), parts.body.size(), body);
    tail.unit = ring.after(at, length);
    tail.count = tail.nextCount();
    if (hasCargo) {
        state().hasCarried.store(1);
        for (const auto &handle : parts.handles)
            noteSent(handle->record());
    }
    end.position.store(tail.packed(), std::memory_order_release); // from here on the message is in the queue
    end.total.store(end.total.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

/// Creates the next ring, a larger one, or a small one if this ring `isTooLarge`, and marks in the
/// old ring that messages continue there.
MessageRing QueueBase::goOn(QueuePosition &tail, quint64 length, bool isTooLarge) const
{
    const MessageRing old = ringAt(state().put.ring.load(std::memory_order_relaxed));
    const quint64 oldSize = old.units() * QueuePosition::UnitSize;
    // Two very large messages must fit: when the first is taken out, the next starts where the
    // first started, not behind it.
    const quint64 room = MessageRing::unitsFor(length) * (length > Keep ? 2 : 1) + 1;
    const quint64 needed = std::bit_ceil(room * QueuePosition::UnitSize);
    const quint64 size = std::max(isTooLarge ? FirstRing : sizeAfter(oldSize), needed);
    if (size > QueuePosition::LargestRing)
        throw SharedMemoryError("a message of " + std::to_string(length) + " bytes is too large for " + described());
    const quint32 next = tail.nextRing();
    if (record().segments[next].load(std::memory_order_relaxed) != 0)
        throw SharedMemoryError(described() + " has grown as often as it can while nothing was taken out");
    giveSegment(id(), next, size, Fill::Anything);
    old.setHead(tail.unit, MessageRing::Mark::Next);
    tail.ring = next;
    tail.unit = 0;
    state().put.ring.store(whereIs(next), std::memory_order_relaxed);
    return ringAt(whereIs(next));
}

std::optional<QueueBase::Taken> QueueBase::beginGet(QDeadlineTimer deadline) const
{
    checkOpen();
    QueueEnd &end = state().get;
    qint64 since = 0;
    for (;;) {
        const RobustLock::Outcome outcome = end.lock.acquire(id(), deadline);
        if (outcome == RobustLock::TimedOut)
            return std::nullopt;
        acquired(end, outcome);
        if (hasMessage(end))
            return messageOrRelease(end.load());
        const auto seen = static_cast<quint32>(end.otherEnd.load(std::memory_order_relaxed));
        end.lock.release();
        if (deadline.hasExpired())
            return std::nullopt;
        sleepUntilMoved(state().put, seen, deadline, QueueWait::ToGet, since);
    }
}

/// True if a message is available. The caller holds the get lock.
bool QueueBase::hasMessage(QueueEnd &end) const
{
    const QueuePosition head = end.load();
    if (QueuePosition::unpacked(end.otherEnd.load(std::memory_order_relaxed)).count != head.count)
        return true;
    const quint64 tail = state().put.position.load(std::memory_order_acquire);
    end.otherEnd.store(tail, std::memory_order_relaxed);
    return QueuePosition::unpacked(tail).count != head.count;
}

/// The next message. If that fails, releases the get lock, so that other threads can try.
QueueBase::Taken QueueBase::messageOrRelease(const QueuePosition &head) const
{
    try {
        return nextMessage(head);
    } catch (...) {
        state().get.lock.release();
        throw;
    }
}

QueueBase::Taken QueueBase::nextMessage(const QueuePosition &head) const
{
    const auto message = messageAt(record(), ringAt(state().get.ring.load(std::memory_order_relaxed)), head);
    if (!message)
        failDamaged();
    lastLength = static_cast<quint64>(message->bytes.size());
    Taken taken{message->bytes, message->after};
    if (!message->hasCargo)
        return taken;
    taken.cargo = QueueCargo::unpack(taken.message);
    if (!taken.cargo)
        failDamaged();
    // if this process has no room for them, another can take the message
    taken.descriptors = taken.cargo->descriptors();
    return taken;
}

void QueueBase::finishGet(const Taken &taken) const
{
    QueueEnd &end = state().get;
    takeOut(end, taken);
    if (taken.cargo)
        taken.cargo->noteReceived(); // by now this process has taken what it needs from the message
    release(end);
    if (taken.cargo)
        taken.cargo->dropUnused();
}

std::optional<QueueBase::Taken> QueueBase::getNext(const Taken &taken) const
{
    QueueEnd &end = state().get;
    if (taken.cargo) {
        finishGet(taken);
        return beginGet(QDeadlineTimer());
    }
    takeOut(end, taken);
    if (hasMessage(end))
        return messageOrRelease(end.load());
    release(end);
    return std::nullopt;
}

void QueueBase::takeOut(QueueEnd &end, const Taken &taken) const
{
    const quint32 ringBefore = end.load().ring;
    end.position.store(taken.after.packed(), std::memory_order_release); // from here on the message is out of the queue
    end.total.store(end.total.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    if (taken.after.ring != ringBefore) {
        end.ring.store(whereIs(taken.after.ring), std::memory_order_relaxed);
        dropRing(ringBefore);
    }
}

/// The place of a ring, in the form of QueueEnd::ring.
quint64 QueueBase::whereIs(quint32 ring) const
{
    const quint64 place = placeOfRing(record(), ring);
    if (place == 0)
        failDamaged();
    return place;
}

void QueueBase::dropRing(quint32 ring) const
{
    if (const quint32 place = record().segments[ring].exchange(0))
        giveBackSegment(place - 1);
}

/// Repairs an end whose last owner was killed while it had the lock: everything follows from the
/// position.
void QueueBase::acquired(QueueEnd &end, RobustLock::Outcome outcome) const
{
    if (outcome != RobustLock::Abandoned)
        return;
    const QueuePosition position = end.load();
    end.total.store(QueueState::exactTotal(end), std::memory_order_relaxed);
    end.ring.store(whereIs(position.ring), std::memory_order_relaxed);
    if (&end == &state().get)
        dropReadRings(position.ring);
    else if (position.nextRing() != state().get.load().ring)
        dropRing(position.nextRing()); // the dead owner was about to use it
    end.abandonments.fetch_add(1, std::memory_order_relaxed);
    static LogLimit limit;
    if (!m_local->expectsKills.load(std::memory_order_relaxed))
        limit.warn(queueLog(), "%s: somebody was killed while %s", described().c_str(),
            &end == &state().put ? "putting; that message is not in it"
                                 : "taking a message out; it is still there, or was taken");
    for (QueueEnd *each : {&state().put, &state().get})
        wakeFutex(each->changes(), std::numeric_limits<int>::max());
}

/// Frees the ring before the one that is read: its last reader may have been killed before it freed
/// it.
void QueueBase::dropReadRings(quint32 ring) const
{
    const quint32 before = (ring + QueuePosition::Rings - 1) % QueuePosition::Rings;
    if (before != state().put.load().ring && before != state().put.load().nextRing())
        dropRing(before);
}

/// Releases the lock of an end that has moved, and wakes one thread that sleeps until it moves. The
/// woken thread wakes others if needed.
void QueueBase::release(QueueEnd &end) const
{
    end.lock.release();
    if (&end == &state().put && QueueWatch(state()).isKept())
        return;
    wakeSleeper(end);
}

void QueueBase::wakeSleeper(QueueEnd &end) const
{
    if (end.hasSleepers.load(std::memory_order_relaxed) != 0 && end.hasSleepers.exchange(0) != 0)
        wakeFutex(end.changes(), 1);
}

bool QueueBase::lookOut(std::chrono::nanoseconds moment) const
{
    const bool has = QueueWatch(state()).keep([this] { return !isEmpty(); }, moment);
    // no other thread was woken for messages that came meanwhile, and this thread takes only one
    if (size() > 1)
        wakeSleeper(state().put);
    return has;
}

void QueueBase::awaitMessage(QDeadlineTimer deadline, FutexExpectation also, std::span<const ThreadWord> others) const
{
    const quint64 seen = state().put.position.load(std::memory_order_acquire);
    qint64 since = 0;
    if (QueuePosition::unpacked(seen).count == state().get.load().count)
        sleepUntilMoved(state().put, static_cast<quint32>(seen), deadline, QueueWait::ToGet, since, also, others);
}

/// \param since  when this thread first slept in this call; 0 before
void QueueBase::sleepUntilMoved(QueueEnd &end, quint32 seen, QDeadlineTimer deadline, QueueWait what, qint64 &since,
    FutexExpectation also, std::span<const ThreadWord> others) const
{
    const auto hasCome = [&] {
        return end.changes().load(std::memory_order_relaxed) != seen
            || (also.word && also.word->load(std::memory_order_relaxed) != also.expected);
    };
    // a move wakes one thread: if there was more than one move, wake another
    const auto wakeAnother = [&] {
        if (end.hasSleepers.load(std::memory_order_relaxed) != 0
            && ((end.changes().load() - seen) & QueuePosition::CountMask) > 1)
            wakeFutex(end.changes(), 1);
    };
    const QueueWatch watch(state());
    const auto copying = copyTime(lastLength);
    if (&end == &state().put ? watch.forMessage(std::cref(hasCome), copying) : watch.forRoom(std::cref(hasCome), copying)) {
        wakeAnother();
        return;
    }
    if (since == 0)
        since = Sleep::now();
    const Sleep sleep(id(), since);
    currentThreadRecord().ticket.store(static_cast<quint64>(what), std::memory_order_relaxed);
    end.hasSleepers.store(1);
    if (end.changes().load() != seen) {
        wakeAnother();
        return;
    }
    sleep.whileIs(end.changes(), seen, deadline, others, also);
    end.hasSleepers.store(1);
    wakeAnother();
}

void QueueBase::noteDone() const
{
    auto &done = state().done;
    quint64 before = done.load();
    do {
        if (before >= state().putTotal())
            throw QueueError(described() + ": taskDone() was called more often than tasks were put");
    } while (!done.compare_exchange_weak(before, before + 1));
    if (unfinishedTasks() > 0)
        return;
    state().doneChanges.fetch_add(1);
    wakeFutex(state().doneChanges, std::numeric_limits<int>::max());
}

quint64 QueueBase::unfinishedTasks() const
{
    const quint64 done = state().done.load(); // read before putTotal(), so that it is not larger
    return state().putTotal() - done;
}

bool QueueBase::waitUntilDone(QDeadlineTimer deadline) const
{
    const Sleep sleep(id());
    currentThreadRecord().ticket.store(static_cast<quint64>(QueueWait::ToJoin), std::memory_order_relaxed);
    for (;;) {
        const quint32 seen = state().doneChanges.load();
        if (unfinishedTasks() == 0)
            return true;
        if (sleep.whileIs(state().doneChanges, seen, deadline) == FutexWait::TimedOut)
            return unfinishedTasks() == 0;
    }
}

void QueueBase::requireClosed(const char *what) const
{
    if (!isClosed())
        throw QueueError(described() + ": " + what + " is for after close()");
}

void QueueBase::checkOpen() const
{
    if (isClosed())
        throw QueueError(described() + " was closed by this process: it cannot be used after close()");
}

void QueueBase::failDamaged() const
{
    throw QueueError(described() + " is damaged: something has written into the shared memory of this program");
}

std::string QueueBase::described() const { return "queue " + std::to_string(id().index) + " \"" + name().toStdString() + '"'; }

void QueueBase::failEmpty() const { throw Empty(described() + " is empty: nothing has come in the time that was given"); }

void QueueBase::failFull() const
{
    if (maximum() == 0)
        throw Full(described()
            + " took no message in the time that was given, although it has no limit: another process is stopped, "
              "or was interrupted for long, in the middle of a put() or get()");
    throw Full(
        described() + " is full with " + std::to_string(maximum()) + " messages: none was taken out in the time that was given");
}

} // namespace procession
