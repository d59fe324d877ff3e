// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// Which thread, of all that ever lived in an arena, in 31 bits: the index of its record plus 1 in the lower 16, and above it how many
/// there have been in that place. 0 is no thread. It fits into the word of a lock.
using ThreadWord = quint32;

/// Of the thread whose record has that index, the last of `generation` that had.
constexpr ThreadWord threadWordOf(quint32 index, quint32 generation)
{
    constexpr quint32 GenerationBits = 0x7FFF;
    constexpr int GenerationShift = 16;
    return (generation & GenerationBits) << GenerationShift | (index + 1);
}

/// The index of its record plus 1; 0 for no thread.
constexpr quint32 threadPlaceOf(ThreadWord thread) { return thread & 0xFFFF; }

namespace detail {
extern constinit thread_local ThreadWord currentThread;
ThreadWord enterDirectory();
} // namespace detail

/// The calling thread's; it is entered in the directory the first time.
/// \throws SharedMemoryError, SystemError
inline ThreadWord currentThread()
{
    const ThreadWord known = detail::currentThread;
    return known != 0 ? known : detail::enterDirectory();
}

} // namespace procession
