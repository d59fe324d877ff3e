// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/objects.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/platform/thread/futex.h>

#include <span>

namespace procession {

/// How threads wait for something shared, so that neither the death of whom they wait for nor that of who was to wake them leaves them
/// asleep.
///
/// \code
/// const Sleep sleep(object);                        // says in the directory what this thread waits for
/// while ((value = word.load()) == 0) {
///     if (sleep.whileIs(word, value, deadline) == FutexWait::TimedOut)
///         return false;
/// }
/// \endcode
///
/// To be made before the first look at what is waited for. In one thread.
class Sleep
{
public:
    static constexpr std::size_t MostWatched = 100;

    /// \param since  when this thread began to wait, as now() tells it: for who waits in several sleeps. One within a Sleep of the same
    ///     object goes on with that one's
    explicit Sleep(ObjectId object, qint64 since = now());
    ~Sleep();
    Q_DISABLE_COPY_MOVE(Sleep)

    /// Sleeps as long as `word` is `expected`, until it is woken, `owner` ends, any process of the program is found dead, the deadline
    /// passes, or for no reason.
    /// \param owner  a thread that lives, or 0
    /// \returns TimedOut only when the deadline has passed
    FutexWait whileIs(const FutexWord &word, std::uint32_t expected, QDeadlineTimer deadline, ThreadWord owner = 0) const;
    /// The same, until one of `others` ends.
    /// \param others  threads that live. Only the first MostWatched are watched
    /// \param also    another word that ends the sleep when it changes, if there is one
    FutexWait whileIs(const FutexWord &word, std::uint32_t expected, QDeadlineTimer deadline, std::span<const ThreadWord> others,
        FutexExpectation also = {}) const;

    /// Nanoseconds of the steady clock, the same in all processes.
    static qint64 now();

private:
    ThreadRecord &m_thread;
    quint64 m_before; ///< what it waits for again after this
    qint64 m_sinceBefore;
    mutable std::uint32_t m_deaths;
};

} // namespace procession
