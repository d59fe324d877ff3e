// SPDX-License-Identifier: MIT
#pragma once

#include <procession/sync/semaphore.h>

namespace procession {

/// A Semaphore that never has more free units than initially: releasing one too many is an error.
///
/// \code
/// BoundedSemaphore places(2);
/// places.acquire();
/// places.release();
/// places.release();             // throws ReleaseError
/// \endcode
///
/// See Semaphore for the units of processes that end.
///
/// A handle (see SharedObject); meets the standard's Lockable requirements. From any thread and
/// process. (Reference: BoundedSemaphore)
class BoundedSemaphore : public SharedObject
{
public:
    static constexpr KindOf<BoundedSemaphore> Kind{ObjectKind::BoundedSemaphore};

    /// \param value  initial number of free units, 0 or more
    /// \throws ProcessError if it is negative; SharedMemoryError, SystemError
    explicit BoundedSemaphore(int value = 1);
    explicit BoundedSemaphore(ReceivedObject received) : SharedObject(std::move(received)) { }

    /// As Semaphore::acquire(). (Reference: BoundedSemaphore.acquire)
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// As Semaphore::release(). Does not block.
    /// \throws ReleaseError if more units would be free than initially; then none is released.
    ///     (Reference: BoundedSemaphore.release)
    void release(int units = 1) const;

    void lock() const { acquire(); }
    bool try_lock() const { return acquire(false); } // NOLINT(readability-identifier-naming): the standard's name
    void unlock() const { release(); }

    /// As Semaphore::value().
    int value() const;
    /// As Semaphore::returnedUnits().
    int returnedUnits() const;
    /// As Semaphore::holders().
    std::vector<SemaphoreHolder> holders() const;
};

} // namespace procession
