// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What lies in an arena: the directory of all that the processes of a program share. Every word is changed by one plain atomic store,
/// so that a process may be killed between any two of them, and anyone may read at any time.

#include <procession/memory/arena/robustlock.h>
#include <procession/memory/objectid.h>
#include <procession/memory/sharedtext.h>
#include <procession/memory/slottable.h>
#include <procession/platform/thread/threadlife.h>

#include <atomic>

namespace procession {

/// A process of the program, or a thread that StartMethod::Thread started.
struct alignas(64) ProcessRecord : SlotRecord
{
    enum State : quint32 {
        Free,
        Starting, ///< its parent has set it up; it has no number yet
        Running,
    };
    std::atomic<quint32> state;
    std::atomic<quint32> generation; ///< how many there have been in this place
    std::atomic<qint64> pid;
    std::atomic<quint64> aliveAt; ///< as ticksSinceBoot() counts: it was started no later; 0 as long as that is not known
    std::atomic<quint32> parent; ///< the index of its parent's record; its own for the main process
    std::atomic<quint32> isThread;
    std::atomic<qint64> created; ///< microseconds since the epoch
    SharedText<64> name;
    SharedText<128> work; ///< what it does at present
};

/// A thread that has used something shared.
struct alignas(64) ThreadRecord : SlotRecord
{
    ThreadLife life;
    std::atomic<quint32> generation; ///< how many there have been in this place
    std::atomic<quint32> process; ///< the index of its process's record, plus 1; 0 when free
    std::atomic<qint64> number; ///< of the thread, as the kernel counts them
    std::atomic<quint64> waitingFor; ///< ObjectId::packed(); 0 while it does not wait
    std::atomic<qint64> waitingSince; ///< nanoseconds of the steady clock
    std::atomic<quint32> waitsForever; ///< it sleeps, and its wait has no deadline
    std::atomic<quint64> ticket; ///< for what is being waited for, to tell who came first
    FutexWord wake; ///< for what is being waited for, to sleep on
};

/// Whatever a handle refers to.
struct alignas(64) ObjectRecord : SlotRecord
{
    static constexpr std::size_t MostHolders = 1024;
    static constexpr std::size_t MostSegments = 16;
    static constexpr std::size_t PayloadSize = 192;

    std::atomic<quint32> kind; ///< ObjectKind; 0 when free
    std::atomic<quint32> generation;
    std::atomic<quint32> life; ///< odd while the object lasts; grows whenever one begins, ends, or is found in the directory
    std::atomic<quint32> creator; ///< the index of the record of the process that made it
    std::atomic<qint64> created; ///< microseconds since the epoch
    std::atomic<quint64> sent; ///< handles that were put into messages
    std::atomic<quint64> received; ///< handles that were taken out of messages
    alignas(64) SharedText<64> name;
    std::array<std::atomic<quint64>, MostHolders / 64> holders; ///< a bit for each process that has handles of it
    std::array<std::atomic<quint32>, MostSegments> segments; ///< memory of its own: indexes plus 1
    alignas(64) std::array<std::byte, PayloadSize> payload; ///< what its kind says
};
static_assert(sizeof(ObjectRecord) == 512);

/// A range of the arena that an object has for itself, of a power of two bytes.
struct SegmentRecord : SlotRecord
{
    std::atomic<quint32> sizeClass; ///< the logarithm of its size; 0 when there is no such segment
    std::atomic<quint32> taker; ///< the index plus 1 of the process that has taken it and not yet noted it in its owner's record
    std::atomic<quint64> owner; ///< ObjectId::packed(); 0 when free
    std::atomic<quint64> offset; ///< from the start of the arena, in bytes
    std::atomic<quint64> reserved; ///< bytes that the system has set memory aside for
};

struct ArenaHeader
{
    static constexpr quint64 Magic = 0x1A6E'0A55'0C0E'5501;
    static constexpr quint32 Version = 1;
    static constexpr std::size_t SizeClasses = 48;

    std::atomic<quint64> magic; ///< written last
    quint32 version;
    quint32 recordSizes; ///< all of them, to tell builds apart
    quint64 id; ///< random
    quint64 size; ///< bytes
    alignas(64) FutexWord deaths; ///< counts processes that were found dead; sleepers wake from each
    RobustLock sweeping; ///< of the process that gives back what dead ones held
    RobustLock naming; ///< of the process that gives an object a name that no other may have
    RobustLock shelving; ///< of the process that uses the DescriptorShelf
    std::atomic<quint32> shelfInDisorder; ///< somebody could not finish there
    alignas(64) std::atomic<quint64> dataEnd; ///< where no segment has ever been
    SlotTableHead processes;
    SlotTableHead threads;
    SlotTableHead objects;
    SlotTableHead segments;
    std::array<std::atomic<quint64>, SizeClasses> freeSegments; ///< the stack of free ones of each size class
};

} // namespace procession
