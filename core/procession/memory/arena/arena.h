// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenamap.h>
#include <procession/memory/arena/descriptorshelf.h>

#include <functional>

namespace procession {

/// The shared memory of a program: one file without a name, mapped by the main process and by all that descend from it, in which every
/// lock, queue and shared value lies, with the directory of them.
///
/// There is one for each program, made when it is first needed: by the first shared object, or the first process that is started.
/// Children get it when they are started. From any thread.
class Arena
{
public:
    /// This program's. Makes it when there is none yet.
    /// \throws SystemError, SharedMemoryError when the system gives none
    static Arena &get();
    /// The same, or null when there is none yet.
    static Arena *existing();
    /// In a process that was started anew: it belongs to the program whose arena this is. Nothing happens when it is known already.
    /// \param shelf  of its shelf()
    /// \throws SharedMemoryError when this process has made one of its own
    static void adopt(Descriptor file, DescriptorShelf::Sockets shelf);

    const ArenaMap &map() const { return m_map; }
    const MemoryFile &file() const { return m_file; }
    const DescriptorShelf &shelf() const { return m_shelf; }
    quint64 id() const { return map().header().id; }

    /// A record that is free.
    /// \param what  "locks, queues and values", say, for the error
    /// \throws SharedMemoryError when all are in use
    template <typename Record>
    quint32 take(const SlotTable<Record> &table, const char *what) const
    {
        const auto index = table.take([&](quint32 next) { reserveRecord(map().offsetOf(&table[next]), sizeof(Record)); });
        if (!index)
            failFull(what, table.capacity());
        return *index;
    }

private:
    Arena(MemoryFile file, DescriptorShelf::Sockets shelf);

    void reserveRecord(quint64 offset, quint64 size) const;
    [[noreturn]] static void failFull(const char *what, quint32 capacity);

    MemoryFile m_file;
    ArenaMap m_map;
    DescriptorShelf m_shelf;
};

} // namespace procession
