// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/sharedobjectcodec.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/sync/state/lockstate.h>
#include <procession/sync/state/releaseerror.h>

#include <QtCore/QDeadlineTimer>

#include <optional>

namespace procession {

/// A lock between processes and threads.
///
/// \code
/// void report(const Lock &lock, int number)
/// {
///     const std::scoped_lock guard(lock);
///     std::cout << "hello world " << number << std::endl;
/// }
///
/// Lock lock;
/// Process process(&report, lock, 7);
/// \endcode
///
/// It is not recursive: a thread that acquires it twice deadlocks. Any process or thread can
/// release it, not only the owner. When the owner ends while it holds the lock, because its process
/// was killed or for any other reason, the next thread acquires it all the same, and isAbandoned()
/// returns true.
///
/// A handle (see SharedObject); meets the standard's Lockable requirements. From any thread and
/// process. (Reference: Lock)
class Lock : public SharedObject
{
public:
    static constexpr KindOf<Lock> Kind{ObjectKind::Lock};

    /// \throws SharedMemoryError, SystemError
    Lock() : SharedObject(Kind) { }
    explicit Lock(ReceivedObject received) : SharedObject(std::move(received)) { }

    /// Blocks until the lock is free or the deadline passes.
    /// \param block  false: does not block, whatever the deadline
    /// \returns whether it was acquired. (Reference: Lock.acquire)
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// Releases the lock, whichever thread holds it. Does not block.
    /// \throws ReleaseError if it is not held. (Reference: Lock.release)
    void release() const;

    void lock() const { acquire(); }
    bool try_lock() const { return acquire(false); } // NOLINT(readability-identifier-naming): the standard's name
    void unlock() const { release(); }

    /// Whether the calling thread holds the lock.
    bool isHeld() const;
    /// True if the owner acquired it from a thread that died while holding it: the guarded data may
    /// be inconsistent. False again after release().
    bool isAbandoned() const;
    /// Number of times that this has happened.
    int abandonments() const;
    /// The thread that holds the lock now; nothing if it is free, or the owner has died.
    std::optional<ThreadIdentity> owner() const;
};

} // namespace procession
