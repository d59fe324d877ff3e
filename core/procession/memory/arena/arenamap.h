// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/sharedmemoryerror.h>
#include <procession/platform/io/memoryfile.h>

#include <memory>

namespace procession {

/// An arena as this process maps it: its tables, and the memory of its segments, at addresses of
/// this process.
///
/// A value: copies share the mapping, which exists as long as any of them. From any thread.
class ArenaMap
{
public:
    static constexpr quint32 MostProcesses = ObjectRecord::MostHolders;
    /// A lock's word has 16 bits for a thread's index plus 1.
    static constexpr quint32 MostThreads = 0xFFFE;
    static constexpr quint32 MostObjects = 1 << 18;
    static constexpr quint32 MostSegments = 1 << 18;
    static constexpr quint64 DataBegin = quint64(256) << 20; ///< offset of the first segment
    static constexpr char FileName[] = "procession-arena";

    // Offsets of the tables, in bytes.
    static constexpr quint64 ProcessesBegin = 4096;
    static constexpr quint64 ThreadsBegin = ProcessesBegin + quint64(MostProcesses) * sizeof(ProcessRecord);
    static constexpr quint64 SegmentsBegin = ThreadsBegin + quint64(MostThreads + 2) * sizeof(ThreadRecord);
    static constexpr quint64 ObjectsBegin = SegmentsBegin + quint64(MostSegments) * sizeof(SegmentRecord);

    /// Maps an arena for reading and writing. Does not check that its header matches this build.
    /// \throws SharedMemoryError if the file is too small for an arena; SystemError
    explicit ArenaMap(const MemoryFile &file);

    ArenaHeader &header() const { return *static_cast<ArenaHeader *>(at(0)); }
    SlotTable<ProcessRecord> processes() const;
    SlotTable<ThreadRecord> threads() const;
    SlotTable<ObjectRecord> objects() const;
    SlotTable<SegmentRecord> segments() const;
    SegmentRecord *segmentRecords() const;

    quint64 size() const { return m_size; }
    /// \param offset  bytes from the start, less than size()
    void *at(quint64 offset) const { return m_begin + offset; }
    quint64 offsetOf(const void *address) const
    {
        return static_cast<quint64>(static_cast<const std::byte *>(address) - m_begin);
    }

    /// A number computed from the sizes of all records, to tell builds apart.
    static quint32 recordSizes();

private:
    std::shared_ptr<void> m_region;
    std::byte *m_begin;
    quint64 m_size;
};

} // namespace procession
