// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/progress/progressestimate.h>

namespace procession {

namespace {

constexpr qint64 Second = 1'000'000;
constexpr qint64 RateWindow = 5 * Second;
constexpr qint64 CoarseStep = 2 * Second;
constexpr qint64 CoarseWindow = 300 * Second;
constexpr qint64 EnoughTasks = 10; // in the window, to trust the rate

} // namespace

void ProgressEstimate::clear()
{
    m_samples.clear();
    m_coarse.clear();
}

void ProgressEstimate::add(qint64 ended, qint64 now)
{
    if (!m_samples.empty() && ended < m_samples.back().ended)
        clear(); // tasks were sent back to the queue
    m_samples.push_back({ended, now});
    while (m_samples.size() > 2 && now - m_samples[1].time >= RateWindow)
        m_samples.pop_front();
    if (m_coarse.empty() || now - m_coarse.back().time >= CoarseStep)
        m_coarse.push_back({ended, now});
    while (m_coarse.size() > 2 && now - m_coarse[1].time >= CoarseWindow)
        m_coarse.pop_front();
}

double ProgressEstimate::rateSince(const Sample &sample) const
{
    const Sample &last = m_samples.back();
    const auto seconds = static_cast<double>(last.time - sample.time) / double(Second);
    return seconds <= 0 ? 0 : static_cast<double>(last.ended - sample.ended) / seconds;
}

double ProgressEstimate::rate() const { return m_samples.empty() ? 0 : rateSince(m_samples.front()); }

std::optional<qint64> ProgressEstimate::timeLeft(qint64 left) const
{
    if (m_samples.empty())
        return std::nullopt;
    const bool isFast = m_samples.back().ended - m_samples.front().ended >= EnoughTasks;
    const double perSecond = rateSince(isFast ? m_samples.front() : m_coarse.front());
    if (perSecond <= 0)
        return std::nullopt;
    return static_cast<qint64>(static_cast<double>(left) / perSecond * double(Second));
}

} // namespace procession
