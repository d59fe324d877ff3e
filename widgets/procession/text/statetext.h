// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/attempt.h>
#include <procession/job/task/states.h>

#include <QtCore/QString>

namespace procession {

struct StoredJob;

/// What people read for a state, in their language: "Queued", "Paused", "busy".
QString stateText(TaskState state);
QString stateText(JobState state);
QString stateText(WorkerState state);
/// Of a job in the store: "Stopped" for one that ended without all of its tasks, because it was asked to or halted.
QString stateText(const StoredJob &job);

/// Why an attempt ended: "ended by itself", "timed out", "ended by you".
QString causeText(EndCause cause);

/// How a process ended: "exit code 3", "killed by SIGSEGV", "command not found", "permission denied", "lost". Empty for `None`.
QString statusText(const ExitStatus &status);

/// The two in one, as short as can be, for a table: "timed out" says more than "killed by SIGTERM".
QString outcomeText(const ExitStatus &status, EndCause cause);

} // namespace procession
