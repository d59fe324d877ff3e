// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/output/resultsfolder.h>
#include <procession/job/run/jobbatch.h>
#include <procession/job/task/jobobserver.h>
#include <procession/platform/base/processerror.h>

#include <functional>

namespace procession {

/// Writes the output of each task of a batch into a results folder as soon as the task has ended.
///
/// It writes in the calling thread, so attach it to a JobRecorder, not to the job's runner.
class ResultsWriter : public JobObserver
{
public:
    /// \param onError  called once, in the calling thread, when a file cannot be written; the rest is still tried
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
