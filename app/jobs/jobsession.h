// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/run/batchrun.h>
#include <procession/job/store/jobstore.h>
#include <procession/job/task/taskfeed.h>

#include <QtCore/QObject>

namespace procession {

/// A job that the window shows: one that runs in this program, or one of the past as the store knows it.
class JobSession : public QObject
{
    Q_OBJECT

public:
    /// A job of this program.
    /// \param feed    is among its observers
    /// \param before  the records that it began with; may be empty
    JobSession(
        const QString &name, std::unique_ptr<Job> job, std::shared_ptr<TaskFeed> feed, std::vector<TaskRecord> before = {});
    /// As above, of a command batch.
    JobSession(std::unique_ptr<BatchRun> run, std::shared_ptr<TaskFeed> feed, std::vector<TaskRecord> before);
    /// A job of the past.
    JobSession(const StoredJob &stored, int workers, std::shared_ptr<const TaskSource> source, std::vector<TaskRecord> records);
    ~JobSession() override;

    /// Null for a job of the past.
    Job *job() const { return m_job; }
    /// Whether it is a job of this program that has something left to do.
    bool isActive() const;
    /// Its id in the store, 0 when it is not there.
    qint64 storedJob() const { return m_storedJob; }
    const QString &name() const { return m_name; }
    const std::shared_ptr<const TaskSource> &source() const { return m_source; }
    const std::shared_ptr<TaskFeed> &feed() const { return m_feed; }
    const std::vector<TaskRecord> &before() const { return m_before; }
    JobSummary summary() const;

Q_SIGNALS:
    void stateChanged();
    /// It is about to go; everything about it can still be asked.
    void closing();

private:
    void follow(Job *job);

    QString m_name;
    std::shared_ptr<const TaskSource> m_source;
    qint64 m_storedJob = 0;
    std::shared_ptr<TaskFeed> m_feed;
    std::vector<TaskRecord> m_before;
    JobSummary m_past;
    Job *m_job = nullptr; // of one of the next two
    std::unique_ptr<Job> m_ownJob;
    std::unique_ptr<BatchRun> m_run;
};

} // namespace procession
