// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/sharedobject.h>
#include <procession/pool/shared/poolstate.h>

namespace procession {

/// A pool as its workers and a Monitor see it. A handle (see SharedObject).
class PoolRecord : public SharedObject
{
public:
    static constexpr KindOf<PoolRecord> Kind{ObjectKind::Pool};

    /// \throws SharedMemoryError, SystemError
    PoolRecord();
    explicit PoolRecord(ReceivedObject received);

    PoolState &state() const { return payload<PoolState>(); }
    /// For each place of a task in flight, whether the task there is cancelled and is not to be begun.
    std::atomic<quint8> &isCancelled(quint32 place) const { return m_memory->cancelled[place]; }
    /// Where the name of the function with that number is, or is to be written.
    TaskFunctionName &functionName(quint32 number) const { return m_memory->names[number % PoolMemory::MostNames]; }
    /// Notes what a worker died of, or in. With the pool's lock held.
    /// \param number  of the event, counted from 1
    void noteLoss(quint64 number, const TaskEvent &event, quint32 worker) const
    {
        m_memory->losses[number % PoolMemory::MostLosses].write(number, event, worker);
    }

private:
    PoolMemory *m_memory;
};

/// A worker of a pool as its pool and a Monitor see it. A handle (see SharedObject).
class WorkerRecord : public SharedObject
{
public:
    static constexpr KindOf<WorkerRecord> Kind{ObjectKind::PoolWorker};

    /// \param number  of the worker in its pool
    /// \throws SharedMemoryError, SystemError
    WorkerRecord(const PoolRecord &pool, quint32 number);
    explicit WorkerRecord(ReceivedObject received);

    PoolWorkerState &state() const { return payload<PoolWorkerState>(); }
    /// The id of the task that it has; 0 for none.
    quint64 claimed() const { return state().claim.load() >> PoolWorkerState::IdShift; }
    /// Notes what became of a task. Of one thread at a time.
    /// \param number  of the event, counted from 1
    void note(quint64 number, const TaskEvent &event) const
    {
        m_memory->events[number % WorkerMemory::MostEvents].write(number, event);
    }

private:
    WorkerMemory *m_memory;
};

} // namespace procession
