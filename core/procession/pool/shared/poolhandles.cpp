// SPDX-License-Identifier: MIT
#include <procession/pool/shared/poolhandles.h>

#include <procession/memory/arena/segment.h>

namespace procession {

namespace {

/// The shared memory of an object.
template <typename Memory>
Memory *memoryOf(const ObjectRecord &record)
{
    return std::launder(reinterpret_cast<Memory *>(segmentMemory(record.segments[0].load() - 1).data()));
}

template <typename Memory>
Memory *giveMemory(ObjectId object, const ObjectRecord &record)
{
    giveSegment(object, 0, sizeof(Memory));
    return memoryOf<Memory>(record);
}

} // namespace

PoolHandle::PoolHandle() : SharedObject(Kind), m_memory(giveMemory<PoolMemory>(id(), record())) { }

PoolHandle::PoolHandle(ReceivedObject received) : SharedObject(std::move(received)), m_memory(memoryOf<PoolMemory>(record())) { }

WorkerHandle::WorkerHandle(const PoolHandle &pool, quint32 number)
    : SharedObject(Kind), m_memory(giveMemory<WorkerMemory>(id(), record()))
{
    state().pool.store(pool.id().packed());
    state().number.store(number);
}

WorkerHandle::WorkerHandle(ReceivedObject received)
    : SharedObject(std::move(received)), m_memory(memoryOf<WorkerMemory>(record()))
{
}

} // namespace procession
