// SPDX-License-Identifier: MIT
#include <procession/memory/arena/objects.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/processslot.h>
#include <procession/memory/arena/segment.h>

#include <QtCore/QDateTime>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace procession {

namespace {

bool isHeld(const ObjectRecord &record)
{
    return std::any_of(record.holders.begin(), record.holders.end(), [](const auto &bits) { return bits.load() != 0; });
}

/// True if no process holds the object and no message carries it.
///
/// A receiver holds the object before it counts the handle as received, and a sender holds it while
/// it counts the handle as sent. So if all handles sent by now were received before, then no
/// process holds the object, and then none was sent meanwhile, no process is left that could send
/// one.
bool isUnused(const ObjectRecord &record)
{
    const quint64 received = record.received.load();
    const quint64 sent = record.sent.load();
    return received == sent && !isHeld(record) && record.sent.load() == sent;
}

constexpr bool lasts(quint32 life) { return (life & 1) != 0; }

using Finalizer = void (*)(ObjectId, ObjectRecord &) noexcept;

std::array<std::atomic<Finalizer>, static_cast<std::size_t>(LastObjectKind) + 1> &finalizers()
{
    static std::array<std::atomic<Finalizer>, static_cast<std::size_t>(LastObjectKind) + 1> all{};
    return all;
}

void finalize(ObjectRecord &record)
{
    const quint32 kind = record.kind.load();
    const Finalizer finalizer = kind < finalizers().size() ? finalizers()[kind].load() : nullptr;
    if (finalizer)
        finalizer({Arena::get().map().objects().indexOf(record), record.generation.load()}, record);
}

void freeRecord(ObjectRecord &record)
{
    finalize(record);
    for (auto &segment : record.segments) {
        if (const quint32 place = segment.exchange(0))
            giveBackSegment(place - 1);
    }
    record.kind.store(0, std::memory_order_release);
    const auto objects = Arena::get().map().objects();
    objects.giveBack(objects.indexOf(record));
}

/// Several processes may find the object unused at once: one of them ends it. A process that finds
/// it in the directory changes `life` too, so the object is checked again.
bool endIfUnused(ObjectRecord &record)
{
    quint32 life = record.life.load();
    while (lasts(life) && isUnused(record)) {
        if (record.life.compare_exchange_strong(life, life + 1))
            return true;
    }
    return false;
}

void destroyIfUnused(ObjectRecord &record)
{
    if (!endIfUnused(record))
        return;
    // Destroying an object may release objects whose handles lie in it, and these release others: a
    // list instead of recursion, since there may be any number.
    thread_local std::vector<ObjectRecord *> *waiting = nullptr;
    if (waiting) {
        waiting->push_back(&record);
        return;
    }
    std::vector<ObjectRecord *> all{&record};
    waiting = &all;
    while (!all.empty()) {
        ObjectRecord &next = *all.back();
        all.pop_back();
        freeRecord(next);
    }
    waiting = nullptr;
}

} // namespace

ObjectId makeObject(ObjectKind kind)
{
    const Arena &arena = Arena::get();
    const quint32 creator = ownProcess();
    const auto objects = arena.map().objects();
    const quint32 index = arena.take(objects, "locks, queues and shared values");
    ObjectRecord &record = objects[index];
    const quint32 generation = std::max<quint32>(1, record.generation.load(std::memory_order_relaxed) + 1);
    record.generation.store(generation, std::memory_order_relaxed);
    record.creator.store(creator, std::memory_order_relaxed);
    record.created.store(QDateTime::currentMSecsSinceEpoch() * 1000, std::memory_order_relaxed);
    record.sent.store(0, std::memory_order_relaxed);
    record.received.store(0, std::memory_order_relaxed);
    record.name.set({});
    std::memset(record.payload.data(), 0, record.payload.size());
    // Held by its creator from the start: otherwise a sweep could find it unused.
    record.holders[creator / 64].store(quint64(1) << creator % 64);
    record.kind.store(static_cast<quint32>(kind), std::memory_order_release);
    record.life.fetch_add(1);
    return {index, generation};
}

ObjectRecord *recordOf(ObjectId object)
{
    const auto objects = Arena::get().map().objects();
    if (object.generation == 0 || object.index >= objects.used())
        return nullptr;
    ObjectRecord &record = objects[object.index];
    return lasts(record.life.load(std::memory_order_acquire)) && record.generation.load() == object.generation ? &record
                                                                                                               : nullptr;
}

void dropObject(ObjectId object, quint32 process)
{
    ObjectRecord &record = Arena::get().map().objects()[object.index];
    record.holders[process / 64].fetch_and(~(quint64(1) << process % 64));
    destroyIfUnused(record);
}

std::shared_ptr<const Holding> holdFound(quint32 index, const std::function<bool(const ObjectRecord &)> &isMeant)
{
    ObjectRecord &record = Arena::get().map().objects()[index];
    for (quint32 life = record.life.load(); lasts(life) && isMeant(record); life = record.life.load()) {
        // A process about to destroy it either sees the new holder, or finds `life` changed and
        // checks again.
        auto holding = std::make_shared<const Holding>(ObjectId{index, record.generation.load()});
        if (record.life.compare_exchange_strong(life, life + 2))
            return holding;
    }
    return nullptr;
}

void noteSent(ObjectRecord &record) { record.sent.fetch_add(1); }

void noteReceived(ObjectRecord &record) { record.received.fetch_add(1); }

void dropUnused(ObjectId object)
{
    if (ObjectRecord *record = recordOf(object))
        destroyIfUnused(*record);
}

void setFinalizer(ObjectKind kind, Finalizer finalizer) noexcept
{
    finalizers()[static_cast<std::size_t>(kind)].store(finalizer);
}

} // namespace procession
