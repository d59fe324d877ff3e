// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/objectid.h>
#include <procession/memory/threadword.h>
#include <procession/pool/shared/poolphase.h>
#include <procession/pool/shared/taskoutcome.h>

#include <QtCore/QString>

#include <optional>
#include <variant>
#include <vector>

namespace procession {

/// The owner of a lock, or the user of one end of a queue. All members are zero or empty when there is none.
struct LockOwner
{
    ThreadWord thread = 0;
    bool hasDied = false; ///< the next one to acquire the lock gets it all the same
    qint64 pid = 0; ///< 0 when it has died and its record is another's by now
    qint64 tid = 0;
    QString process; ///< the name of its process
};

/// A Lock or an RLock.
struct LockDetails
{
    LockOwner owner;
    int depth = 0; ///< how often the owner of an RLock has acquired it
    bool isAbandoned = false; ///< its owner got it from a process that died with it
    int abandonments = 0; ///< how often that has happened
};

/// A queue of any kind.
struct QueueDetails
{
    int size = 0; ///< messages in it
    int maxSize = 0; ///< 0: as many as there is memory for
    quint64 put = 0; ///< messages since the beginning
    quint64 taken = 0; ///< of those, messages that were taken out
    int unfinished = 0; ///< tasks of a JoinableQueue that are not done
    int waitingToPut = 0; ///< threads for which it is full
    int waitingToGet = 0; ///< threads for which it is empty
    int waitingToJoin = 0; ///< threads that wait until all tasks are done
    LockOwner putter; ///< puts a message at this moment
    LockOwner getter; ///< takes a message out at this moment
    int abandonments = 0; ///< how often a process was killed during that
};

/// A process that has acquired units of a semaphore.
struct UnitsOwner
{
    qint64 pid = 0;
    QString process; ///< its name; empty when it has died and its record is another's by now
    bool hasDied = false; ///< its units become free when they are needed
    int units = 0;
};

/// A Semaphore or a BoundedSemaphore.
struct SemaphoreDetails
{
    int free = 0; ///< units that can be acquired at once
    int initial = 0; ///< units at the beginning
    int returned = 0; ///< units that became free because processes died that had them
    std::vector<UnitsOwner> owners; ///< in the order of their places in the directory
};

/// A Condition. Its lock is an object of its own and has its owner.
struct ConditionDetails
{
    ObjectId lock; ///< none when it is unknown
    ObjectKind lockKind = ObjectKind::RLock;
    QString lockName;
};

/// An Event.
struct EventDetails
{
    bool isSet = false;
};

/// A Barrier.
struct BarrierDetails
{
    enum class State : quint8 {
        Filling, ///< parties come
        Acting, ///< all have come, and one of them runs the action
        Passing, ///< parties go
        Resetting, ///< parties go, with an error
        Broken,
    };

    State state = State::Filling;
    int parties = 0; ///< for which it waits
    int arrived = 0; ///< of them, those in wait() that were not released yet
    QString culprit; ///< the name of the process that broke it
    qint64 culpritPid = 0; ///< 0 while it is whole
};

/// "filling", "acting", …
const char *nameOf(BarrierDetails::State state);

/// A Value, an Array, a SharedMemory or a ShareableList.
struct SharedDataDetails
{
    QString type; ///< of its elements, as in C++; empty when this program does not know it, and of a ShareableList
    quint64 elementSize = 0; ///< bytes of one; 0 of a ShareableList, whose items differ
    quint64 count = 0; ///< elements; of a ShareableList: items
    quint64 bytes = 0; ///< of all elements; of a ShareableList: with what it keeps about its items
    bool isNamed = false; ///< of a SharedMemory: it can be attached to by its name
};

/// A task of a pool: some calls of a function.
struct PoolTask
{
    quint64 id = 0; ///< two tasks of a pool never have the same
    QString function; ///< its name; empty when newer functions have replaced it
    quint64 first = 0; ///< the first of its calls among all those of its map() or the like, counted from 0
    quint64 calls = 0;
    quint64 of = 0; ///< how many calls its map() or the like has
};

/// What a worker of a pool has done.
struct EndedPoolTask
{
    PoolTask task;
    qint64 begin = 0; ///< nanoseconds of the steady clock
    qint64 end = 0;
    TaskOutcome outcome = TaskOutcome::Done;
    quint64 failures = 0; ///< calls that threw
};

/// What a worker of a pool died in the middle of, or was killed for.
struct LostPoolTask : EndedPoolTask
{
    quint32 worker = 0; ///< its number
};

/// A Pool. Tasks are counted by their calls.
struct PoolDetails
{
    PoolPhase phase = PoolPhase::Open;
    int processes = 0; ///< the configured number of workers
    quint64 waiting = 0; ///< calls that were not handed out
    quint64 done = 0; ///< calls that returned
    quint64 failed = 0; ///< calls that ended otherwise
    quint64 retried = 0; ///< calls that were handed out again
    quint64 restarts = 0; ///< workers that took the place of one that ended
    ObjectId taskQueue; ///< none when it does not exist any more
    ObjectId reportQueue; ///< none when it does not exist any more
    int queuedTasks = 0; ///< handed out, and taken by no worker yet
    int queuedReports = 0; ///< of workers, and not yet taken by the pool
    std::vector<ObjectId> workers; ///< objects of kind PoolWorker, in the order of their numbers
    /// The last ones of workers that died, which are not among `workers` any more; the oldest first.
    std::vector<LostPoolTask> lost;
};

/// What a worker of a pool does at this moment.
struct RunningPoolTask
{
    PoolTask task;
    qint64 since = 0; ///< nanoseconds of the steady clock
    qint64 runningTime = 0; ///< microseconds
    qint64 done = 0; ///< as it says itself by reportProgress()
    qint64 total = 0; ///< 0 when it says nothing
    QString progressText;
};

/// A worker of a Pool.
struct PoolWorkerDetails
{
    ObjectId pool; ///< none when it does not exist any more
    QString poolName;
    quint32 number = 0; ///< in its pool, counted from 1
    LockOwner thread; ///< the thread that runs its tasks; none before it has started
    bool isReady = false; ///< its initializer has returned
    bool isLeaving = false; ///< it was asked to start no other task, or is about to be killed
    bool isBusy = false; ///< it has a task
    std::optional<RunningPoolTask> running; ///< nothing, though it is busy, when its tasks are over before they are read
    quint64 tasks = 0; ///< that it has ended
    std::vector<EndedPoolTask> ended; ///< the last ones, the oldest first
};

/// What is particular to a kind of object; std::monostate where nothing is.
using ObjectDetails = std::variant<std::monostate, LockDetails, QueueDetails, SemaphoreDetails, ConditionDetails, EventDetails,
    BarrierDetails, SharedDataDetails, PoolDetails, PoolWorkerDetails>;

} // namespace procession
