// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/sharedobject.h>
#include <procession/pool/shared/poolstate.h>

namespace procession {

/// A pool as its workers and a Monitor see it. A handle (see SharedObject).
class PoolHandle : public SharedObject
{
public:
    static constexpr KindOf<PoolHandle> Kind{ObjectKind::Pool};

    /// \throws SharedMemoryError, SystemError
    PoolHandle();
    explicit PoolHandle(ReceivedObject received);

    PoolState &state() const { return payload<PoolState>(); }
    /// For each slot of a task in flight, whether that task is cancelled and must not start.
    std::atomic<quint8> &isCancelled(quint32 place) const { return m_memory->cancelled[place]; }
    /// The slot for the name of the function with that number.
    TaskFunctionName &functionName(quint32 number) const { return m_memory->names[number % PoolMemory::MostNames]; }
    /// Records how a worker died. Requires the pool's lock.
    /// \param number  of the event, counted from 1
    void noteLoss(quint64 number, const TaskEvent &event, quint32 worker) const
    {
        m_memory->losses[number % PoolMemory::MostLosses].write(number, event, worker);
    }

private:
    PoolMemory *m_memory;
};

/// A worker of a pool as its pool and a Monitor see it. A handle (see SharedObject).
class WorkerHandle : public SharedObject
{
public:
    static constexpr KindOf<WorkerHandle> Kind{ObjectKind::PoolWorker};

    /// \param number  the worker's number
    /// \throws SharedMemoryError, SystemError
    WorkerHandle(const PoolHandle &pool, quint32 number);
    explicit WorkerHandle(ReceivedObject received);

    PoolWorkerState &state() const { return payload<PoolWorkerState>(); }
    /// The id of the task that the worker has claimed; 0 for none.
    quint64 claimed() const { return state().claim.load() >> PoolWorkerState::IdShift; }
    /// Records the outcome of a task. Only one thread at a time may call it.
    /// \param number  of the event, counted from 1
    void note(quint64 number, const TaskEvent &event) const
    {
        m_memory->events[number % WorkerMemory::MostEvents].write(number, event);
    }

private:
    WorkerMemory *m_memory;
};

} // namespace procession
