// SPDX-License-Identifier: MIT
#pragma once

#include <procession/arenarecords.h>
#include <procession/futex.h>

namespace procession {

/// What the directory knows of a pool: the payload of an object of kind Pool. Written by the process that has the pool.
struct PoolState
{
    static constexpr quint32 MostInFlight = 16'384; ///< tasks that are with the workers, or on their way

    std::atomic<quint32> processes; ///< how many workers it is to have
    FutexWord phase; ///< PoolPhase
    alignas(64) std::atomic<quint64> waiting; ///< tasks that no worker has begun
    std::atomic<quint64> done; ///< tasks that ended with a result
    std::atomic<quint64> failed; ///< tasks that ended without one
    std::atomic<quint64> retried; ///< tasks that were handed out again
    std::atomic<quint64> restarts; ///< workers that took the place of one that ended
};

enum class PoolPhase : quint32 {
    Open,
    Paused, ///< no task is handed out
    Closed, ///< no task is taken any more
    Terminated,
    Broken, ///< its workers cannot be started
};

/// What the directory knows of a worker of a pool: the payload of an object of kind PoolWorker. Which task it has is decided by its
/// claim alone, so that whenever it is killed one can tell.
struct WorkerState
{
    enum Flag : quint64 {
        Leave = 1, ///< end when the present task is done; begin no other
        Doomed = 2, ///< it is going to be killed: do nothing any more
    };
    static constexpr quint64 Flags = Leave | Doomed;
    static constexpr int IdShift = 2;

    alignas(64) std::atomic<quint64> claim; ///< the task's id, shifted by IdShift, and flags. An id of 0: it has no task
    std::atomic<quint64> sequence; ///< how many tasks had been taken out of the queue before the claimed one
    std::atomic<qint64> since; ///< when it began the task: nanoseconds of the steady clock
    std::atomic<quint64> tasks; ///< that it has ended
    std::atomic<quint32> thread; ///< its main thread's ThreadWord; 0 before it runs
    std::atomic<quint32> isReady; ///< its initializer has returned
    std::atomic<quint64> pool; ///< ObjectId::packed()
    std::atomic<quint32> number; ///< of the worker in its pool, counted from 1
    FutexWord leaves; ///< it is to leave: for a thread, which may sleep meanwhile
    alignas(64) std::atomic<quint64> done; ///< of the present task, as reportProgress() says
    std::atomic<quint64> total;
};
static_assert(sizeof(PoolState) <= ObjectRecord::PayloadSize && sizeof(WorkerState) <= ObjectRecord::PayloadSize);

} // namespace procession
