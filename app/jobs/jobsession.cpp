// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/jobsession.h>

namespace procession {

JobSession::JobSession(
    const QString &name, std::unique_ptr<Job> job, std::shared_ptr<TaskFeed> feed, std::vector<TaskRecord> before)
    : m_name(name), m_source(job->source()), m_feed(std::move(feed)), m_before(std::move(before)), m_ownJob(std::move(job))
{
    follow(m_ownJob.get());
}

JobSession::JobSession(std::unique_ptr<BatchRun> run, std::shared_ptr<TaskFeed> feed, std::vector<TaskRecord> before)
    : m_name(run->batch()->definition().name),
      m_source(run->batch()),
      m_storedJob(run->storedJob()),
      m_feed(std::move(feed)),
      m_before(std::move(before)),
      m_run(std::move(run))
{
    follow(&m_run->job());
}

JobSession::JobSession(
    const StoredJob &stored, int workers, std::shared_ptr<const TaskSource> source, std::vector<TaskRecord> records)
    : m_name(stored.name), m_source(std::move(source)), m_storedJob(stored.id), m_before(std::move(records))
{
    m_past.state = stored.state;
    m_past.startedAt = stored.startedAt;
    m_past.endedAt = stored.endedAt;
    m_past.workers = workers;
    for (const TaskRecord &record : m_before)
        ++m_past.tasks[static_cast<std::size_t>(record.state)];
}

void JobSession::follow(Job *job)
{
    m_job = job;
    connect(job, &Job::stateChanged, this, &JobSession::stateChanged);
}

JobSession::~JobSession() { Q_EMIT closing(); }

bool JobSession::isActive() const { return m_job && summary().state != JobState::Finished; }

JobSummary JobSession::summary() const { return m_job ? m_job->summary() : m_past; }

} // namespace procession
