// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/platform/thread/futex.h>
#include <procession/pool/shared/poolphase.h>
#include <procession/pool/shared/taskevent.h>

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
    std::atomic<quint64> taskQueue; ///< ObjectId::packed()
    std::atomic<quint64> reportQueue; ///< ObjectId::packed()
};

/// What one of the functions is called that a pool has called. The newest takes the place of the oldest. As with a TaskEventRecord, a copy is
/// good when a second one is the same and its number is not 0.
struct TaskFunctionName
{
    std::atomic<quint64> number; ///< of the function, counted from 1 in its pool; 0 while it is written
    SharedText<120> text;
};

/// What a pool has of memory of its own.
struct PoolMemory
{
    static constexpr quint32 MostNames = 64;
    static constexpr quint32 MostLosses = 32;

    std::array<TaskFunctionName, MostNames> names; ///< the function with a number is in the place of the remainder
    std::array<LostTaskRecord, MostLosses> losses; ///< the event with a number is in the place of the remainder
    std::array<std::atomic<quint8>, PoolState::MostInFlight> cancelled; ///< the task there is not to be begun
};

/// What the directory knows of a worker of a pool: the payload of an object of kind PoolWorker. Which task it has is decided by its
/// claim alone, so that whenever it is killed one can tell.
struct PoolWorkerState
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
    std::atomic<quint64> first; ///< of the task's calls, among all of its map() or the like
    std::atomic<quint64> of; ///< how many of those there were
    std::atomic<quint32> function; ///< TaskFunctionName::number
    std::atomic<quint32> calls; ///< of the task
    std::atomic<quint64> tasks; ///< that it has ended
    alignas(64) std::atomic<quint64> pool; ///< ObjectId::packed()
    std::atomic<quint32> number; ///< of the worker in its pool, counted from 1
    std::atomic<quint32> thread; ///< its main thread's ThreadWord; 0 before it runs
    std::atomic<quint32> isReady; ///< its initializer has returned
    FutexWord leaves; ///< it is to leave: for a thread, which may sleep meanwhile
    std::atomic<quint64> progressOf; ///< the id of the task that what follows is about
    std::atomic<quint64> done; ///< as reportProgress() says
    std::atomic<quint64> total;
    SharedText<80> progressText;
};

/// What a worker has of memory of its own.
struct WorkerMemory
{
    static constexpr quint32 MostEvents = 256;

    std::array<TaskEventRecord, MostEvents> events; ///< the event with a number is in the place of the remainder
};

static_assert(sizeof(PoolState) <= ObjectRecord::PayloadSize && sizeof(PoolWorkerState) <= ObjectRecord::PayloadSize);

} // namespace procession
