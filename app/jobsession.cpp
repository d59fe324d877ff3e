// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/jobsession.h>

namespace procession {

JobSession::JobSession(std::unique_ptr<BatchRun> run, std::shared_ptr<TaskFeed> feed, std::vector<TaskRecord> before)
    : m_batch(run->batch())
    , m_storedJob(run->storedJob())
    , m_feed(std::move(feed))
    , m_before(std::move(before))
    , m_run(std::move(run))
{
    connect(job(), &Job::stateChanged, this, &JobSession::stateChanged);
}

JobSession::JobSession(const StoredJob &stored, std::shared_ptr<const CommandBatch> batch, std::vector<TaskRecord> records)
    : m_batch(std::move(batch))
    , m_storedJob(stored.id)
    , m_before(std::move(records))
{
    m_past.state = stored.state;
    m_past.startedAt = stored.startedAt;
    m_past.endedAt = stored.endedAt;
    m_past.workers = m_batch->definition().job.workers;
    for (const TaskRecord &record : m_before)
        ++m_past.tasks[static_cast<std::size_t>(record.state)];
}

JobSession::~JobSession()
{
    Q_EMIT closing();
}

bool JobSession::isActive() const
{
    return m_run && summary().state != JobState::Finished;
}

JobSummary JobSession::summary() const
{
    return m_run ? m_run->job().summary() : m_past;
}

} // namespace procession
