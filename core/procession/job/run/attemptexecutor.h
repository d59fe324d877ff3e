// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/executor.h>
#include <procession/job/output/spoolfolder.h>

#include <chrono>
#include <map>
#include <memory>

namespace procession {

/// A running attempt of an AttemptExecutor. Thread rules are Executor's.
class RunningAttempt
{
public:
    /// Starts its clock.
    RunningAttempt(TaskIndex task, int number, int worker);
    virtual ~RunningAttempt() = default;
    Q_DISABLE_COPY_MOVE(RunningAttempt)

    virtual void signal(WorkerSignal signal) = 0;
    virtual WorkerUsage usage() = 0;
    virtual TaskOutput output() const = 0;
    virtual qint64 pid() const = 0;

    /// The file that large output of it goes to.
    SpoolFile spoolFile(const SpoolFolder &folder, const char *ending) const;
    /// It ends now: `attempt` gets its duration and its peak.
    void end();

    Attempt attempt;
    qint64 peakSeen = 0; ///< bytes of memory

private:
    std::chrono::steady_clock::time_point m_begun;
};

/// An executor that keeps a RunningAttempt for each busy worker: what is asked of a worker is asked of that.
class AttemptExecutor : public Executor
{
public:
    void start(TaskIndex task, int number, int worker) final;
    void signal(int worker, WorkerSignal signal) final;
    WorkerUsage usage(int worker) const final;
    TaskOutput output(int worker) const final;
    qint64 pid(int worker) const final;

protected:
    /// Starts an attempt. \returns null when it has ended at once, which wait() reports
    virtual std::unique_ptr<RunningAttempt> begin(TaskIndex task, int number, int worker) = 0;

    /// Null when none runs in `worker`.
    RunningAttempt *running(int worker) const;
    const std::map<int, std::unique_ptr<RunningAttempt>> &allRunning() const { return m_running; }
    /// It has ended, and is deleted.
    void remove(int worker) { m_running.erase(worker); }

private:
    std::map<int, std::unique_ptr<RunningAttempt>> m_running; // by worker
};

} // namespace procession
