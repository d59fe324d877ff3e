// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/output/resultsfolder.h>
#include <procession/job/run/jobbatch.h>
#include <procession/job/task/jobobserver.h>
#include <procession/platform/base/processerror.h>

#include <functional>

namespace procession {

/// Writes what each task of a batch wrote into a results folder as soon as the task has ended.
///
/// It writes in the thread that tells it, so it is to be told by a JobRecorder, not by the job's runner.
class ResultsWriter : public JobObserver
{
public:
    /// \param onError  called once, in the thread that tells this, when a file cannot be written; the rest is still tried
    ResultsWriter(const QString &folder, std::shared_ptr<const JobBatch> batch, std::function<void(const SystemError &)> onError);

    void taskStarted(TaskIndex task, const TaskRecord &record) override;
    void attemptEnded(const Attempt &attempt) override;
    void taskChanged(TaskIndex task, const TaskRecord &record) override;
    void jobStateChanged(JobState state) override;

private:
    ResultsFolder m_folder;
    std::shared_ptr<const JobBatch> m_batch;
    std::function<void(const SystemError &)> m_onError;
};

} // namespace procession
