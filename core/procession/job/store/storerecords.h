// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/store/storeconnection.h>
#include <procession/job/task/attempt.h>

#include <QtCore/QDir>

namespace procession {

/// The columns of `task` that hold a TaskRecord, in the order of bindRecord() and readRecord().
#define PROCESSION_RECORD_COLUMNS                                                                                                \
    "state, cause, attempts, worker, started_at, duration, exit_kind, exit_value, dumped_core, left_processes"
/// The columns of `attempt` but for its task, in the order of bindAttempt() and readAttempt().
#define PROCESSION_ATTEMPT_COLUMNS                                                                                               \
    "number, worker, pid, started_at, duration, cpu_time, peak_memory, cause, exit_kind, exit_value, dumped_core, "              \
    "left_processes, out_size, out_file, out_error, err_size, err_file, err_error, out, err"

/// Binds a record from `place` on, and returns the place after it.
int bindRecord(StoreStatement &statement, int place, const TaskRecord &record);
TaskRecord readRecord(const StoreRows &rows, int column);

/// Files inside `outputFolder` are stored relative to it, so that the store can be moved.
int bindAttempt(StoreStatement &statement, int place, const Attempt &attempt, const QDir &outputFolder);
Attempt readAttempt(const StoreRows &rows, int column, TaskIndex task, const QDir &outputFolder);

/// The state that a word of the database names; Lost for one that nothing of ours wrote.
TaskState storedTaskState(const QString &name);

} // namespace procession
