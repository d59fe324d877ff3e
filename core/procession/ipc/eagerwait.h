// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace procession {

/// How one waits for the answer in a quick exchange: looking again and again for a moment, and giving way to others in between, before
/// one sleeps. Being woken from a sleep costs ten times what a quick partner takes to answer, and on another processor a hundred times.
///
/// It learns: each time that the moment passed in vain, twice as many waits go to sleep at once, up to 127; so who waits for long
/// costs no processor time.
///
/// To be used from one thread at a time.
class EagerWait
{
public:
    /// What a wait takes at least where a partner is quick, but for the time of its work.
    static constexpr std::chrono::microseconds Moment{50};

    /// Looks without giving way, for 20 µs at most: when one knows that a partner is at work on another processor. Giving way could cost more
    /// than that, when a third has waited for this processor. It learns nothing.
    /// \param hasCome  tells whether to stop; must not block
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

    /// \param hasCome  tells whether to stop; must not block
    /// \param moment   how long to look
    /// \returns whether it has come; false also when it is not worth a try
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

    int m_skip = 0; ///< waits that are not tried after one in vain
    int m_skipped = 0;
};

} // namespace procession
