// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/sharedobjectcodec.h>
#include <procession/sync/state/releaseerror.h>
#include <procession/sync/state/semaphorestate.h>

#include <QtCore/QDeadlineTimer>

#include <vector>

namespace procession {

/// A number of units shared by processes and threads: acquire() blocks until a unit is free.
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
/// Any process or thread can release a unit, also without having acquired one: so a semaphore
/// counts events as well, from 0.
///
/// Units that a process holds when it ends, because it was killed or for any other reason, become
/// free again, but never more than initially: a waiter gets them, returnedUnits() counts them, and
/// they are logged in the category procession.sync. Units acquired from a semaphore with 0 initial
/// units therefore do not come back.
///
/// A handle (see SharedObject); meets the standard's Lockable requirements. From any thread and
/// process. (Reference: Semaphore)
class Semaphore : public SharedObject
{
public:
    static constexpr KindOf<Semaphore> Kind{ObjectKind::Semaphore};

    /// \param value  initial number of free units, 0 or more
    /// \throws ProcessError if it is negative; SharedMemoryError, SystemError
    explicit Semaphore(int value = 1);
    explicit Semaphore(ReceivedObject received) : SharedObject(std::move(received)) { }

    /// Takes a unit. Blocks until one is free or the deadline passes.
    /// \param block  false: does not block, whatever the deadline
    /// \returns whether it was acquired. (Reference: Semaphore.acquire)
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// Frees `units` units: first those that this process holds, then those that others hold, then
    /// new ones. Does not block.
    /// \throws ReleaseError if `units` is less than 1, or more than 2,147,483,647 would be free.
    ///     (Reference: Semaphore.release)
    void release(int units = 1) const;

    void lock() const { acquire(); }
    bool try_lock() const { return acquire(false); } // NOLINT(readability-identifier-naming): the standard's name
    void unlock() const { release(); }

    /// Number of units that are free now. (Reference: Semaphore.get_value)
    int value() const;
    /// Number of units, since the beginning, that processes held when they ended and that became
    /// free thereby.
    int returnedUnits() const;
    /// The processes that hold units, and how many; for people.
    std::vector<SemaphoreHolder> holders() const;
};

} // namespace procession
