// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDebug>
#include <QtCore/QLatin1StringView>

#include <optional>

namespace procession {

/// Where a task stands.
///
///     Queued ──> Running ──> Done
///       │ ^        │  ├────> Failed ─────┐
///       │ └─retry──┘  ├────> Lost ───────┤
///       └──────────>  └────> Cancelled ──┤
///       ^                                │
///       └────────── retried by a person ─┘
///
/// `Done`, `Failed`, `Cancelled` and `Lost` are ends: a job has finished when every task is in one of them.
enum class TaskState : quint8 {
    Queued, ///< waits for a worker, or for the pause before its next attempt
    Running, ///< an attempt is running
    Done, ///< an attempt succeeded
    Failed, ///< the last attempt that was allowed failed, timed out or could not start
    Cancelled, ///< a person or a halt rule ended it or kept it from starting
    Lost, ///< the end of its last attempt is unknown: the worker's machine or this program died
};
inline constexpr int TaskStateCount = 6;

/// Where a job stands.
///
///     Ready ──start──> Running <──pause/resume──> Paused
///                       │  │                       │
///                       │  └──stop──> Stopping <───┘
///                       v                │
///                    Finished <──────────┘        (retrying a task: Finished ──> Running)
enum class JobState : quint8 {
    Ready, ///< made, not started
    Running, ///< tasks are being started
    Paused, ///< running tasks go on, no other is started
    Stopping, ///< running tasks are being waited for or ended, no other is started
    Finished, ///< no task runs and none will be started
    Interrupted, ///< only in the store: the program died before the job finished
};

/// What a worker (a slot in which one task at a time runs) is doing.
enum class WorkerState : quint8 {
    Idle, ///< nothing to do
    Busy, ///< an attempt is running
    Suspended, ///< its attempt was suspended by a person
    Stopped, ///< its attempt was stopped from outside (SIGSTOP); seen only with Job::setUsageInterval()
    Ending, ///< its attempt was asked to terminate and has not ended yet
    Retired, ///< the number of workers was lowered; the row will go
};

/// Why an attempt ended.
enum class EndCause : quint8 {
    Itself, ///< it ended by itself
    TimedOut, ///< its time was up
    Person, ///< a person terminated or killed it
    Halt, ///< a halt rule ended it
    Stop, ///< the job was stopped
    Output, ///< it wrote more than it may, or what it wrote could not be kept
};

/// What can be done to the attempt that a worker runs; it goes to all that the attempt has started.
enum class WorkerSignal : quint8 { Terminate, Kill, Suspend, Resume };

/// How a job is stopped: let running tasks finish, ask them to end (and kill them after the grace), or kill them.
enum class StopMode : quint8 { Finish, Terminate, Kill };

inline bool isEnd(TaskState state) { return state >= TaskState::Done; }

/// Stable lower-case names ("queued", "timed-out"): the store, the job log and the debug output use them.
/// (A function called toString() would be taken by Qt Test for its own.)
QLatin1StringView nameOf(TaskState);
QLatin1StringView nameOf(JobState);
QLatin1StringView nameOf(WorkerState);
QLatin1StringView nameOf(EndCause);

/// The inverse of nameOf(); empty for a name that no state has.
std::optional<TaskState> taskStateFromString(QStringView name);
std::optional<JobState> jobStateFromString(QStringView name);
std::optional<EndCause> endCauseFromString(QStringView name);

QDebug operator<<(QDebug, TaskState);
QDebug operator<<(QDebug, JobState);
QDebug operator<<(QDebug, WorkerState);
QDebug operator<<(QDebug, EndCause);

} // namespace procession
