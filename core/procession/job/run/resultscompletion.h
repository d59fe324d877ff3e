// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/attempt.h>

#include <vector>

namespace procession {

class JobStore;
class ResultsFolder;
class TaskSource;

/// Writes what a results folder lacks of a stored job: a task's end is recorded before its files are written, and a program may be
/// killed between the two. To be called for a job that is resumed, before it runs. Blocks; a look at one file for each task.
/// \param records  of the job's tasks
/// \return how many tasks were written
/// \throws JobStoreError, SystemError
int completeResults(const ResultsFolder &results, const JobStore &store, qint64 job, const TaskSource &source,
    const std::vector<TaskRecord> &records);

} // namespace procession
