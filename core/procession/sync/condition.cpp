// SPDX-License-Identifier: MIT
#include <procession/sync/condition.h>

#include <procession/ipc/codec/codec.h>
#include <procession/memory/arena/sleep.h>
#include <procession/sync/state/conditionstate.h>

#include <algorithm>
#include <limits>

namespace procession {

Condition::Condition(AnyLock lock) : SharedObject(Kind), m_lock(std::move(lock))
{
    const ObjectId lockId = std::visit([](const auto &each) { return each.id(); }, m_lock);
    payload<ConditionState>().lock.store(lockId.packed(), std::memory_order_relaxed);
}

bool Condition::acquire(bool block, QDeadlineTimer deadline) const
{
    return std::visit([&](const auto &lock) { return lock.acquire(block, deadline); }, m_lock);
}

void Condition::release() const
{
    std::visit([](const auto &lock) { lock.release(); }, m_lock);
}

bool Condition::wait(QDeadlineTimer deadline) const
{
    qint64 since = 0;
    return waitSince(deadline, since);
}

/// \param since  when this thread first waited in this call; 0 before
bool Condition::waitSince(QDeadlineTimer deadline, qint64 &since) const
{
    checkHeld("waited for");
    if (since == 0)
        since = Sleep::now();
    bool isNotified = false;
    int depth = 0;
    {
        const ConditionWaiter waiter(payload<ConditionState>(), id());
        depth = releaseWholly();
        isNotified = waiter.wait(deadline, since);
    }
    for (int i = 0; i < depth; ++i)
        acquire();
    return isNotified;
}

void Condition::notify(int count) const
{
    checkHeld("notified");
    notifyWaiters(id(), static_cast<quint32>(std::max(count, 0)));
}

void Condition::notifyAll() const
{
    checkHeld("notified");
    notifyWaiters(id(), std::numeric_limits<quint32>::max());
}

int Condition::waiters() const
{
    record(); // throws for a null handle
    return countWaiters(id());
}

void Condition::checkHeld(const char *what) const
{
    if (!std::visit([](const auto &lock) { return lock.isHeld(); }, m_lock))
        throw LockNotHeld("condition " + name().toStdString() + " was " + what
            + " by a thread that does not have its lock: acquire it before, and release it after");
}

/// \returns how often this thread had acquired it
int Condition::releaseWholly() const
{
    const auto *recursive = std::get_if<RLock>(&m_lock);
    const int depth = recursive ? recursive->depth() : 1;
    for (int i = 0; i < depth; ++i)
        release();
    return depth;
}

void Codec<Condition>::encode(Encoder &encoder, const Condition &condition)
{
    encoder << condition.m_lock;
    detail::encodeObject(encoder, condition, Condition::Kind);
}

Condition Codec<Condition>::decode(Decoder &decoder)
{
    auto lock = decoder.read<Condition::AnyLock>();
    return Condition(detail::decodeObject(decoder, Condition::Kind), std::move(lock));
}

} // namespace procession
