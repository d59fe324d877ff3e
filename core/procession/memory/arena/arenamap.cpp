// SPDX-License-Identifier: MIT
#include <procession/memory/arena/arenamap.h>

#include <boost/interprocess/mapped_region.hpp>

namespace procession {

namespace {

namespace ipc = boost::interprocess;

/// Adapts a MemoryFile to Boost.Interprocess.
class Mappable
{
public:
    explicit Mappable(const MemoryFile &file) : m_handle(file.descriptor().get()) { }
    ipc::mapping_handle_t get_mapping_handle() const { return ipc::ipcdetail::mapping_handle_from_file_handle(m_handle); }
    static ipc::mode_t get_mode() { return ipc::read_write; }

private:
    int m_handle;
};

std::shared_ptr<ipc::mapped_region> mapped(const MemoryFile &file, quint64 size)
{
    try {
        return std::make_shared<ipc::mapped_region>(Mappable(file), ipc::read_write, 0, size);
    } catch (const ipc::interprocess_exception &error) {
        throw SystemError("mmap", QByteArray::number(size) + " bytes of shared memory (see ulimit -v)", error.get_native_error());
    }
}

} // namespace

static_assert(sizeof(ArenaHeader) <= ArenaMap::ProcessesBegin);
static_assert(ArenaMap::ObjectsBegin % alignof(ObjectRecord) == 0);
static_assert(ArenaMap::ObjectsBegin + quint64(ArenaMap::MostObjects) * sizeof(ObjectRecord) <= ArenaMap::DataBegin);

ArenaMap::ArenaMap(const MemoryFile &file) : m_size(file.size())
{
    if (m_size < DataBegin)
        throw SharedMemoryError("a file of " + std::to_string(m_size) + " bytes is no arena of shared memory");
    const auto region = mapped(file, m_size);
    m_begin = static_cast<std::byte *>(region->get_address());
    m_region = region;
}

quint32 ArenaMap::recordSizes()
{
    return static_cast<quint32>(sizeof(ArenaHeader) * 31 + sizeof(ProcessRecord) * 37 + sizeof(ThreadRecord) * 41
        + sizeof(ObjectRecord) * 43 + sizeof(SegmentRecord) * 47);
}

SlotTable<ProcessRecord> ArenaMap::processes() const
{
    return {header().processes, static_cast<ProcessRecord *>(at(ProcessesBegin)), MostProcesses};
}

SlotTable<ThreadRecord> ArenaMap::threads() const
{
    return {header().threads, static_cast<ThreadRecord *>(at(ThreadsBegin)), MostThreads};
}

SlotTable<ObjectRecord> ArenaMap::objects() const
{
    return {header().objects, static_cast<ObjectRecord *>(at(ObjectsBegin)), MostObjects};
}

SegmentRecord *ArenaMap::segmentRecords() const { return static_cast<SegmentRecord *>(at(SegmentsBegin)); }

SlotTable<SegmentRecord> ArenaMap::segments() const { return {header().segments, segmentRecords(), MostSegments}; }

} // namespace procession
