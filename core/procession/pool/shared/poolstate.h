// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/platform/thread/futex.h>
#include <procession/pool/shared/poolphase.h>
#include <procession/pool/shared/taskevent.h>

namespace procession {

/// A pool in the directory: the payload of an object of kind Pool. Written by the pool's process.
struct PoolState
{
    static constexpr quint32 MostInFlight = 16'384; ///< tasks in the queue or with workers

    std::atomic<quint32> processes; ///< the configured number of workers
    FutexWord phase; ///< PoolPhase
    alignas(64) std::atomic<quint64> waiting; ///< tasks that no worker has started
    std::atomic<quint64> done; ///< tasks that ended with a result
    std::atomic<quint64> failed; ///< tasks that ended without one
    std::atomic<quint64> retried; ///< tasks that were handed out again
    std::atomic<quint64> restarts; ///< workers that replaced others
    std::atomic<quint64> taskQueue; ///< ObjectId::packed()
    std::atomic<quint64> reportQueue; ///< ObjectId::packed()
};

/// The name of a function that a pool has called. The newest replaces the oldest. As with a
/// TaskEventRecord, a copy is valid when a second one is the same and its number is not 0.
struct TaskFunctionName
{
    std::atomic<quint64> number; ///< of the function, counted from 1 in its pool; 0 while it is written
    SharedText<120> text;
};

/// The shared memory of a pool itself.
struct PoolMemory
{
    static constexpr quint32 MostNames = 64;
    static constexpr quint32 MostLosses = 32;

    std::array<TaskFunctionName, MostNames> names; ///< a function is at its number modulo the size
    std::array<LostTaskRecord, MostLosses> losses; ///< an event is at its number modulo the size
    std::array<std::atomic<quint8>, PoolState::MostInFlight> cancelled; ///< the task in that slot must not start
};

/// A worker in the directory: the payload of an object of kind WorkerLoop. The claim alone decides
/// which task the worker has, so that it is known whenever the worker is killed.
struct PoolWorkerState
{
    enum Flag : quint64 {
        Leave = 1, ///< end after the present task
        Doomed = 2, ///< the pool is about to kill the worker: do nothing more
    };
    static constexpr quint64 Flags = Leave | Doomed;
    static constexpr int IdShift = 2;

    alignas(64) std::atomic<quint64> claim; ///< the task's id, shifted by IdShift, and flags; an id of 0 means no task
    std::atomic<quint64> sequence; ///< number of tasks taken out of the queue before the claimed one
    std::atomic<qint64> since; ///< start of the task, in nanoseconds of the steady clock
    std::atomic<quint64> first; ///< of the task's calls, within the call of the pool
    std::atomic<quint64> of; ///< number of calls within the call of the pool
    std::atomic<quint32> function; ///< TaskFunctionName::number
    std::atomic<quint32> calls; ///< of the task
    std::atomic<quint64> tasks; ///< that the worker has ended
    alignas(64) std::atomic<quint64> pool; ///< ObjectId::packed()
    std::atomic<quint32> number; ///< of the worker in its pool, counted from 1
    std::atomic<quint32> thread; ///< ThreadWord of its main thread; 0 before it runs
    std::atomic<quint32> isReady; ///< its initializer has returned
    FutexWord leaves; ///< asks the worker to leave: a futex, since a thread may sleep
    std::atomic<quint64> progressOf; ///< the id of the task that the following members describe
    std::atomic<quint64> done; ///< as passed to reportProgress()
    std::atomic<quint64> total;
    SharedText<80> progressText;
};

/// The shared memory of a worker itself.
struct WorkerMemory
{
    static constexpr quint32 MostEvents = 256;

    std::array<TaskEventRecord, MostEvents> events; ///< an event is at its number modulo the size
};

static_assert(sizeof(PoolState) <= ObjectRecord::PayloadSize && sizeof(PoolWorkerState) <= ObjectRecord::PayloadSize);

} // namespace procession
