// SPDX-License-Identifier: MIT
#include <procession/job/run/resultscompletion.h>

#include <procession/job/output/resultsfolder.h>
#include <procession/job/store/jobstore.h>
#include <procession/job/task/tasksource.h>

namespace procession {

namespace {

bool hasResult(const TaskRecord &record)
{
    return record.startedAt != 0 && isEnd(record.state) && record.state != TaskState::Cancelled;
}

} // namespace

int completeResults(const ResultsFolder &results, const JobStore &store, qint64 job, const TaskSource &source,
    const std::vector<TaskRecord> &records)
{
    int written = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const TaskRecord &record = records[i];
        const auto task = static_cast<TaskIndex>(i);
        if (!hasResult(record) || results.isWrittenSince(source.arguments(task), record.startedAt + record.duration))
            continue;
        const QList<Attempt> attempts = store.attempts(job, task);
        if (attempts.isEmpty())
            continue;
        results.write(source.arguments(task), task, attempts.last().output);
        ++written;
    }
    return written;
}

} // namespace procession
