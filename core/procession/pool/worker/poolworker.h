// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/shared/taskmessage.h>
#include <procession/pool/shared/taskprogress.h>
#include <procession/pool/tasks/taskfunction.h>
#include <procession/pool/worker/workersetup.h>

#include <chrono>

namespace procession {

/// What a worker of a pool does: takes a task, runs it, tells what came of it, until it is told to leave.
///
/// It may be killed at any instant. Before it takes a task out of the queue it says so in its record (the claim), and takes that back
/// when the report is in the queue: so its pool can tell which task was lost, if any.
///
/// In the worker's main thread.
class PoolWorker
{
public:
    explicit PoolWorker(WorkerSetup setup);
    ~PoolWorker();
    Q_DISABLE_COPY_MOVE(PoolWorker)

    /// Returns when it is to leave.
    void run();

    void report(const ReportHead &head, Encoder &body);
    void reportProgress(const TaskProgress &progress);
    bool isCancelled() const;

    /// Of the thread that calls; null outside of tasks.
    static PoolWorker *current();

private:
    bool initialize();
    /// Whether it goes on.
    bool doTask();
    void waitWhilePaused();
    std::optional<PoolQueue::Taken> waitForTask();
    bool isLeaving() const;
    bool claim();
    void take(PoolQueue::Taken &taken);
    void read(QByteArrayView message, std::span<Descriptor> descriptors = {});
    PoolQueue::Cargo cargoOfOutcomes(ReportHead &head);
    void announce(qsizetype bytes);
    void useFunction(QByteArrayView bytes);
    void runTask();
    void note(TaskOutcome outcome, qint64 begin, quint32 failures);
    bool release();

    WorkerSetup m_setup;
    MemoryWatch m_memory;
    TaskHead m_task;
    qint64 m_now = 0; ///< when the last task ended or the present one began
    quint64 m_events = 0; ///< that have been noted
    std::exception_ptr m_unreadable; ///< why the present task cannot be read
    QByteArray m_functionBytes;
    std::unique_ptr<TaskFunction> m_function;
    std::vector<char> m_copy;
    Encoder m_outcomes;
    std::chrono::steady_clock::time_point m_lastProgress;
};

/// The function of a worker's process.
void runPoolWorker(WorkerSetup setup);

} // namespace procession
