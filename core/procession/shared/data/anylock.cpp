// SPDX-License-Identifier: MIT
#include <procession/shared/data/anylock.h>

namespace procession {

AnyLock::AnyLock() = default;
AnyLock::AnyLock(const AnyLock &other) = default;
AnyLock::AnyLock(AnyLock &&other) noexcept = default;
AnyLock &AnyLock::operator=(const AnyLock &other) = default;
AnyLock &AnyLock::operator=(AnyLock &&other) noexcept = default;
AnyLock::~AnyLock() = default;

bool AnyLock::acquire(bool block, QDeadlineTimer deadline) const
{
    return std::visit([&](const auto &lock) { return lock.acquire(block, deadline); }, m_lock);
}

void AnyLock::release() const
{
    std::visit([](const auto &lock) { lock.release(); }, m_lock);
}

bool AnyLock::isAbandoned() const
{
    return std::visit([](const auto &lock) { return lock.isAbandoned(); }, m_lock);
}

std::optional<ThreadIdentity> AnyLock::owner() const
{
    return std::visit([](const auto &lock) { return lock.owner(); }, m_lock);
}

ObjectId AnyLock::id() const
{
    return std::visit([](const auto &lock) { return lock.id(); }, m_lock);
}

} // namespace procession
