// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arena.h>
#include <procession/monitor/arenareader.h>
#include <procession/monitor/deadlock.h>
#include <procession/monitor/snapshottaker.h>

#include <array>
#include <cstring>

/// A file as this program's arena is, of which any byte can be changed without harm to anybody.
class ArenaCopy
{
public:
    ArenaCopy() : m_file(procession::MemoryFile::create("arena-copy", Size)), m_map(m_file)
    {
        for (const Range &range : Ranges)
            m_file.reserve(range.begin, range.size);
        copy();
    }

    /// Makes it again what the arena is.
    void copy()
    {
        for (const Range &range : Ranges)
            procession::Arena::get().file().read(range.begin, bytes(range));
        m_map.header().size = Size;
    }

    /// A byte of the header and of the first records of each table, or of one page in three of the segments, the same one for the same
    /// number; any number will do.
    std::byte &byteAt(std::size_t number)
    {
        number %= (TableCount + DataPages / DataStep) * PageSize;
        const std::size_t page = number / PageSize;
        const std::span<std::byte> all = page < TableCount ? bytes(Ranges[page]) : bytes(Ranges[TableCount]);
        return all[number % PageSize + (page < TableCount ? 0 : (page - TableCount) * DataStep * PageSize)];
    }
    procession::ArenaHeader &header() { return m_map.header(); }

    procession::SegmentRecord &segment(std::size_t index) { return m_map.segmentRecords()[index]; }

    /// Looks at it as a Monitor does. \returns nothing when it is refused
    std::optional<procession::Snapshot> look() const
    {
        const procession::ArenaReader reader(m_file);
        if (reader.fitness() != procession::ArenaReader::Fitness::Fits)
            return std::nullopt;
        procession::Snapshot snapshot = procession::SnapshotTaker(reader).take();
        snapshot.deadlocks = procession::possibleDeadlocks(snapshot);
        return snapshot;
    }

private:
    struct Range
    {
        quint64 begin;
        quint64 size;
    };

    static constexpr std::size_t PageSize = 4096;
    static constexpr std::size_t TableCount = 5;
    static constexpr std::size_t DataPages = 33;
    static constexpr std::size_t DataStep = 3;
    static constexpr quint64 Size = procession::ArenaMap::DataBegin + 2 * DataPages * PageSize;
    static constexpr std::array<Range, TableCount + 1> Ranges{{
        {0, PageSize},
        {procession::ArenaMap::ProcessesBegin, PageSize},
        {procession::ArenaMap::ThreadsBegin, PageSize},
        {procession::ArenaMap::SegmentsBegin, PageSize},
        {procession::ArenaMap::ObjectsBegin, 2 * PageSize},
        {procession::ArenaMap::DataBegin, DataPages *PageSize},
    }};

    std::span<std::byte> bytes(const Range &range) { return {static_cast<std::byte *>(m_map.at(range.begin)), range.size}; }

    procession::MemoryFile m_file;
    procession::ArenaMap m_map;
};
