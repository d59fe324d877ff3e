// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <mutex>

namespace procession {

/// A mutex for data that a whole process shares, and that a copy of the process uses too. A fork
/// waits until no thread holds it, so that the copy finds it unlocked and the data consistent.
///
/// \code
/// constinit ForkMutex mutex; // guards `known`
/// const std::scoped_lock lock(mutex);
/// \endcode
///
/// For static variables: it is never destroyed. A thread that holds one must neither lock another
/// nor copy the process. From any thread.
class ForkMutex
{
public:
    constexpr ForkMutex() = default;
    ForkMutex(const ForkMutex &) = delete;
    ForkMutex &operator=(const ForkMutex &) = delete;

    /// \throws SystemError (ENOMEM), at its first use
    void lock()
    {
        if (!m_isKnown.load(std::memory_order_acquire))
            enter();
        m_mutex.lock();
    }
    void unlock() { m_mutex.unlock(); }

private:
    void enter();
    static void lockAll();
    static void unlockAll();

    std::mutex m_mutex;
    std::atomic<bool> m_isKnown = false;
    ForkMutex *m_next = nullptr;

    static std::mutex entering; ///< guards the list that starts at `first`
    static ForkMutex *first;
};

} // namespace procession
