// SPDX-License-Identifier: MIT
#pragma once

#include <procession/jobobserver.h>
#include <procession/jobstore.h>

#include <functional>

namespace procession {

/// Writes a job's changes to the store as they happen, in a thread of its own, so that the job never waits for the disk.
///
/// What gathers while one transaction is written goes into the next, so a lone change is on its way at once and a flood is written
/// in large steps. Observers behind it (`downstream`) are told of changes only once these are safe in the store, in the same order, in the
/// recorder's thread.
///
/// When the store cannot be written (a full disk), it calls `onError` once with the reason, keeps the changes and tries again every
/// second; when more than a bound of memory is waiting, the job's thread waits too, so memory stays bounded.
class JobRecorder : public JobObserver
{
public:
    /// \param onError  called in the recorder's thread
    JobRecorder(const QString &storePath, qint64 job, std::shared_ptr<const TaskSource> source,
        std::vector<std::shared_ptr<JobObserver>> downstream = {}, std::function<void(const QString &)> onError = {});
    /// Writes what is left (giving up after some seconds if the store cannot be written) and lets go of the job.
    ~JobRecorder() override;

    /// Blocks until all that was told before is in the store, or the deadline passes; returns whether it is.
    bool flush(QDeadlineTimer deadline);

    void taskStarted(TaskIndex task, const TaskRecord &record) override;
    void attemptEnded(const Attempt &attempt) override;
    void taskChanged(TaskIndex task, const TaskRecord &record) override;
    void jobStateChanged(JobState state) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace procession
