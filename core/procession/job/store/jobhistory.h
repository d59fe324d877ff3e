// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/store/jobstore.h>

#include <QtCore/QFuture>
#include <QtCore/QObject>

namespace procession {

/// A stored job that this program may now run.
struct HeldJob
{
    qint64 id = 0;
    std::shared_ptr<JobLease> hold; ///< for the job's JobRecorder
    QString outputFolder;
    std::vector<TaskRecord> records; ///< of an earlier run; empty for a new job
};

/// What makes a new stored job; see JobStore.
struct NewJob
{
    QString name;
    QString kind;
    QByteArray definition;
    QByteArray inputs;
    qint64 total = 0;
    QByteArray resumeKey = {};
};

/// The store for programs with an event loop: every question is answered later, from a thread of its own.
///
/// \code
/// auto *watcher = new QFutureWatcher<QList<Attempt>>(this);
/// connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] { show(watcher->result()); });
/// watcher->setFuture(history.attempts(job, task));
/// \endcode
///
/// Not QFuture::then() with a context: in Qt 6.4 it ends the program when the context goes before the answer comes.
///
/// Futures fail with JobStoreError. Questions are answered in the order in which they were asked. To be used from one thread.
class JobHistory : public QObject
{
    Q_OBJECT

public:
    explicit JobHistory(const QString &storePath, QObject *parent = nullptr);
    /// Waits for the question being answered; drops the others (their futures are cancelled).
    ~JobHistory() override;

    QFuture<QList<StoredJob>> jobs(int limit = 100);
    QFuture<QList<Attempt>> attempts(qint64 job, TaskIndex task);
    QFuture<std::vector<TaskRecord>> taskRecords(qint64 job);
    QFuture<QByteArray> inputs(qint64 job);
    QFuture<void> removeJob(qint64 job);

    /// JobStore::createJob.
    QFuture<HeldJob> createJob(const NewJob &job);
    /// JobStore::claimJob with the job's tasks as they are stored. Tasks in the states `again` become Queued.
    QFuture<HeldJob> claimJob(qint64 job, const QList<TaskState> &again = {});

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace procession
