// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/fill.h>

#include <span>

namespace procession {

/// Gives an object memory of its own: at least `bytes`, rounded up to a power of two of which no more than are needed are set aside.
/// Memory that was given back lately is used again as it is: the system takes much longer to find fresh pages than it takes to write
/// to them.
/// \returns the index of the segment; the caller notes it in the object's record, so that it goes with the object
/// \throws SharedMemoryError when the arena or the system has no room for it
quint32 takeSegment(ObjectId owner, quint64 bytes, Fill fill = Fill::Zeros);

/// The same, and notes it in the object's record. It is not lost when the process is killed in between.
/// \param slot  which of ObjectRecord::segments
void giveSegment(ObjectId owner, quint32 slot, quint64 bytes, Fill fill = Fill::Zeros);

/// Gives it back to the arena, and its memory to the system; but as much of large memory as MostKept says is kept for the next one, and
/// that of the first few small ones (32 KiB and less).
void giveBackSegment(quint32 segment);

/// Bytes of memory that nobody has and that are kept, by all processes of a program together. It goes to the system when that has no more
/// for others of the program.
inline constexpr quint64 MostKept = quint64(256) << 20;
quint64 keptMemory();

/// Where it lies in this process: all of its room.
std::span<std::byte> segmentMemory(quint32 segment);

/// Gives back what was lost when a process was killed: segments whose owner has gone, and those that it was just giving back.
void giveBackLostSegments(quint32 deadProcess);

} // namespace procession
