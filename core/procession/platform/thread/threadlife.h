// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/thread/futex.h>

#include <array>
#include <cstddef>

namespace procession {

/// A word in shared memory that shows to all processes whether one thread lives, and on which
/// threads can sleep until it ends. The kernel sets it when the thread dies, however it dies.
///
/// \code
/// record.life.begin();                          // in the thread
/// if (record.life.hasEnded()) …                 // anywhere
/// \endcode
///
/// It must be in shared memory that is filled with zeros, which means that the thread has ended. A
/// thread has one of them.
class ThreadLife
{
public:
    /// Ties this word to the life of the calling thread.
    /// \pre hasEnded()
    /// \throws SystemError
    void begin();
    /// To be called in the thread that called begin().
    void end();

    bool hasEnded() const;
    /// What to sleep on with waitFutexes() until the thread ends. A waiter that wakes up must wake
    /// all others that sleep there, since the kernel wakes only one.
    FutexExpectation expectation() const;

private:
    static constexpr std::size_t MutexSize = 40;

    FutexWord &word() const;

    alignas(8) mutable std::array<std::byte, MutexSize> m_mutex; // a pthread_mutex_t: robust, and held for life
};

} // namespace procession
