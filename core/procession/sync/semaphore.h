// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/sharedobjectcodec.h>
#include <procession/sync/state/releaseerror.h>
#include <procession/sync/state/semaphorestate.h>

#include <QtCore/QDeadlineTimer>

#include <vector>

namespace procession {

/// A number of units between processes and threads: whoever acquires one waits until there is one.
///
/// \code
/// Semaphore licences(3);                // three at a time
///
/// void work(const Semaphore &licences)
/// {
///     const std::scoped_lock licence(licences);
///     …
/// }
/// \endcode
///
/// Any process or thread may release it, also one that has acquired nothing: so it counts events as well, from 0.
///
/// What a process holds when it ends, because it was killed or for any other reason, becomes free again, but never more than there was at
/// the beginning: whoever waits gets it, returnedUnits() counts it, and it is logged in the category procession.sync. What a process
/// acquired of a semaphore that began at 0 therefore does not come back.
///
/// A handle (see SharedObject); meets the standard's Lockable requirements. From any thread and process. (Reference: Semaphore)
class Semaphore : public SharedObject
{
public:
    static constexpr KindOf<Semaphore> Kind{ObjectKind::Semaphore};

    /// \param value  units that are free at the beginning, 0 or more
    /// \throws ProcessError when it is negative; SharedMemoryError, SystemError
    explicit Semaphore(int value = 1);
    explicit Semaphore(ReceivedObject received) : SharedObject(std::move(received)) { }

    /// Takes a unit. Blocks until one is free or the deadline passes.
    /// \param block  false: does not block, whatever the deadline
    /// \returns whether it was acquired. (Reference: Semaphore.acquire)
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// Makes `units` free: those of this process, then those that others hold, then new ones. Does not block.
    /// \throws ReleaseError when `units` is less than 1, or there would be more than 2,147,483,647. (Reference: Semaphore.release)
    void release(int units = 1) const;

    void lock() const { acquire(); }
    bool try_lock() const { return acquire(false); } // NOLINT(readability-identifier-naming): the standard's name
    void unlock() const { release(); }

    /// Units that are free at this moment. (Reference: Semaphore.get_value)
    int value() const;
    /// Units that were held by processes when they ended and that became free by that, since the beginning.
    int returnedUnits() const;
    /// For people: who has acquired how many and has not released them.
    std::vector<SemaphoreHolder> holders() const;
};

} // namespace procession
