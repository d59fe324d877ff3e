// SPDX-License-Identifier: MIT
#include <procession/poolrecords.h>

#include <procession/segment.h>

namespace procession {

PoolRecord::PoolRecord() : SharedObject(Kind)
{
    giveSegment(id(), 0, PoolState::MostInFlight);
    m_cancelled = cancelled();
}

PoolRecord::PoolRecord(ReceivedObject received) : SharedObject(std::move(received)), m_cancelled(cancelled()) { }

std::span<std::atomic<quint8>> PoolRecord::cancelled() const
{
    const std::span<std::byte> memory = segmentMemory(record().segments[0].load() - 1);
    return {std::launder(reinterpret_cast<std::atomic<quint8> *>(memory.data())), PoolState::MostInFlight};
}

WorkerRecord::WorkerRecord(const PoolRecord &pool, quint32 number) : SharedObject(Kind)
{
    state().pool.store(pool.id().packed());
    state().number.store(number);
}

} // namespace procession
