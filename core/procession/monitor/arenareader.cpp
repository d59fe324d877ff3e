// SPDX-License-Identifier: MIT
#include <procession/monitor/arenareader.h>

#include <cstring>

namespace procession {

ArenaReader::Fitness ArenaReader::fitness() const
{
    ArenaHeader header{};
    readBytes(0, std::as_writable_bytes(std::span(&header, 1)));
    const quint64 size = m_file->size();
    if (header.magic != ArenaHeader::Magic || size < ArenaMap::DataBegin)
        return Fitness::NoArena;
    const bool isOurs
        = header.version == ArenaHeader::Version && header.recordSizes == ArenaMap::recordSizes() && header.size == size;
    return isOurs ? Fitness::Fits : Fitness::OtherVersion;
}

void ArenaReader::readBytes(quint64 offset, std::span<std::byte> bytes) const
{
    const std::size_t size = m_file->read(offset, bytes);
    std::memset(bytes.data() + size, 0, bytes.size() - size);
}

bool ArenaReader::readObject(ObjectId id, ObjectRecord &record) const
{
    if (id.generation == 0 || id.index >= ArenaMap::MostObjects)
        return false;
    readBytes(ArenaMap::ObjectsBegin + quint64(id.index) * sizeof(ObjectRecord), std::as_writable_bytes(std::span(&record, 1)));
    const quint32 kind = record.kind;
    return record.generation == id.generation && kind != 0 && kind <= static_cast<quint32>(LastObjectKind);
}

bool ArenaReader::readSegment(quint32 index, ObjectId owner, std::span<std::byte> bytes) const
{
    quint64 offset = 0;
    quint64 again = 0;
    if (!isRoom(index, owner, bytes.size(), offset))
        return false;
    readBytes(offset, bytes);
    return isRoom(index, owner, bytes.size(), again) && again == offset; // it was the owner's all the time
}

/// Whether a segment is of that owner and of that many bytes at least.
bool ArenaReader::isRoom(quint32 index, ObjectId owner, std::size_t size, quint64 &offset) const
{
    if (index >= ArenaMap::MostSegments)
        return false;
    SegmentRecord record{};
    readBytes(ArenaMap::SegmentsBegin + quint64(index) * sizeof(SegmentRecord), std::as_writable_bytes(std::span(&record, 1)));
    offset = record.offset;
    const quint64 end = m_file->size();
    return record.owner == owner.packed() && size <= record.reserved && offset >= ArenaMap::DataBegin && offset <= end
        && size <= end - offset;
}

quint32 ArenaReader::used(SlotTableHead ArenaHeader::*table, quint32 capacity) const
{
    ArenaHeader header{};
    readBytes(0, std::as_writable_bytes(std::span(&header, 1)));
    return std::min((header.*table).used.load(std::memory_order_relaxed), capacity);
}

} // namespace procession
