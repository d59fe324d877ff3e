// SPDX-License-Identifier: MIT
#include <procession/sync/barrier.h>

#include <procession/sync/state/barrierstate.h>

namespace procession {

Barrier::Barrier(int parties, BarrierAction action, std::optional<std::chrono::milliseconds> timeout)
    : SharedObject(Kind), m_action(std::move(action))
{
    initializeBarrier(record(), id(), parties, timeout ? qint64(std::max(*timeout, std::chrono::milliseconds(0)).count()) : -1);
}

int Barrier::wait() const
{
    const qint64 timeout = BarrierGate(record(), id()).state().timeout.load(std::memory_order_relaxed);
    return wait(timeout < 0 ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(timeout));
}

int Barrier::wait(QDeadlineTimer deadline) const { return BarrierGate(record(), id()).wait(m_action, deadline); }

void Barrier::reset() const { BarrierGate(record(), id()).reset(); }

void Barrier::abort() const { BarrierGate(record(), id()).abort(); }

int Barrier::parties() const
{
    return static_cast<int>(BarrierGate(record(), id()).state().parties.load(std::memory_order_relaxed));
}

int Barrier::waiting() const { return BarrierGate(record(), id()).waiting(); }

bool Barrier::isBroken() const { return BarrierGate(record(), id()).isBroken(); }

// The action first: if it cannot be encoded, the message has no handle of the barrier yet.
void Codec<Barrier>::encode(Encoder &encoder, const Barrier &barrier)
{
    encoder << barrier.m_action;
    detail::encodeObject(encoder, barrier, Barrier::Kind);
}

Barrier Codec<Barrier>::decode(Decoder &decoder)
{
    auto action = decoder.read<BarrierAction>();
    return Barrier(detail::decodeObject(decoder, Barrier::Kind), std::move(action));
}

} // namespace procession
