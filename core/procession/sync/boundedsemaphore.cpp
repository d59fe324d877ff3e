// SPDX-License-Identifier: MIT
#include <procession/sync/boundedsemaphore.h>

namespace procession {

BoundedSemaphore::BoundedSemaphore(int value) : SharedObject(Kind) { initializeSemaphore(record(), id(), value); }

bool BoundedSemaphore::acquire(bool block, QDeadlineTimer deadline) const
{
    return SemaphoreUnits(record(), id()).acquire(block ? deadline : QDeadlineTimer(0));
}

void BoundedSemaphore::release(int units) const
{
    const SemaphoreUnits all(record(), id());
    all.release(units, all.initial());
}

int BoundedSemaphore::value() const { return SemaphoreUnits(record(), id()).value(); }

int BoundedSemaphore::returnedUnits() const { return SemaphoreUnits(record(), id()).returned(); }

std::vector<SemaphoreHolder> BoundedSemaphore::holders() const { return SemaphoreUnits(record(), id()).holders(); }

} // namespace procession
