// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace procession {

/// Waits for a quick answer: polls for a moment, yielding the processor in between, before the
/// caller sleeps. Being woken from a sleep costs ten times what a quick partner takes to answer,
/// and on another processor a hundred times.
///
/// It backs off: each time that the moment passes in vain, twice as many of the next waits sleep at
/// once, up to 127, so that long waits cost no processor time.
///
/// To be used from one thread at a time.
class EagerWait
{
public:
    /// Time that a quick partner needs to answer, without its work.
    static constexpr std::chrono::microseconds Moment{50};

    /// Polls without yielding, for 20 µs at most: for callers that know that the partner runs on
    /// another processor. Yielding could cost more than that if a third thread waits for this
    /// processor. Does not affect the back-off.
    /// \param hasCome  returns whether to stop; must not block
    /// \returns whether it has come
    template <typename Predicate>
    static bool lookSteadily(Predicate hasCome)
    {
        const auto until = std::chrono::steady_clock::now() + SteadyMoment;
        do {
            if (hasCome())
                return true;
        } while (std::chrono::steady_clock::now() < until);
        return false;
    }

    /// \param hasCome  returns whether to stop; must not block
    /// \param moment   time to poll
    /// \returns whether it has come; false also if this wait does not poll
    template <typename Predicate>
    bool tryFor(Predicate hasCome, std::chrono::nanoseconds moment = Moment)
    {
        if (m_skipped < m_skip) {
            ++m_skipped;
            return false;
        }
        m_skipped = 0;
        if (lookFor(hasCome, moment)) {
            m_skip = 0;
            return true;
        }
        m_skip = m_skip < MostSkipped ? 2 * m_skip + 1 : MostSkipped;
        return false;
    }

private:
    static constexpr int MostSkipped = 127;
    static constexpr std::chrono::microseconds SteadyMoment{20};

    template <typename Predicate>
    static bool lookFor(Predicate hasCome, std::chrono::nanoseconds moment)
    {
        if (hasCome())
            return true;
        const auto until = std::chrono::steady_clock::now() + moment;
        do {
            giveWay();
            if (hasCome())
                return true;
        } while (std::chrono::steady_clock::now() < until);
        return false;
    }

    static void giveWay();

    int m_skip = 0; ///< waits that do not poll after one in vain
    int m_skipped = 0;
};

} // namespace procession
