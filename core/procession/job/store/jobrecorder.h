// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/store/jobstore.h>
#include <procession/job/task/jobobserver.h>

#include <QtCore/QDeadlineTimer>

#include <functional>

namespace procession {

/// Writes a job's changes to the store as they happen, in a thread of its own, so that the job never waits for the disk.
///
/// Changes that gather during one transaction go into the next, so a single change is written at once and many changes in large
/// steps. Observers behind it (`downstream`) receive changes once these are safe in the store, in the same order, in the recorder's
/// thread. They also receive changes that cannot be written in the end, after `onError`, so that no result is lost twice.
///
/// When the store cannot be written (a full disk), the recorder calls `onError` once with the reason, keeps the changes and tries again
/// every second. When more than 64 MiB wait, the job's thread blocks, so memory stays bounded. A program should pause the job then,
/// and call giveUp() if the person prefers to continue without a record. The recorder reports and skips a change that contradicts
/// the store.
///
/// Destroy the job first, then release the recorder: an observer lives as long as its job.
class JobRecorder : public JobObserver
{
public:
    /// A job that stands in the store.
    struct Job
    {
        std::shared_ptr<JobStore> store{}; ///< open, for the recorder alone; null: the recorder opens it
        qint64 id = 0;
        std::shared_ptr<JobLease>
            hold{}; ///< kept until all has been written; not needed when the JobStore that holds the job outlives the recorder
    };
    /// A job that the recorder's thread makes first, while the first tasks run already.
    struct Beginning
    {
        std::function<Job()> make; ///< may throw JobStoreError, and nothing else
        /// Called then: nothing will be recorded, and observers receive changes all the same.
        std::function<void(const JobStoreError &)> refused;
    };

    /// \param onError  called in the recorder's thread
    JobRecorder(const QString &storePath, Job job, std::shared_ptr<const TaskSource> source,
        std::vector<std::shared_ptr<JobObserver>> downstream = {}, std::function<void(const QString &)> onError = {});
    JobRecorder(const QString &storePath, Beginning beginning, std::shared_ptr<const TaskSource> source,
        std::vector<std::shared_ptr<JobObserver>> downstream = {}, std::function<void(const QString &)> onError = {});
    /// Writes what is left, however long that takes, and lets go of the job. It gives up only when the store could not be written for
    /// some seconds, as isStuck() says.
    ~JobRecorder() override;

    /// Blocks until all changes received before are in the store, or the deadline passes; returns whether they are.
    bool flush(QDeadlineTimer deadline);
    /// From any thread: the job's id, 0 until it is made or where it was refused.
    qint64 job() const;
    /// From any thread: whether writing has failed for some seconds on end (a full disk; for some minutes where another program holds the
    /// database), or something was left out for good. A transaction that takes its time on a busy machine is not stuck.
    bool isStuck() const;
    /// From any thread: drops what is waiting and what is still to come, unless the store can be written at once. For
    /// ending a job whose thread waits for a store that cannot be written.
    void giveUp();
    /// Lets changes in without blocking the job's thread, whatever memory it takes. For ending a job whose thread waits for a store that
    /// cannot be written, while the recorder keeps trying. Thread-safe.
    void acceptWithoutWaiting();

    void taskStarted(TaskIndex task, const TaskRecord &record) override;
    void attemptEnded(const Attempt &attempt) override;
    void taskChanged(TaskIndex task, const TaskRecord &record) override;
    void jobStateChanged(JobState state) override;
    void tasksAdded(const AddedTasks &added) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace procession
