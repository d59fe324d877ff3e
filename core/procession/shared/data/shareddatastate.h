// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>

namespace procession {

/// The head of shared data in shared memory. Written before any other process can have a handle.
struct SharedDataState
{
    static constexpr std::size_t Alignment = 32;
    static constexpr std::size_t Room = ObjectRecord::PayloadSize - Alignment;

    std::atomic<quint32> signature;
    std::atomic<quint32> elementSize;
    std::atomic<quint64> count;
    std::atomic<quint32> isNamed; ///< of a SharedMemory: it can be found by its name
    alignas(Alignment) std::array<std::byte, Room> bytes; ///< the elements, unless they lie in a segment
};
static_assert(sizeof(SharedDataState) == ObjectRecord::PayloadSize);

} // namespace procession
