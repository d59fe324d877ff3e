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
/// It is not recursive: a thread that acquires it twice waits for itself. Any process or thread may release it, not only the one that
/// acquired it. When a thread ends with it, because its process was killed or for any other reason, the next to acquire it gets it all
/// the same, and is told by isAbandoned().
///
/// A handle (see SharedObject); meets the standard's Lockable requirements. From any thread and process. (Reference: Lock)
class Lock : public SharedObject
{
public:
    static constexpr KindOf<Lock> Kind{ObjectKind::Lock};

    /// \throws SharedMemoryError, SystemError
    Lock() : SharedObject(Kind) { }
    explicit Lock(ReceivedObject received) : SharedObject(std::move(received)) { }

    /// Blocks until it is free or the deadline passes.
    /// \param block  false: does not block, whatever the deadline
    /// \returns whether it was acquired. (Reference: Lock.acquire)
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// Frees it, whoever has it. Does not block.
    /// \throws ReleaseError when nobody has it. (Reference: Lock.release)
    void release() const;

    void lock() const { acquire(); }
    bool try_lock() const { return acquire(false); } // NOLINT(readability-identifier-naming): the standard's name
    void unlock() const { release(); }

    /// Whether the calling thread has it.
    bool isHeld() const;
    /// Whether the one who has it got it from one who died with it: what it guards may be half done. Until it is released.
    bool isAbandoned() const;
    /// How often that has happened.
    int abandonments() const;
    /// Who has it at this moment; nothing when it is free, or when they died.
    std::optional<ThreadIdentity> owner() const;
};

} // namespace procession
