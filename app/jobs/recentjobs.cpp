// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/recentjobs.h>

#include <procession/text/errortext.h>
#include <procession/widgets/common/futureanswer.h>

namespace procession {

using namespace std::chrono_literals;

RecentJobs::RecentJobs(JobHistory *history, QObject *parent) : QObject(parent), m_history(history)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &RecentJobs::read);
}

void RecentJobs::refresh()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void RecentJobs::read()
{
    if (m_isReading) {
        m_readAgain = true;
        return;
    }
    m_isReading = true;
    const auto done = [this] {
        m_isReading = false;
        if (std::exchange(m_readAgain, false))
            refresh();
    };
    whenAnswered(
        m_history->jobs(), this,
        [this, done](const QList<StoredJob> &jobs) {
            m_jobs = jobs;
            done();
            Q_EMIT changed();
        },
        [this, done](const std::exception &error) {
            done();
            Q_EMIT failed(errorText(error));
        });
}

} // namespace procession
