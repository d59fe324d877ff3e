// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/monitor/describe/objectdetails.h>

#include <functional>
#include <new>
#include <span>
#include <vector>

namespace procession {

/// What else an object leads to. Whatever it is asked for may not be there.
struct Surroundings
{
    /// Describes the thread that a word of shared memory names.
    std::function<LockOwner(ThreadWord)> nameThread;
    /// Describes the `generation`-th process in a slot of the directory, alive or not; without units.
    std::function<UnitsOwner(quint32 place, quint32 generation)> nameProcess;
    /// Copies the record of another object.
    std::function<bool(ObjectId, ObjectRecord &)> readObject;
    /// Whether as many bytes of objects' own memory may be read besides those for which that was asked before.
    std::function<bool(std::size_t bytes)> mayRead;
    /// Copies the beginning of the memory that an object has for itself.
    std::function<bool(quint32 segment, ObjectId owner, std::span<std::byte> bytes)> readSegment;
    /// What the function is called that has a number in a pool; empty when it is not known.
    std::function<QString(ObjectId pool, quint32 number)> nameFunction;
    std::size_t processes = 0; ///< how many places of the directory have been used

    /// The first things in the memory that an object has for itself. \returns none when that cannot be read
    template <typename Thing>
    std::vector<Thing> memoryOf(const ObjectRecord &record, ObjectId id, std::size_t count) const
    {
        const quint32 segment = record.segments[0].load(std::memory_order_relaxed);
        if (segment == 0 || !mayRead(count * sizeof(Thing)))
            return {};
        std::vector<Thing> things(count);
        if (!readSegment(segment - 1, id, std::as_writable_bytes(std::span(things))))
            return {};
        return things;
    }
};

template <typename State>
const State &payloadOf(const ObjectRecord &record)
{
    static_assert(sizeof(State) <= ObjectRecord::PayloadSize);
    return *std::launder(reinterpret_cast<const State *>(record.payload.data()));
}

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
        return payloadOf<State>(record);
    }

    /// The first things in its own memory. \returns none when that cannot be read
    template <typename Thing>
    std::vector<Thing> memory(std::size_t count) const
    {
        return surroundings.memoryOf<Thing>(record, id, count);
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
PoolDetails describePool(const DescribedObject &object);
PoolWorkerDetails describePoolWorker(const DescribedObject &object);

/// Any number as one that is shown.
int asCount(quint64 number);

} // namespace procession
