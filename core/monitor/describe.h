// SPDX-License-Identifier: MIT
#pragma once

#include <procession/arenarecords.h>
#include <procession/objectdetails.h>

#include <functional>
#include <new>
#include <vector>

namespace procession {

/// An object to be described: a copy of its record, which may hold anything, and what was found out besides.
struct DescribedObject
{
    const ObjectRecord &record;
    /// Tells who a thread is that a word of shared memory names, which may be none.
    const std::function<LockOwner(ThreadWord)> &nameThread;
    std::vector<quint64> tickets; ///< of the threads that wait for it: ThreadRecord::ticket

    template <typename State>
    const State &payload() const
    {
        static_assert(sizeof(State) <= ObjectRecord::PayloadSize);
        return *std::launder(reinterpret_cast<const State *>(record.payload.data()));
    }
};

/// What is particular to a kind of object. For each kind there is a function in a table in describe.cpp.
ObjectDetails describeObject(const DescribedObject &object);

LockDetails describeLock(const DescribedObject &object);
QueueDetails describeQueue(const DescribedObject &object);

/// Any number as one that is shown.
int asCount(quint64 number);

} // namespace procession
