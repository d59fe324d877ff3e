// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/batchrun.h>
#include <procession/jobstore.h>
#include <procession/taskfeed.h>

#include <QtCore/QObject>

namespace procession {

/// A job that the window shows: one that runs in this program, or one of the past as the store knows it.
class JobSession : public QObject
{
    Q_OBJECT

public:
    /// A job of this program; `feed` is among its observers and `before` are the records that it began with.
    JobSession(std::unique_ptr<BatchRun> run, std::shared_ptr<TaskFeed> feed, std::vector<TaskRecord> before);
    /// A job of the past.
    JobSession(const StoredJob &stored, std::shared_ptr<const CommandBatch> batch, std::vector<TaskRecord> records);
    ~JobSession() override;

    /// Null for a job of the past.
    Job *job() const { return m_run ? &m_run->job() : nullptr; }
    /// Whether it is a job of this program that has something left to do.
    bool isActive() const;
    qint64 storedJob() const { return m_storedJob; }
    const QString &name() const { return m_batch->definition().name; }
    const std::shared_ptr<const CommandBatch> &batch() const { return m_batch; }
    const std::shared_ptr<TaskFeed> &feed() const { return m_feed; }
    const std::vector<TaskRecord> &before() const { return m_before; }
    JobSummary summary() const;

Q_SIGNALS:
    void stateChanged();
    /// It is about to go; everything about it can still be asked.
    void closing();

private:
    std::shared_ptr<const CommandBatch> m_batch;
    qint64 m_storedJob;
    std::shared_ptr<TaskFeed> m_feed;
    std::vector<TaskRecord> m_before;
    JobSummary m_past;
    std::unique_ptr<BatchRun> m_run;
};

} // namespace procession
