// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenamap.h>
#include <procession/memory/arena/descriptorshelf.h>

#include <functional>

namespace procession {

// How the parts of core/memory fit together. The arena is one unnamed file, which all processes of
// the program map whole; what lies in it refers to the rest by index or offset, never by pointer:
//
//   +--------+---------------+--------------+----------+---------+----------------------+
//   | header | process slots | thread slots | segments | objects | data of the segments |
//   +--------+---------------+--------------+----------+---------+----------------------+
//
//   RobustLock --owner--> thread slot --process--> process slot
//                                                       ^
//                                                       | holders: a bit for each process
//   handle --> Holding ----------------------------> object <--owner-- entry of DescriptorShelf
//                                                     |  ^
//                                 segments: up to 16  v  | owner
//                                                   segment --offset--> data
//
//   The knot: a lock sleeps, a sleeper sweeps, a sweeper locks.
//
//   RobustLock ------ taken by another thread ------> Sleep
//       ^                                               | timed out (after 1 s at most)
//       +-- takes the lock `sweeping`, deadline 0 --- Sweep
//
//   It ends there: with deadline 0 a sleeper never sleeps for `sweeping`.
//
// Records:      atomic words in the arena; a SlotTable gives them to processes without locks.
// Process slot: record of a process. Its parent makes it before the start, frees it after reaping.
// Thread slot:  record of a thread, made on first use. The kernel marks its `life` when it ends.
// Object:       record with 192 bytes of state. Destroyed when no process holds it and as many of
//               its handles were received from messages as were sent.
// Holding:      a process counts its references: the first sets its holder bit, the last clears it.
// Segment:      memory for one object, of a power of two bytes.
// RobustLock:   a word that names the owner. If that has ended, the next owner gets `Abandoned`.
// Sleep:        waits at once for a word, the ends of given threads, and the header's `deaths`.
// Sweep:        frees the thread slots, holder bits, lost segments and process slot of a process
//               that has ended, then increments `deaths`, which wakes all sleepers.
// Descriptor shelf: a socket pair that keeps the descriptors of messages in queues. Each entry
//               belongs to an object of kind Descriptors, whose destruction removes it.

/// The shared memory of a program: one unnamed file, mapped by the main process and all its
/// descendants. It holds every lock, queue and shared value, and the directory of them.
///
/// One per program, created on first use: by the first shared object, or the first process that is
/// started. Children receive it when they are started. From any thread.
class Arena
{
public:
    /// The arena of this program, created on first use.
    /// \throws SystemError, SharedMemoryError if the system provides none
    static Arena &get();
    /// The same, or null if there is none yet.
    static Arena *existing();
    /// Attaches a newly started process to the arena of its program. Does nothing if that arena is
    /// attached already.
    /// \param shelf  the sockets of the arena's shelf()
    /// \throws SharedMemoryError if this process has created an arena of its own
    static void adopt(Descriptor file, DescriptorShelf::Sockets shelf);

    const ArenaMap &map() const { return m_map; }
    const MemoryFile &file() const { return m_file; }
    const DescriptorShelf &shelf() const { return m_shelf; }
    quint64 id() const { return map().header().id; }

    /// Takes a free record.
    /// \param what  what the records are for, in the error's message: "threads", for example
    /// \throws SharedMemoryError if all records are in use
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
