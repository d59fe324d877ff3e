// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/deferredthread.h>
#include <procession/pool/options/pooloptions.h>
#include <procession/pool/tasks/submission.h>

#include <QtCore/QDeadlineTimer>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace procession {

class PoolEngine;
struct PoolWorkerInfo;

/// Whether the calling thread is about to block on the results; if so, it drives the pool meanwhile.
enum class Awaited : bool { Later, AtOnce };

/// Drives a pool: one thread at a time collects the workers' reports and reacts to them.
///
/// \code
///   caller waits for a result ──> the caller pumps ──(result is ready)──> no thread pumps
///   20 ms pass, or a callback is due ──> the pool's thread starts ──> the pool's thread pumps
/// \endcode
///
/// A caller that waits for a result pumps itself, so that the result needs no hand-over between
/// threads. The pool's thread starts when no caller pumps, or when there is work that only it may do.
/// Any thread of the process that made the handler may call it.
class PoolDriver
{
public:
    /// Starts the workers. A copy of this process never destroys its handler: without the pool's thread
    /// it cannot find out whether shared state is in use.
    /// \throws SharedMemoryError, ProcessError, SystemError; then no worker is left
    static std::shared_ptr<PoolDriver> make(const PoolOptions &options);
    /// Terminates the pool and joins it.
    ~PoolDriver();
    Q_DISABLE_COPY_MOVE(PoolDriver)

    /// The pool's lock, which guards batches and their results.
    [[nodiscard]] std::unique_lock<std::mutex> lock() { return std::unique_lock(m_mutex); }
    /// lock() for a caller that may run in a copy of the process, where no thread would release it.
    /// \throws PoolError in a copy
    [[nodiscard]] std::unique_lock<std::mutex> ownLock();

    /// \throws PoolError when the pool accepts no more tasks
    void submit(const std::shared_ptr<Submission> &batch, Awaited awaited);
    /// Reports that the batch has more calls than before. Requires the lock.
    void grown(const std::shared_ptr<Submission> &batch);
    void cancel(const std::shared_ptr<Submission> &batch);
    CallOutput present(const std::shared_ptr<Submission> &batch);
    /// Reports a batch that may become unwanted. Requires the lock.
    void watch(const std::shared_ptr<Submission> &batch);
    /// Blocks until `isDone` returns true or the deadline passes; `isDone` is called with the lock held.
    /// \returns the last value of `isDone`
    bool waitUntil(const std::function<bool()> &isDone, QDeadlineTimer deadline);
    /// \throws PoolError in the pool's thread, which would wait for itself
    void requireMayWait() const;
    /// Runs `what` in the pool's thread without the lock; in the caller's thread once the pool's thread
    /// has ended.
    /// \param guard  the lock, held
    void post(std::function<void()> what, std::unique_lock<std::mutex> &guard);

    void close();
    void terminate();
    /// Terminates the pool and joins it.
    void end();
    /// \throws PoolError before close() and terminate()
    bool join(QDeadlineTimer deadline);

    void setPaused(bool paused);
    void resize(int processes);
    /// \throws PoolError when there is no such worker
    void restartWorker(quint32 number);
    /// A snapshot of the workers.
    std::vector<PoolWorkerInfo> workers();

    /// Whether this process made the handler, rather than a process of which this one is a copy.
    bool isOwn() const;
    const PoolOptions &options() const { return m_options; }
    const QString &name() const { return m_name; }

private:
    explicit PoolDriver(const PoolOptions &options);
    template <typename Function>
    auto with(Function function);
    void requireOwner() const;
    void endWorkers();
    void run();
    void finish(std::unique_lock<std::mutex> &guard);
    void callThread();
    void doLater(std::unique_lock<std::mutex> &guard);
    void pump(std::unique_lock<std::mutex> &guard, QDeadlineTimer deadline);
    void pumpOrGiveUp(std::unique_lock<std::mutex> &guard, QDeadlineTimer deadline);
    void nudge();
    bool isOver();

    PoolOptions m_options; ///< complete: every option has a value
    QString m_name;
    qint64 m_owner;
    std::mutex m_mutex; // guards all members below
    std::unique_ptr<PoolEngine> m_core;
    Submission::Later m_later;
    std::condition_variable m_changed; ///< for threads that wait while another one pumps
    std::condition_variable m_forThread; ///< there is work for the pool's thread
    int m_waiting = 0; ///< number of threads in waitUntil()
    bool m_callerPumps = false;
    bool m_threadPumps = false;
    bool m_isOver = false;
    std::chrono::steady_clock::time_point m_callerLeft; ///< when a caller last pumped
    std::atomic<std::uint32_t> m_nudges = 0;
    std::atomic<std::thread::id> m_threadId; ///< valid while the pool's thread runs
    DeferredThread m_thread; // the last member, since it uses all others
};

} // namespace procession
