// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/robustlock.h>

#include <atomic>

namespace procession {

class SharedObject;

/// State of a Lock or an RLock in shared memory.
struct LockState
{
    RobustLock lock;
    std::atomic<quint32> depth; ///< RLock: how often its owner has acquired it
    /// 1: the owner acquired it from a thread that died while holding it.
    std::atomic<quint32> isAbandoned;
    std::atomic<quint32> abandonments; ///< number of times that this happened
};

/// Acquires the lock of a Lock or an RLock. If it was abandoned, records and logs that.
/// \returns false if the deadline has passed
bool acquireOrTakeOver(LockState &state, ObjectId id, const SharedObject &object, QDeadlineTimer deadline);

} // namespace procession
