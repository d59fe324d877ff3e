// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// The type of an object in an arena.
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
    Descriptors, ///< of a message in a queue; only such messages have handles of it
};
inline constexpr ObjectKind LastObjectKind = ObjectKind::Descriptors;

/// "Lock", "RLock", …; as in the reference, where it has them.
const char *nameOf(ObjectKind kind);

/// Identifies an object among all that ever existed in an arena.
struct ObjectId
{
    quint32 index = 0;
    quint32 generation = 0; ///< number of objects that have used this record; 0: no object

    /// The same in one word of shared memory. 0 for no object.
    quint64 packed() const { return quint64(generation) << 32 | index; }
    static ObjectId unpacked(quint64 word) { return {static_cast<quint32>(word), static_cast<quint32>(word >> 32)}; }
    friend bool operator==(const ObjectId &, const ObjectId &) = default;
};

} // namespace procession
