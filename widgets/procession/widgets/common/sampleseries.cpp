// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/sampleseries.h>

namespace procession {

SampleSeries::SampleSeries(qint64 step, qint64 window) : m_initialStep(step), m_step(step), m_window(window) { }

void SampleSeries::add(const Sample &sample)
{
    if (m_samples.size() > 1 && sample.time / m_step == m_samples.back().time / m_step)
        m_samples.back() = sample;
    else
        m_samples.push_back(sample);
    while (m_window > 0 && m_samples.size() > 2 && m_samples[1].time < sample.time - m_window)
        m_samples.pop_front();
    if (m_samples.size() > MaximumCount)
        thinOut();
}

void SampleSeries::clear()
{
    m_samples.clear();
    m_step = m_initialStep;
}

void SampleSeries::thinOut()
{
    m_step *= 2;
    std::deque<Sample> thin;
    for (const Sample &sample : m_samples) {
        if (thin.size() > 1 && sample.time / m_step == thin.back().time / m_step)
            thin.back() = sample;
        else
            thin.push_back(sample);
    }
    m_samples.swap(thin);
}

} // namespace procession
