// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/addedtasks.h>

namespace procession {

/// Receives every change in a job, in order, in the job's runner thread.
///
/// Implementations return at once: they hand over to a thread of their own (JobRecorder), or collect for a view (TaskFeed).
/// Each task's calls come in the order taskStarted, attemptEnded, taskChanged; a task that never ran has taskChanged only.
class JobObserver
{
public:
    virtual ~JobObserver() = default;

    /// An attempt is about to begin. `record` already says Running.
    virtual void taskStarted(TaskIndex task, const TaskRecord &record) = 0;
    /// An attempt ended; taskChanged() follows with the task's new state.
    virtual void attemptEnded(const Attempt &attempt) = 0;
    /// The task's record changed other than by starting.
    virtual void taskChanged(TaskIndex task, const TaskRecord &record) = 0;
    virtual void jobStateChanged(JobState state) = 0;
    /// Tasks were added, or the growing source has ended. Called before any other call for these tasks.
    virtual void tasksAdded(const AddedTasks &added) { Q_UNUSED(added) }
};

} // namespace procession
