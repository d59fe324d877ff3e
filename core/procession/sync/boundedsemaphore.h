// SPDX-License-Identifier: MIT
#pragma once

#include <procession/sync/semaphore.h>

namespace procession {

/// A Semaphore that never has more free units than at the beginning: to release one too many is an error.
///
/// \code
/// BoundedSemaphore places(2);
/// places.acquire();
/// places.release();
/// places.release();             // throws ReleaseError
/// \endcode
///
/// What happens to the units of processes that end is said at Semaphore.
///
/// A handle (see SharedObject); meets the standard's Lockable requirements. From any thread and process.
/// (Reference: BoundedSemaphore)
class BoundedSemaphore : public SharedObject
{
public:
    static constexpr KindOf<BoundedSemaphore> Kind{ObjectKind::BoundedSemaphore};

    /// \param value  units that are free at the beginning, 0 or more
    /// \throws ProcessError when it is negative; SharedMemoryError, SystemError
    explicit BoundedSemaphore(int value = 1);
    explicit BoundedSemaphore(ReceivedObject received) : SharedObject(std::move(received)) { }

    /// As Semaphore::acquire(). (Reference: BoundedSemaphore.acquire)
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// As Semaphore::release(). Does not block.
    /// \throws ReleaseError when more would be free than at the beginning; then none is released. (Reference: BoundedSemaphore.release)
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
