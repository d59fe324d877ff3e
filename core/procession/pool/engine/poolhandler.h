// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/engine/deferredthread.h>
#include <procession/pool/options/pooloptions.h>
#include <procession/pool/tasks/taskbatch.h>

#include <QtCore/QDeadlineTimer>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace procession {

class PoolCore;
struct PoolWorkerInfo;

/// Whether the thread that hands calls to a pool waits for their results next, and so serves the pool meanwhile.
enum class Awaited : bool { Later, AtOnce };

/// Drives a pool: one thread at a time collects what the workers report and sees to them. Mostly that is the pool's own thread; while
/// another thread waits for a result, it is that one, so that a result need not be passed on from thread to thread. The pool's thread is
/// begun when nobody sees to the pool, or there is something that only it may do.
///
/// From any thread of the process that made it.
class PoolHandler
{
public:
    /// Starts the workers. In a copy of this process the handler is never destroyed: its thread is not there, so that nobody could say
    /// whether what belongs to both is in use.
    /// \throws SharedMemoryError, ProcessError, SystemError; then no worker is left
    static std::shared_ptr<PoolHandler> make(const PoolOptions &options);
    /// Terminates the pool, and joins it.
    ~PoolHandler();
    Q_DISABLE_COPY_MOVE(PoolHandler)

    /// Whatever a batch and its results consist of is touched with this only.
    [[nodiscard]] std::unique_lock<std::mutex> lock() { return std::unique_lock(m_mutex); }
    /// The same for who may be in a copy of the process, where nobody would free the lock.
    /// \throws PoolError in a copy
    [[nodiscard]] std::unique_lock<std::mutex> ownLock();

    /// \throws PoolError when no more tasks are taken
    void submit(const std::shared_ptr<TaskBatch> &batch, Awaited awaited);
    /// The batch has more calls than before. With the lock held.
    void grown(const std::shared_ptr<TaskBatch> &batch);
    void cancel(const std::shared_ptr<TaskBatch> &batch);
    CallOutput present(const std::shared_ptr<TaskBatch> &batch);
    /// There are batches that may be found unwanted. With the lock held.
    void watch(const std::shared_ptr<TaskBatch> &batch);
    /// Blocks until `isDone`, which is asked with the lock held, or the deadline passes. \returns whether it is
    bool waitUntil(const std::function<bool()> &isDone, QDeadlineTimer deadline);
    /// \throws PoolError in the pool's thread, which cannot wait for what it does itself
    void requireMayWait() const;
    /// Has `what` done in the pool's thread, without the lock; here and now when that has ended.
    /// \param guard  the lock, held
    void post(std::function<void()> what, std::unique_lock<std::mutex> &guard);

    void close();
    void terminate();
    /// Terminates it, and joins it.
    void end();
    /// \throws PoolError before close() and terminate()
    bool join(QDeadlineTimer deadline);

    void setPaused(bool paused);
    void resize(int processes);
    /// \throws PoolError when there is no such worker
    void restartWorker(quint32 number);
    /// What is known of the workers at this moment.
    std::vector<PoolWorkerInfo> workers();

    /// Whether this process made it, and is not a copy of that.
    bool isOwn() const;
    const PoolOptions &options() const { return m_options; }
    const QString &name() const { return m_name; }

private:
    explicit PoolHandler(const PoolOptions &options);
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

    PoolOptions m_options; ///< all of them set
    QString m_name;
    qint64 m_owner;
    std::mutex m_mutex; // guards all that follows
    std::unique_ptr<PoolCore> m_core;
    TaskBatch::Later m_later;
    std::condition_variable m_changed; ///< for those who wait while another thread pumps
    std::condition_variable m_forThread; ///< there is something to do for the pool's thread
    int m_waiting = 0; ///< threads in waitUntil()
    bool m_callerPumps = false;
    bool m_threadPumps = false;
    bool m_isOver = false;
    std::chrono::steady_clock::time_point m_callerLeft; ///< when a caller pumped last
    std::atomic<std::uint32_t> m_nudges = 0;
    std::atomic<std::thread::id> m_threadId; ///< while that runs
    DeferredThread m_thread; // the last, since it uses all of the others
};

} // namespace procession
