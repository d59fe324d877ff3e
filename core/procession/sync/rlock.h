// SPDX-License-Identifier: MIT
#pragma once

#include <procession/sync/lock.h>

namespace procession {

/// A lock that its owner can acquire again, and must release as often.
///
/// \code
/// RLock lock;
/// const std::scoped_lock outer(lock);
/// const std::scoped_lock inner(lock); // the same thread: does not wait
/// \endcode
///
/// Only its owner can release it. See Lock for the death of the owner.
///
/// A handle (see SharedObject); meets the standard's Lockable requirements. From any thread and
/// process. (Reference: RLock)
class RLock : public SharedObject
{
public:
    static constexpr KindOf<RLock> Kind{ObjectKind::RLock};

    /// \throws SharedMemoryError, SystemError
    RLock() : SharedObject(Kind) { }
    explicit RLock(ReceivedObject received) : SharedObject(std::move(received)) { }

    /// Blocks until the lock is free or the deadline passes, unless this thread holds it already.
    /// \param block  false: does not block, whatever the deadline
    /// \returns whether it was acquired. (Reference: RLock.acquire)
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// Undoes one acquire(); the last one releases the lock. Does not block.
    /// \throws ReleaseError if this thread does not hold the lock. (Reference: RLock.release)
    void release() const;

    void lock() const { acquire(); }
    bool try_lock() const { return acquire(false); } // NOLINT(readability-identifier-naming): the standard's name
    void unlock() const { release(); }

    /// Whether the calling thread holds the lock.
    bool isHeld() const;
    /// How often this thread has acquired the lock; 0 if it does not hold it.
    int depth() const;
    /// As Lock::isAbandoned().
    bool isAbandoned() const;
    /// As Lock::abandonments().
    int abandonments() const;
    /// As Lock::owner().
    std::optional<ThreadIdentity> owner() const;
};

} // namespace procession
