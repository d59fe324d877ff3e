// SPDX-License-Identifier: MIT
#pragma once

#include <procession/arenarecords.h>
#include <procession/objectdetails.h>

#include <functional>
#include <new>

namespace procession {

/// Tells who a thread is that a word of shared memory names, which may be none.
using ThreadNamer = std::function<LockOwner(ThreadWord)>;

/// What is particular to a kind of object, out of a copy of its record, which may hold anything.
/// There is a function for each kind in a table in describe.cpp.
ObjectDetails describeObject(const ObjectRecord &record, const ThreadNamer &nameThread);

/// The payload of such a copy.
template <typename State>
const State &payloadOf(const ObjectRecord &record)
{
    static_assert(sizeof(State) <= ObjectRecord::PayloadSize);
    return *std::launder(reinterpret_cast<const State *>(record.payload.data()));
}

} // namespace procession
