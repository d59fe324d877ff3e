// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/objects.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/platform/thread/futex.h>

#include <span>

namespace procession {

/// Crash-safe waiting on shared memory: the waiter also wakes when the owner, or the thread that
/// should have woken it, dies.
///
/// \code
/// const Sleep sleep(object);                      // the directory shows what it waits for
/// while ((value = word.load()) == 0) {
///     if (sleep.whileIs(word, value, deadline) == FutexWait::TimedOut)
///         return false;
/// }
/// \endcode
///
/// Construct it before the first read of the awaited word. In one thread.
class Sleep
{
public:
    static constexpr std::size_t MostWatched = 100;

    /// \param since  when this thread started to wait, by now(): for a wait that takes several
    ///     sleeps. A Sleep within another of the same object keeps the earlier time
    explicit Sleep(ObjectId object, qint64 since = now());
    ~Sleep();
    Q_DISABLE_COPY_MOVE(Sleep)

    /// Sleeps while `word` is `expected`. Ends on a wake-up, when `owner` ends, when any process of
    /// the program is found dead, at the deadline, or spuriously.
    /// \param owner  a living thread, or 0
    /// \returns TimedOut only if the deadline has passed
    FutexWait whileIs(const FutexWord &word, std::uint32_t expected, QDeadlineTimer deadline, ThreadWord owner = 0) const;
    /// The same, until one of `others` ends.
    /// \param others  living threads. Only the first MostWatched are watched
    /// \param also    another word whose change ends the sleep, if given
    FutexWait whileIs(const FutexWord &word, std::uint32_t expected, QDeadlineTimer deadline, std::span<const ThreadWord> others,
        FutexExpectation also = {}) const;

    /// Nanoseconds of the steady clock, the same in all processes.
    static qint64 now();

private:
    ThreadRecord &m_thread;
    quint64 m_before; ///< what the thread waits for again after this sleep
    qint64 m_sinceBefore;
    mutable std::uint32_t m_deaths;
};

} // namespace procession
