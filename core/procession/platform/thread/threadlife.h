// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/thread/futex.h>

#include <array>
#include <cstddef>

namespace procession {

/// A word in shared memory by which everybody sees whether one thread lives, and on which one can sleep until it ends. The kernel sets
/// it when the thread dies, however it dies.
///
/// \code
/// record.life.begin();                          // in the thread
/// if (record.life.hasEnded()) …                 // anywhere
/// \endcode
///
/// Lies in shared memory that is full of zeros; then it has ended. A thread has one of them.
class ThreadLife
{
public:
    /// It is the calling thread's life from now on.
    /// \pre hasEnded()
    /// \throws SystemError
    void begin();
    /// In the thread that began it.
    void end();

    bool hasEnded() const;
    /// What to sleep on with waitFutexes(), until it ends. Whoever wakes from it wakes all others that sleep there, since the kernel
    /// wakes only one.
    FutexExpectation expectation() const;

private:
    static constexpr std::size_t MutexSize = 40;

    FutexWord &word() const;

    alignas(8) mutable std::array<std::byte, MutexSize> m_mutex; // a pthread_mutex_t: robust, and held for life
};

} // namespace procession
