// SPDX-License-Identifier: MIT
#include <procession/arenareader.h>

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

quint32 ArenaReader::used(SlotTableHead ArenaHeader::*table, quint32 capacity) const
{
    ArenaHeader header{};
    readBytes(0, std::as_writable_bytes(std::span(&header, 1)));
    return std::min((header.*table).used.load(std::memory_order_relaxed), capacity);
}

} // namespace procession
