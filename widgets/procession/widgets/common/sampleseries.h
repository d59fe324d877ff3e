// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/qglobal.h>

#include <deque>

namespace procession {

/// Samples over time, thinned out so that they stay few: one for each step of time, within a window or over all of it.
class SampleSeries
{
public:
    struct Sample
    {
        qint64 time; ///< microseconds
        double first;
        double second;
    };

    /// \param step      microseconds; later samples of the same step replace the earlier one
    /// \param window    microseconds; older samples are dropped; 0 keeps all and doubles the step when there are too many
    SampleSeries(qint64 step, qint64 window);

    void add(const Sample &sample);
    void clear();
    const std::deque<Sample> &samples() const { return m_samples; }
    qint64 step() const { return m_step; }

private:
    static constexpr std::size_t MaximumCount = 2048;

    void thinOut();

    std::deque<Sample> m_samples;
    qint64 m_initialStep;
    qint64 m_step;
    qint64 m_window;
};

} // namespace procession
