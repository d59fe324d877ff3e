// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/fill.h>

#include <span>

namespace procession {

/// Gives an object memory of its own: at least `bytes`, rounded up to a power of two of which only
/// the needed bytes are reserved. Memory that was given back recently is reused: the system takes
/// much longer to provide fresh pages than to write to them.
/// \returns the index of the segment; the caller must note it in the object's record, so that it is
///     freed with the object
/// \throws SharedMemoryError if the arena or the system has no room for it
quint32 takeSegment(ObjectId owner, quint64 bytes, Fill fill = Fill::Zeros);

/// The same, and notes it in the object's record. The segment is not lost if the process is killed
/// in between.
/// \param slot  index in ObjectRecord::segments
void giveSegment(ObjectId owner, quint32 slot, quint64 bytes, Fill fill = Fill::Zeros);

/// Gives a segment back to the arena, and its memory to the system. Keeps large ones (1 MiB and
/// more) for reuse, up to MostKept, and small ones (32 KiB and less) among the first 256 segments.
void giveBackSegment(quint32 segment);

/// Most bytes of unused large segments that all processes of a program together keep. They go to
/// the system when it refuses memory to the program.
inline constexpr quint64 MostKept = quint64(256) << 20;
/// Bytes that are kept now.
quint64 keptMemory();

/// All of a segment's memory, at its address in this process.
std::span<std::byte> segmentMemory(quint32 segment);

/// Gives back segments that were lost when a process was killed: those whose owner no longer
/// exists, those that it had taken and not noted, and those that it was giving back.
void giveBackLostSegments(quint32 deadProcess);

} // namespace procession
