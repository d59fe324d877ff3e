// SPDX-License-Identifier: MIT
#include <procession/queue/queuereader.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>
#include <procession/queue/queuecargo.h>
#include <procession/queue/queuestate.h>

#include <array>
#include <new>

namespace procession {

namespace {

constexpr quint64 OffsetBits = ~quint64(0xFFF);

void dropMessages(ObjectId, ObjectRecord &queue) noexcept
{
    const QueueState &state = *std::launder(reinterpret_cast<const QueueState *>(queue.payload.data()));
    if (state.hasCarried.load() == 0)
        return;
    QueuePosition position = state.get.load();
    for (quint32 left = state.put.load().since(position); left > 0; --left) {
        const quint64 place = placeOfRing(queue, position.ring);
        const auto message = place ? messageAt(queue, ringAt(place), position) : std::nullopt;
        if (!message)
            return; // damaged, and no caller to report it to
        QByteArrayView bytes = message->bytes;
        if (const auto cargo = message->hasCargo ? QueueCargo::unpack(bytes) : nullptr) {
            cargo->noteReceived();
            cargo->dropUnused();
        }
        position = message->after;
    }
}

} // namespace

quint64 placeOfRing(const ObjectRecord &queue, quint32 ring)
{
    const quint32 place = queue.segments[ring].load(std::memory_order_acquire);
    const auto segments = Arena::get().map().segments();
    if (place == 0 || place > segments.used())
        return 0;
    const SegmentRecord &segment = segments[place - 1];
    return segment.offset.load(std::memory_order_relaxed) | segment.sizeClass.load(std::memory_order_relaxed);
}

MessageRing ringAt(quint64 place)
{
    return {static_cast<std::byte *>(Arena::get().map().at(place & OffsetBits)), quint64(1) << (place & ~OffsetBits)};
}

std::optional<QueuedMessage> messageAt(const ObjectRecord &queue, MessageRing ring, QueuePosition position)
{
    MessageRing::Head message = ring.headAt(position.unit);
    if (message.mark == MessageRing::Mark::Next) {
        position.ring = position.nextRing();
        position.unit = 0;
        const quint64 place = placeOfRing(queue, position.ring);
        if (place == 0)
            return std::nullopt;
        ring = ringAt(place);
        message = ring.headAt(0);
    } else if (message.mark == MessageRing::Mark::Wrap) {
        position.unit = 0;
        message = ring.headAt(0);
    }
    const bool hasCargo = message.mark == MessageRing::Mark::MessageWithCargo;
    if ((!hasCargo && message.mark != MessageRing::Mark::Message)
        || position.unit + MessageRing::unitsFor(message.length) > ring.units())
        return std::nullopt;
    const auto *body = reinterpret_cast<const char *>(ring.bodyAt(position.unit));
    position.unit = ring.after(position.unit, message.length);
    position.count = position.nextCount();
    return QueuedMessage{{body, static_cast<qsizetype>(message.length)}, hasCargo, position};
}

bool finalizeQueues() noexcept
{
    for (const ObjectKind kind : {ObjectKind::Queue, ObjectKind::SimpleQueue, ObjectKind::JoinableQueue})
        setFinalizer(kind, &dropMessages);
    return true;
}

} // namespace procession
