// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/qglobal.h>

#include <deque>
#include <optional>

namespace procession {

/// How fast tasks end, and when the last one will: from counts taken now and then.
class ProgressEstimate
{
public:
    void clear();
    /// \param ended  tasks that have ended; a lower count than before resets the estimate
    /// \param now    microseconds, never less than before
    void add(qint64 ended, qint64 now);
    /// Tasks a second over the last seconds.
    double rate() const;
    /// Microseconds until `left` more tasks have ended; empty while nothing is known.
    std::optional<qint64> timeLeft(qint64 left) const;

private:
    struct Sample
    {
        qint64 ended;
        qint64 time;
    };

    double rateSince(const Sample &sample) const;

    std::deque<Sample> m_samples; // of the last seconds
    std::deque<Sample> m_coarse; // of the last minutes, for jobs with few tasks
};

} // namespace procession
