// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/robustlock.h>

#include <atomic>

namespace procession {

class SharedObject;

/// What a Lock or an RLock is in shared memory.
struct LockState
{
    RobustLock lock;
    std::atomic<quint32> depth; ///< of an RLock: how often its owner has acquired it
    std::atomic<quint32> isAbandoned; ///< who has it got it from one who died with it
    std::atomic<quint32> abandonments; ///< how often that happened
};

/// Acquires it for a Lock or an RLock, and notes and logs it when it was abandoned.
/// \returns false when the deadline has passed
bool acquireOrTakeOver(LockState &state, ObjectId id, const SharedObject &object, QDeadlineTimer deadline);

} // namespace procession
