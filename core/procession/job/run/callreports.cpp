// SPDX-License-Identifier: MIT
#include <procession/job/run/callreports.h>

#include <procession/platform/base/kernelclock.h>

#include <utility>

namespace procession {

void CallReports::end(Ended ended)
{
    const std::scoped_lock lock(m_mutex);
    m_ended.push_back(std::move(ended));
    m_changed.notify_one();
}

void CallReports::setProgress(int worker, const AttemptProgress &progress)
{
    const std::scoped_lock lock(m_mutex);
    m_progress[worker] = progress;
}

void CallReports::forgetProgress(int worker)
{
    const std::scoped_lock lock(m_mutex);
    m_progress.erase(worker);
}

AttemptProgress CallReports::progress(int worker) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_progress.find(worker);
    return found == m_progress.end() ? AttemptProgress() : found->second;
}

void CallReports::wake()
{
    const std::scoped_lock lock(m_mutex);
    m_isWoken = true;
    m_changed.notify_one();
}

std::vector<CallReports::Ended> CallReports::take(QDeadlineTimer deadline)
{
    std::unique_lock lock(m_mutex);
    const auto isDue = [this] { return !m_ended.empty() || m_isWoken; };
    if (deadline.isForever())
        m_changed.wait(lock, isDue);
    else
        waitFor(m_changed, lock, std::chrono::nanoseconds(deadline.remainingTimeNSecs()), isDue);
    m_isWoken = false;
    return std::exchange(m_ended, {});
}

} // namespace procession
