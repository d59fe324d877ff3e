// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The records of an arena: the directory of everything that the processes of a program share.
/// Every word is changed by one atomic operation, so a process can be killed between any two of
/// them, and any process can read at any time.

#include <procession/memory/arena/robustlock.h>
#include <procession/memory/objectid.h>
#include <procession/memory/sharedtext.h>
#include <procession/memory/slottable.h>
#include <procession/platform/thread/threadlife.h>

#include <atomic>

namespace procession {

/// A process of the program, or a thread started by StartMethod::Thread.
struct alignas(64) ProcessRecord : SlotRecord
{
    enum State : quint32 {
        Free,
        Starting, ///< its parent has created the record; the process has not entered it yet
        Running,
    };
    std::atomic<quint32> state;
    std::atomic<quint32> generation; ///< number of processes that have used this record
    std::atomic<qint64> pid;
    /// In ticksSinceBoot(): the process started no later than this; 0 while unknown.
    std::atomic<quint64> aliveAt;
    std::atomic<quint32> parent; ///< the index of its parent's record; its own for the main process
    std::atomic<quint32> isThread;
    std::atomic<qint64> created; ///< microseconds since the epoch
    SharedText<64> name;
    SharedText<128> work; ///< its current activity, for people
};

/// A thread that has used a shared object.
struct alignas(64) ThreadRecord : SlotRecord
{
    ThreadLife life;
    std::atomic<quint32> generation; ///< number of threads that have used this record
    std::atomic<quint32> process; ///< the index of its process's record, plus 1; 0 when free
    std::atomic<qint64> number; ///< the kernel's thread ID
    std::atomic<quint64> waitingFor; ///< ObjectId::packed(); 0 while it does not wait
    std::atomic<qint64> waitingSince; ///< nanoseconds of the steady clock
    std::atomic<quint32> waitsForever; ///< 1 while it sleeps without a deadline
    /// Meaning set by the object waited for: arrival order (Condition), QueueWait (queue).
    std::atomic<quint64> ticket;
    FutexWord wake; ///< for the object waited for, to sleep on
};

/// An object that handles refer to.
struct alignas(64) ObjectRecord : SlotRecord
{
    static constexpr std::size_t MostHolders = 1024;
    static constexpr std::size_t MostSegments = 16;
    static constexpr std::size_t PayloadSize = 192;

    std::atomic<quint32> kind; ///< ObjectKind; 0 when free
    std::atomic<quint32> generation;
    /// Odd while the object exists; grows when one is created, destroyed, or found in the
    /// directory.
    std::atomic<quint32> life;
    std::atomic<quint32> creator; ///< index of the record of the process that created it
    std::atomic<qint64> created; ///< microseconds since the epoch
    std::atomic<quint64> sent; ///< handles put into messages
    std::atomic<quint64> received; ///< handles taken out of messages
    alignas(64) SharedText<64> name;
    /// A bit for each process that has handles.
    std::array<std::atomic<quint64>, MostHolders / 64> holders;
    std::array<std::atomic<quint32>, MostSegments> segments; ///< its segments: indexes plus 1
    /// State of the object; its layout depends on the kind.
    alignas(64) std::array<std::byte, PayloadSize> payload;
};
static_assert(sizeof(ObjectRecord) == 512);

/// A range of the arena that belongs to one object. Its size is a power of two.
struct SegmentRecord : SlotRecord
{
    std::atomic<quint32> sizeClass; ///< base-2 logarithm of its size; 0: no such segment
    /// Index plus 1 of the process that took it and has not noted it in its owner's record yet.
    std::atomic<quint32> taker;
    std::atomic<quint64> owner; ///< ObjectId::packed(); 0 when free
    std::atomic<quint64> offset; ///< from the start of the arena, in bytes
    std::atomic<quint64> reserved; ///< bytes that the system has reserved
};

struct ArenaHeader
{
    static constexpr quint64 Magic = 0x1A6E'0A55'0C0E'5501;
    static constexpr quint32 Version = 1;
    static constexpr std::size_t SizeClasses = 48;

    std::atomic<quint64> magic; ///< written last
    quint32 version;
    quint32 recordSizes; ///< ArenaMap::recordSizes(), to tell builds apart
    quint64 id; ///< random
    quint64 size; ///< bytes
    alignas(64) FutexWord deaths; ///< number of processes found dead; each wakes all sleepers
    RobustLock sweeping; ///< held by the process that releases what dead processes held
    RobustLock naming; ///< held by the process that gives an object a unique name
    RobustLock shelving; ///< held by the process that uses the DescriptorShelf
    std::atomic<quint32> shelfInDisorder; ///< 1: a process could not finish there
    alignas(64) std::atomic<quint64> dataEnd; ///< no segment has ever been at this offset or beyond
    SlotTableHead processes;
    SlotTableHead threads;
    SlotTableHead objects;
    SlotTableHead segments;
    /// Stack of free segments of each size class.
    std::array<std::atomic<quint64>, SizeClasses> freeSegments;
};

} // namespace procession
