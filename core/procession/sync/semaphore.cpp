// SPDX-License-Identifier: MIT
#include <procession/sync/semaphore.h>

#include <limits>

namespace procession {

Semaphore::Semaphore(int value) : SharedObject(Kind) { initializeSemaphore(record(), id(), value); }

bool Semaphore::acquire(bool block, QDeadlineTimer deadline) const
{
    return SemaphoreUnits(record(), id()).acquire(block ? deadline : QDeadlineTimer(0));
}

void Semaphore::release(int units) const { SemaphoreUnits(record(), id()).release(units, std::numeric_limits<quint32>::max()); }

int Semaphore::value() const { return SemaphoreUnits(record(), id()).value(); }

int Semaphore::returnedUnits() const { return SemaphoreUnits(record(), id()).returned(); }

std::vector<SemaphoreHolder> Semaphore::holders() const { return SemaphoreUnits(record(), id()).holders(); }

} // namespace procession
