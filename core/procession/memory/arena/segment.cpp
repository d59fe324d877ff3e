// SPDX-License-Identifier: MIT
#include <procession/memory/arena/segment.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>
#include <procession/memory/arena/processslot.h>
#include <procession/platform/system/systemload.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

namespace procession {

namespace {

constexpr quint32 SmallestClass = 12; // a page: the least that can be given back to the system

quint32 classFor(quint64 bytes) { return std::max<quint32>(SmallestClass, std::bit_width(std::max<quint64>(bytes, 1) - 1)); }

[[noreturn]] void failFull(quint64 bytes, const std::string &reason)
{
    throw SharedMemoryError("no shared memory of " + std::to_string(bytes) + " bytes is to be had: " + reason);
}

/// The system kills processes rather than refuse memory that it does not have.
void checkAvailable(quint64 bytes)
{
    constexpr quint64 Small = quint64(16) << 20;
    if (bytes < Small)
        return;
    const auto available = static_cast<quint64>(availableMemory());
    if (available != 0 && bytes > available)
        failFull(bytes, "the system has " + std::to_string(available) + " bytes left");
}

/// A range that was never used.
quint64 takeRange(const ArenaMap &map, quint32 sizeClass, quint64 bytes)
{
    auto &dataEnd = map.header().dataEnd;
    const quint64 size = quint64(1) << sizeClass;
    quint64 begin = dataEnd.load(std::memory_order_relaxed);
    do {
        if (size > map.size() || begin > map.size() - size)
            failFull(bytes, "the arena of this program has " + std::to_string(map.size()) + " bytes, drop some values first");
    } while (!dataEnd.compare_exchange_weak(begin, begin + size, std::memory_order_relaxed));
    return begin;
}

quint32 makeSegment(const Arena &arena, quint32 sizeClass, quint64 bytes)
{
    const quint64 offset = takeRange(arena.map(), sizeClass, bytes);
    const auto segments = arena.map().segments();
    const quint32 index = arena.take(segments, "segments of shared memory");
    segments[index].offset.store(offset, std::memory_order_relaxed);
    segments[index].sizeClass.store(sizeClass, std::memory_order_release);
    return index;
}

/// SegmentRecord::owner while a process gives the segment back.
quint64 givenBackBy(quint32 process) { return process + 1; }
bool isBeingGivenBack(quint64 owner) { return owner != 0 && ObjectId::unpacked(owner).generation == 0; }

constexpr quint32 LargestSmallClass = 15;
constexpr quint32 MostKeptSmall = 256;
constexpr quint32 SmallestLargeClass = 20;

/// Whether a small segment is kept for reuse, since most programs create objects of the same few
/// sizes again and again: otherwise, a tenth of the time for a pool's start and end goes into the
/// system's handling of such memory. Only the first segments are kept, so that no count is needed
/// and it is never more than 8 MiB.
bool isKeptSmall(quint32 segment, quint32 sizeClass) { return sizeClass <= LargestSmallClass && segment < MostKeptSmall; }

/// The same for large segments, since fresh pages take long to get.
bool isKeptLarge(quint32 sizeClass, quint64 reserved)
{
    return sizeClass >= SmallestLargeClass && reserved <= MostKept && keptMemory() <= MostKept - reserved;
}

void release(const Arena &arena, SegmentRecord &record)
{
    record.reserved.store(0, std::memory_order_relaxed);
    arena.file().release(
        record.offset.load(std::memory_order_relaxed), quint64(1) << record.sizeClass.load(std::memory_order_relaxed));
}

/// Gives all kept memory to the system.
void releaseKept(const Arena &arena)
{
    const ArenaMap &map = arena.map();
    for (quint32 sizeClass = SmallestClass; sizeClass < ArenaHeader::SizeClasses; ++sizeClass) {
        auto &free = map.header().freeSegments[sizeClass];
        std::vector<quint32> taken;
        while (const auto index = popFree(free, map.segmentRecords())) {
            map.segments()[*index].owner.store(givenBackBy(ownProcess()), std::memory_order_release);
            taken.push_back(*index);
        }
        for (const quint32 index : taken) {
            if (map.segments()[index].reserved.load(std::memory_order_relaxed) != 0)
                release(arena, map.segments()[index]);
            map.segments()[index].owner.store(0, std::memory_order_release);
            pushFree(free, map.segmentRecords(), index);
        }
    }
}

/// Reserves memory for a segment. If the system refuses, gives it all kept memory and tries again.
void reserve(const Arena &arena, const SegmentRecord &record, quint64 bytes)
{
    const quint64 offset = record.offset.load(std::memory_order_relaxed);
    try {
        checkAvailable(bytes);
        arena.file().reserve(offset, bytes);
    } catch (const ProcessError &) {
        if (keptMemory() == 0)
            throw;
        releaseKept(arena);
        checkAvailable(bytes);
        arena.file().reserve(offset, bytes);
    }
}

/// \param owner  as last read; does nothing if another process has changed it since
void giveBack(quint32 segment, quint64 owner)
{
    const Arena &arena = Arena::get();
    SegmentRecord &record = arena.map().segments()[segment];
    if (owner == 0 || !record.owner.compare_exchange_strong(owner, givenBackBy(ownProcess())))
        return;
    const quint32 sizeClass = record.sizeClass.load(std::memory_order_relaxed);
    const quint64 reserved = record.reserved.load(std::memory_order_relaxed);
    if (!isKeptSmall(segment, sizeClass) && !isKeptLarge(sizeClass, reserved))
        release(arena, record);
    record.owner.store(0, std::memory_order_release);
    pushFree(arena.map().header().freeSegments[sizeClass], arena.map().segmentRecords(), segment);
}

/// Whether the owner's record lists the segment.
bool isNoted(const ObjectRecord &owner, quint32 segment)
{
    return std::any_of(
        owner.segments.begin(), owner.segments.end(), [segment](const auto &each) { return each.load() == segment + 1; });
}

bool isLost(quint32 segment, quint64 owner, quint32 deadProcess)
{
    if (isBeingGivenBack(owner))
        return owner == givenBackBy(deadProcess);
    const ObjectRecord *record = recordOf(ObjectId::unpacked(owner));
    const bool wasBeingTaken = Arena::get().map().segments()[segment].taker.load() == deadProcess + 1;
    return !record || (wasBeingTaken && !isNoted(*record, segment));
}

} // namespace

quint32 takeSegment(ObjectId owner, quint64 bytes, Fill fill)
{
    const Arena &arena = Arena::get();
    const ArenaMap &map = arena.map();
    const quint32 sizeClass = classFor(bytes);
    if (sizeClass >= ArenaHeader::SizeClasses)
        failFull(bytes, "that is more than any arena has");
    const auto known = popFree(map.header().freeSegments[sizeClass], map.segmentRecords());
    const quint32 index = known ? *known : makeSegment(arena, sizeClass, bytes);
    SegmentRecord &record = map.segments()[index];
    record.taker.store(ownProcess() + 1, std::memory_order_relaxed);
    record.owner.store(owner.packed(), std::memory_order_release);
    const quint64 kept = record.reserved.load(std::memory_order_relaxed);
    if (kept < bytes) {
        try {
            reserve(arena, record, bytes);
        } catch (const SystemError &error) {
            giveBackSegment(index);
            failFull(bytes, error.what());
        } catch (const SharedMemoryError &) {
            giveBackSegment(index);
            throw;
        }
        record.reserved.store(bytes, std::memory_order_relaxed);
    }
    if (kept > 0 && fill == Fill::Zeros)
        std::memset(map.at(record.offset.load(std::memory_order_relaxed)), 0, std::max(kept, bytes));
    return index;
}

void giveSegment(ObjectId owner, quint32 slot, quint64 bytes, Fill fill)
{
    const ArenaMap &map = Arena::get().map();
    const quint32 index = takeSegment(owner, bytes, fill);
    map.objects()[owner.index].segments[slot].store(index + 1, std::memory_order_release);
    map.segments()[index].taker.store(0, std::memory_order_release);
}

quint64 keptMemory()
{
    const auto segments = Arena::get().map().segments();
    quint64 kept = 0;
    for (quint32 i = 0; i < segments.used(); ++i) {
        if (segments[i].owner.load(std::memory_order_relaxed) == 0)
            kept += segments[i].reserved.load(std::memory_order_relaxed);
    }
    return kept;
}

void giveBackSegment(quint32 segment)
{
    quint64 owner = Arena::get().map().segments()[segment].owner.load();
    giveBack(segment, owner);
}

std::span<std::byte> segmentMemory(quint32 segment)
{
    const ArenaMap &map = Arena::get().map();
    const SegmentRecord &record = map.segments()[segment];
    return {static_cast<std::byte *>(map.at(record.offset.load(std::memory_order_relaxed))),
        std::size_t(1) << record.sizeClass.load(std::memory_order_relaxed)};
}

void giveBackLostSegments(quint32 deadProcess)
{
    const auto segments = Arena::get().map().segments();
    const quint32 used = segments.used();
    for (quint32 i = 0; i < used; ++i) {
        const quint64 owner = segments[i].owner.load();
        if (owner != 0 && isLost(i, owner, deadProcess))
            giveBack(i, owner);
    }
}

} // namespace procession
