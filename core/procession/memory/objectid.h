// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// What an object in an arena is.
enum class ObjectKind : quint32 {
    Lock = 1,
    RLock,
    Semaphore,
    BoundedSemaphore,
    Condition,
    Event,
    Barrier,
    Queue,
    SimpleQueue,
    JoinableQueue,
    Value,
    Array,
    SharedMemory,
    ShareableList,
    Pool,
    PoolWorker,
    Descriptors, ///< of a message in a queue; nobody has a handle of it but such messages
};
inline constexpr ObjectKind LastObjectKind = ObjectKind::Descriptors;

/// "Lock", "RLock", …; as in the reference, where it has them.
const char *nameOf(ObjectKind kind);

/// Which object, in all the life of an arena.
struct ObjectId
{
    quint32 index = 0;
    quint32 generation = 0; ///< how many there have been in this place; 0 for none

    /// For one word of shared memory. 0 for none.
    quint64 packed() const { return quint64(generation) << 32 | index; }
    static ObjectId unpacked(quint64 word) { return {static_cast<quint32>(word), static_cast<quint32>(word >> 32)}; }
    friend bool operator==(const ObjectId &, const ObjectId &) = default;
};

} // namespace procession
