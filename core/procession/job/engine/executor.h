// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/attempt.h>

#include <QtCore/QDeadlineTimer>

#include <functional>
#include <vector>

namespace procession {

/// How far an attempt says that it has come.
struct AttemptProgress
{
    qint64 done = 0;
    qint64 total = 0; ///< 0 when it has not said, or does not know
    QString text{};

    friend bool operator==(const AttemptProgress &, const AttemptProgress &) = default;
};

/// What a busy worker uses now.
struct WorkerUsage
{
    qint64 pid = 0;
    qint64 cpuTime = 0; ///< microseconds so far, of the whole process tree
    qint64 memory = 0; ///< resident bytes, of the whole process tree
    bool isStopped = false; ///< whether a process of the tree is stopped
    AttemptProgress progress{};
};

/// Is given what attempts write, as they write it, in the job's runner thread. It returns at once.
using OutputListener = std::function<void(OutputPiece &&piece)>;

/// Carries out attempts: the one thing a job needs to know of how its tasks run.
///
/// A job owns its executor and calls it from the job's runner thread only, but for wake().
/// A worker is a number from 1; the job starts at most one attempt at a time in each.
class Executor
{
public:
    virtual ~Executor() = default;

    /// Begins an attempt and returns without waiting for it. It always ends in exactly one Attempt out of wait(),
    /// with ExitStatus::FailedToStart when it could not begin.
    /// \pre no attempt runs in `worker`
    virtual void start(TaskIndex task, int number, int worker) = 0;
    /// Does `signal` to the attempt of `worker` and to everything that it started. Nothing when none runs.
    virtual void signal(int worker, WorkerSignal signal) = 0;
    /// Waits until attempts end, wake() is called or `deadline` passes, and appends what ended to `ended`.
    /// `Attempt::cause` is left to the job.
    virtual void wait(QDeadlineTimer deadline, std::vector<Attempt> &ended) = 0;
    /// The workers whose attempts, since the last call, have started to write output that cannot be kept; the caller ends them.
    virtual std::vector<int> takeOverflowing() { return {}; }
    /// Makes the present or the next wait() return early. From any thread.
    virtual void wake() = 0;

    /// What the attempt of `worker` uses now; zeros when none runs.
    virtual WorkerUsage usage(int worker) const = 0;
    /// What the attempt of `worker` has written so far; empty when none runs.
    virtual TaskOutput output(int worker) const = 0;
    /// The process id of the attempt of `worker`, 0 when none runs or when it is no process of this machine.
    virtual qint64 pid(int worker) const = 0;
};

} // namespace procession
