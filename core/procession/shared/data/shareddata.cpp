// SPDX-License-Identifier: MIT
#include <procession/shared/data/shareddata.h>

#include <procession/ipc/wire/errors.h>
#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/segment.h>
#include <procession/shared/data/indexerror.h>
#include <procession/shared/data/shareddatastate.h>

#include <limits>

namespace procession {

namespace {

std::size_t bytesOf(const ElementType &type, std::size_t count)
{
    if (count > std::numeric_limits<std::size_t>::max() / type.size)
        throw SharedMemoryError("no shared memory for " + std::to_string(count) + " elements of " + std::to_string(type.size)
            + " bytes is to be had: that is more than can be addressed; was the size negative?");
    return count * type.size;
}

} // namespace

SharedData::SharedData(ObjectKind kind, const ElementType &type, std::size_t count, Fill fill) : SharedObject(kind)
{
    const std::size_t bytes = bytesOf(type, count);
    auto &state = payload<SharedDataState>();
    state.signature.store(type.signature, std::memory_order_relaxed);
    state.elementSize.store(type.size, std::memory_order_relaxed);
    state.count.store(count, std::memory_order_relaxed);
    if (bytes > SharedDataState::Room || type.alignment > SharedDataState::Alignment)
        giveSegment(id(), 0, bytes, fill);
    locate();
}

SharedData::SharedData(ReceivedObject received) : SharedObject(std::move(received)) { locate(); }

SharedData::SharedData(ReceivedObject received, const ElementType &type) : SharedData(std::move(received))
{
    if (elementSignature() != type.signature || m_elementSize != type.size)
        throw DecodeError(std::string("a handle of shared data (") + nameOf(kind()) + ") of the type "
            + TypeRecord::nameOf(elementSignature()) + " came where one of " + TypeRecord::nameOf(type.signature)
            + " is expected: receive it as what it was made as");
}

quint32 SharedData::elementSignature() const { return payload<SharedDataState>().signature.load(std::memory_order_relaxed); }

void SharedData::locate()
{
    auto &state = payload<SharedDataState>();
    m_count = state.count.load(std::memory_order_relaxed);
    m_elementSize = state.elementSize.load(std::memory_order_relaxed);
    const quint32 segment = record().segments[0].load(std::memory_order_acquire);
    m_data = segment != 0 ? segmentMemory(segment - 1).data() : state.bytes.data();
}

void SharedData::failIndex(std::size_t index) const
{
    throw IndexError((std::string(kind() == ObjectKind::Array ? "an " : "a ") + nameOf(kind())).c_str(), index, m_count);
}

} // namespace procession
