// SPDX-License-Identifier: MIT
#include <procession/job/task/taskfeed.h>

#include <utility>

namespace procession {

std::vector<TaskFeed::Change> TaskFeed::take()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_changes, {});
}

void TaskFeed::taskStarted(TaskIndex task, const TaskRecord &record) { taskChanged(task, record); }

void TaskFeed::attemptEnded(const Attempt &) { }

void TaskFeed::taskChanged(TaskIndex task, const TaskRecord &record)
{
    const std::scoped_lock lock(m_mutex);
    m_changes.push_back({task, record});
}

void TaskFeed::jobStateChanged(JobState) { }

} // namespace procession
