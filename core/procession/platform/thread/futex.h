// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDeadlineTimer>

#include <atomic>
#include <cstdint>
#include <span>

namespace procession {

/// A word on which threads of this and of other processes sleep until another thread changes it and
/// wakes them. It may be in shared memory.
using FutexWord = std::atomic<std::uint32_t>;

/// How a wait ended.
enum class FutexWait : quint8 {
    Woken, ///< by wakeFutex(), or spuriously: check the word again
    Changed, ///< a word already differed from the expected value
    TimedOut,
};

/// Sleeps as long as `word` is `expected`, until it is woken or the deadline passes.
/// \throws SystemError
FutexWait waitFutex(const FutexWord &word, std::uint32_t expected, QDeadlineTimer deadline);

/// A word and the value that it must have for a sleep to start.
struct FutexExpectation
{
    const FutexWord *word = nullptr;
    std::uint32_t expected = 0;
};

/// Sleeps on several words at once: until one of them is woken, one differs from its expected
/// value, or the deadline passes. If the kernel has no futex_waitv (before Linux 5.16), it sleeps
/// on the first word for 10 ms at a time and polls the others in between.
/// \param words  1 to 128
/// \throws SystemError
FutexWait waitFutexes(std::span<const FutexExpectation> words, QDeadlineTimer deadline);

/// Wakes at most `count` waiters of `word`, and returns how many it woke.
/// \throws SystemError
int wakeFutex(const FutexWord &word, int count);

} // namespace procession
