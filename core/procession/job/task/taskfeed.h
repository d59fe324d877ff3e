// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/jobobserver.h>

#include <mutex>
#include <vector>

namespace procession {

/// Collects what changes in a job's tasks until a view comes to take it.
///
/// \code
/// auto feed = std::make_shared<TaskFeed>();
/// Job job(source, std::move(executor), options, {feed});
/// for (const auto &change : feed->take())             // every 40 ms
///     show(change);
/// \endcode
///
/// One reader; take() may be called from any thread. A task that changed several times since the last take() appears
/// several times, oldest first.
class TaskFeed : public JobObserver
{
public:
    struct Change
    {
        TaskIndex task;
        TaskRecord record;
    };

    /// All changes since the last call.
    std::vector<Change> take();

    void taskStarted(TaskIndex task, const TaskRecord &record) override;
    void attemptEnded(const Attempt &attempt) override;
    void taskChanged(TaskIndex task, const TaskRecord &record) override;
    void jobStateChanged(JobState state) override;

private:
    std::mutex m_mutex;
    std::vector<Change> m_changes;
};

} // namespace procession
