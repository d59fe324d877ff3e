// SPDX-License-Identifier: MIT
#pragma once

#include <procession/arenarecords.h>
#include <procession/objectdetails.h>

#include <functional>
#include <new>
#include <span>
#include <vector>

namespace procession {

/// What else an object leads to. Whatever it is asked for may not be there.
struct Surroundings
{
    /// Tells who a thread is that a word of shared memory names.
    std::function<LockOwner(ThreadWord)> nameThread;
    /// Tells who the process is, or was, that is the `generation`-th one in a place of the directory; without units.
    std::function<UnitsOwner(quint32 place, quint32 generation)> nameProcess;
    /// Copies the record of another object.
    std::function<bool(ObjectId, ObjectRecord &)> readObject;
    /// Whether as many bytes of objects' own memory may be read besides those for which that was asked before.
    std::function<bool(std::size_t bytes)> mayRead;
    /// Copies the beginning of the memory that an object has for itself.
    std::function<bool(quint32 segment, ObjectId owner, std::span<std::byte> bytes)> readSegment;
    std::size_t processes = 0; ///< how many places of the directory have been used
};

/// An object to be described: a copy of its record, which may hold anything, and what was found out besides.
struct DescribedObject
{
    const ObjectRecord &record;
    ObjectId id;
    const Surroundings &surroundings;
    std::vector<quint64> tickets; ///< of the threads that wait for it: ThreadRecord::ticket

    template <typename State>
    const State &payload() const
    {
        static_assert(sizeof(State) <= ObjectRecord::PayloadSize);
        return *std::launder(reinterpret_cast<const State *>(record.payload.data()));
    }

    /// The first things in its own memory. \returns none when that cannot be read
    template <typename Thing>
    std::vector<Thing> memory(std::size_t count) const
    {
        const quint32 segment = record.segments[0].load(std::memory_order_relaxed);
        if (segment == 0 || !surroundings.mayRead(count * sizeof(Thing)))
            return {};
        std::vector<Thing> things(count);
        if (!surroundings.readSegment(segment - 1, id, std::as_writable_bytes(std::span(things))))
            return {};
        return things;
    }
};

/// What is particular to a kind of object. For each kind there is a function in a table in describe.cpp.
ObjectDetails describeObject(const DescribedObject &object);

LockDetails describeLock(const DescribedObject &object);
QueueDetails describeQueue(const DescribedObject &object);
SemaphoreDetails describeSemaphore(const DescribedObject &object);
ConditionDetails describeCondition(const DescribedObject &object);
EventDetails describeEvent(const DescribedObject &object);
BarrierDetails describeBarrier(const DescribedObject &object);
SharedDataDetails describeSharedData(const DescribedObject &object);
SharedDataDetails describeShareableList(const DescribedObject &object);

/// Any number as one that is shown.
int asCount(quint64 number);

} // namespace procession
