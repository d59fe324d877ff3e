// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/shared/taskmessage.h>
#include <procession/pool/shared/taskprogress.h>
#include <procession/pool/tasks/remotefunction.h>
#include <procession/pool/worker/workersetup.h>

#include <chrono>

namespace procession {

/// The loop of a pool's worker: takes a task, runs it, and reports its outcome, until it must leave.
///
/// The worker may be killed at any instant. It records the id of a task (the claim) before it takes
/// the task out of the queue, and clears it once the report is in the queue. So its pool can tell
/// which task was lost, if any.
///
/// \code
///   idle ──claim──> claimed ──take──> running ──report──> idle ──(asked to leave)──> ended
/// \endcode
///
/// Runs in the worker's main thread.
class WorkerLoop
{
public:
    explicit WorkerLoop(WorkerSetup setup);
    ~WorkerLoop();
    Q_DISABLE_COPY_MOVE(WorkerLoop)

    /// Returns when the worker must leave.
    void run();

    void report(const ReportHead &head, Encoder &body);
    void reportProgress(const TaskProgress &progress);
    bool isCancelled() const;

    /// The worker of the calling thread; null in a thread that is none.
    static WorkerLoop *current();

private:
    bool initialize();
    /// Runs one task. \returns whether to go on
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
    qint64 m_now = 0; ///< when the last task ended or the present one started
    quint64 m_events = 0; ///< number of recorded events
    std::exception_ptr m_unreadable; ///< why the present task cannot be decoded
    QByteArray m_functionBytes;
    std::unique_ptr<RemoteFunction> m_function;
    std::vector<char> m_copy;
    Encoder m_outcomes;
    std::chrono::steady_clock::time_point m_lastProgress;
};

/// The function of a worker's process.
void runWorkerLoop(WorkerSetup setup);

} // namespace procession
