// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// Identifies a thread among all that ever lived in an arena, in 31 bits: the lower 16 are the
/// index of its record plus 1, the upper 15 the lowest bits of the record's generation. 0 is no
/// thread. It fits into the word of a lock.
using ThreadWord = quint32;

/// The word of the record's thread number `generation`.
constexpr ThreadWord threadWordOf(quint32 index, quint32 generation)
{
    constexpr quint32 GenerationBits = 0x7FFF;
    constexpr int GenerationShift = 16;
    return (generation & GenerationBits) << GenerationShift | (index + 1);
}

/// The index of the thread's record plus 1; 0 for no thread.
constexpr quint32 threadPlaceOf(ThreadWord thread) { return thread & 0xFFFF; }

namespace detail {
extern constinit thread_local ThreadWord currentThread;
ThreadWord enterDirectory();
} // namespace detail

/// The calling thread; the first call enters it in the directory.
/// \throws SharedMemoryError, SystemError
inline ThreadWord currentThread()
{
    const ThreadWord known = detail::currentThread;
    return known != 0 ? known : detail::enterDirectory();
}

} // namespace procession
