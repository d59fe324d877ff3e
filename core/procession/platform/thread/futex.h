// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDeadlineTimer>

#include <atomic>
#include <cstdint>
#include <span>

namespace procession {

/// A word on which threads of this and of other processes sleep until somebody changes it. It may lie in shared memory.
using FutexWord = std::atomic<std::uint32_t>;

/// How a wait ended.
enum class FutexWait : quint8 {
    Woken, ///< by wakeFutex(), or for no reason: look at the word again
    Changed, ///< a word was another than expected already
    TimedOut,
};

/// Sleeps as long as `word` is `expected`, until somebody wakes it or the deadline passes.
/// \throws SystemError
FutexWait waitFutex(const FutexWord &word, std::uint32_t expected, QDeadlineTimer deadline);

/// A word and what it is to be for a sleep to begin.
struct FutexExpectation
{
    const FutexWord *word = nullptr;
    std::uint32_t expected = 0;
};

/// Sleeps on several words at once: until one of them is woken, or is another than expected, or the deadline passes. Where the kernel
/// has no futex_waitv (before Linux 5.16) it sleeps on the first for 10 ms at a time and looks at the others in between.
/// \param words  1 to 128
/// \throws SystemError
FutexWait waitFutexes(std::span<const FutexExpectation> words, QDeadlineTimer deadline);

/// Wakes at most `count` of those who sleep on `word`, and returns how many they were.
/// \throws SystemError
int wakeFutex(const FutexWord &word, int count);

} // namespace procession
