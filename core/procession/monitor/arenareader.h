// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenamap.h>
#include <procession/platform/io/memoryfile.h>

#include <span>
#include <vector>

namespace procession {

/// Copies records out of an arena that others go on changing, and that may hold anything.
///
/// It reads the file and does not map it: to touch a mapped page that was never used would give the arena memory, or end this process
/// with SIGBUS when there is none; and an arena may be larger than this process may map.
///
/// From one thread.
class ArenaReader
{
public:
    enum class Fitness : quint8 { Fits, NoArena, OtherVersion };

    explicit ArenaReader(const MemoryFile &file) : m_file(&file) { }

    Fitness fitness() const;
    const MemoryFile &file() const { return *m_file; }

    /// Calls `visit(index, record)` for each record that is not free, or that was in use once, with a copy of it that is of one tenant.
    template <typename Visit>
    void forEachProcess(Visit visit) const
    {
        forEach<ProcessRecord>(ArenaMap::ProcessesBegin, used(&ArenaHeader::processes, ArenaMap::MostProcesses), visit);
    }
    template <typename Visit>
    void forEachThread(Visit visit) const
    {
        forEach<ThreadRecord>(ArenaMap::ThreadsBegin, used(&ArenaHeader::threads, ArenaMap::MostThreads), visit);
    }
    template <typename Visit>
    void forEachObject(Visit visit) const
    {
        forEach<ObjectRecord>(ArenaMap::ObjectsBegin, used(&ArenaHeader::objects, ArenaMap::MostObjects), visit);
    }
    template <typename Visit>
    void forEachSegment(Visit visit) const
    {
        forEach<SegmentRecord>(ArenaMap::SegmentsBegin, used(&ArenaHeader::segments, ArenaMap::MostSegments), visit);
    }

    /// Copies the record of an object. \returns false when the object does not exist any more
    bool readObject(ObjectId id, ObjectRecord &record) const;
    /// Copies the beginning of a segment.
    /// \param index  any number
    /// \returns false when it is not the segment of `owner`, or not as large
    bool readSegment(quint32 index, ObjectId owner, std::span<std::byte> bytes) const;

private:
    static constexpr std::size_t ChunkSize = 64 * 1024; // bytes read at a time
    static constexpr int Tries = 4; // with a record that changes hands meanwhile

    static bool isSameTenant(const ProcessRecord &a, const ProcessRecord &b) { return a.generation == b.generation; }
    static bool isSameTenant(const ThreadRecord &a, const ThreadRecord &b) { return a.generation == b.generation; }
    static bool isSameTenant(const ObjectRecord &a, const ObjectRecord &b)
    {
        return a.generation == b.generation && a.kind == b.kind;
    }
    static bool isSameTenant(const SegmentRecord &a, const SegmentRecord &b) { return a.owner == b.owner; }

    void readBytes(quint64 offset, std::span<std::byte> bytes) const;
    bool isRoom(quint32 index, ObjectId owner, std::size_t size, quint64 &offset) const;
    quint32 used(SlotTableHead ArenaHeader::*table, quint32 capacity) const;

    template <typename Record>
    void readRecords(quint64 offset, std::span<Record> records) const
    {
        readBytes(offset, std::as_writable_bytes(records));
    }

    template <typename Record, typename Visit>
    void forEach(quint64 begin, quint32 count, Visit &visit) const
    {
        constexpr quint32 Step = ChunkSize / sizeof(Record);
        std::vector<Record> records(std::min(count, Step));
        std::vector<Record> again(records.size());
        for (quint32 first = 0; first < count; first += Step) {
            const quint32 size = std::min(Step, count - first);
            const quint64 offset = begin + quint64(first) * sizeof(Record);
            readRecords(offset, std::span(records.data(), size));
            readRecords(offset, std::span(again.data(), size));
            for (quint32 i = 0; i < size; ++i) {
                if (isSettled(offset + i * sizeof(Record), records[i], again[i]))
                    visit(first + i, std::as_const(records[i]));
            }
        }
    }

    /// Whether a record was one tenant's while it was read, if need be read anew.
    template <typename Record>
    bool isSettled(quint64 offset, Record &record, Record &again) const
    {
        for (int i = 1; !isSameTenant(record, again); ++i) {
            if (i == Tries)
                return false;
            readRecords(offset, std::span(&record, 1));
            readRecords(offset, std::span(&again, 1));
        }
        return true;
    }

    const MemoryFile *m_file;
};

} // namespace procession
