// SPDX-License-Identifier: MIT
#pragma once

#include <procession/arenarecords.h>

#include <span>

namespace procession {

/// Gives an object memory of its own, full of zeros: at least `bytes`, rounded up to a power of two of which no more than `bytes` are set
/// aside.
/// \returns the index of the segment; the caller notes it in the object's record, so that it goes with the object
/// \throws SharedMemoryError when the arena or the system has no room for it
quint32 takeSegment(ObjectId owner, quint64 bytes);

/// The same, and notes it in the object's record. It is not lost when the process is killed in between.
/// \param slot  which of ObjectRecord::segments
void giveSegment(ObjectId owner, quint32 slot, quint64 bytes);

/// Gives it back to the arena, and its memory to the system.
void giveBackSegment(quint32 segment);

/// Where it lies in this process: all of its room.
std::span<std::byte> segmentMemory(quint32 segment);

/// Gives back what was lost when a process was killed: segments whose owner has gone, and those that it was just giving back.
void giveBackLostSegments(quint32 deadProcess);

} // namespace procession
