// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/objectid.h>
#include <procession/monitor/deadlock.h>
#include <procession/monitor/describe/objectdetails.h>

#include <QtCore/QString>

#include <array>
#include <optional>
#include <vector>

namespace procession {

/// A process of a watched program, or a thread that StartMethod::Thread started.
struct MonitoredProcess
{
    enum class State : quint8 {
        Starting, ///< its parent has set it up
        Running,
        Stopped, ///< by SIGSTOP, say
        Ended, ///< and its resources were not cleaned up yet
    };

    quint32 index = 0; ///< its place in the directory; later processes may get the same
    quint32 parent = 0; ///< the index of its parent, its own for the main process
    qint64 pid = 0; ///< 0 while it is starting
    QString name;
    QString work; ///< what it does at present, as far as it says
    State state = State::Starting;
    bool isThread = false;
    qint64 created = 0; ///< microseconds since the epoch
    qint64 cpuTime = 0; ///< microseconds; 0 for a thread
    std::optional<double> cpuLoad; ///< processors used since the snapshot before: 1.0 for a whole one
    qint64 memory = 0; ///< resident bytes; 0 for a thread

    bool isMain() const { return parent == index; }
};

/// "starting", "running", …
const char *nameOf(MonitoredProcess::State state);

/// A thread that has used something shared.
struct MonitoredThread
{
    ThreadWord word = 0;
    quint32 process = 0; ///< the index of its process
    qint64 tid = 0; ///< as the kernel counts threads
    ObjectId waitingFor; ///< none when it does not wait
    qint64 waitingSince = 0; ///< nanoseconds of the steady clock
    qint64 waitingTime = 0; ///< microseconds that it has waited
    bool waitsForever = false; ///< its wait has no deadline

    bool isWaiting() const { return waitingFor.generation != 0; }
};

/// A lock, queue or shared value.
struct MonitoredObject
{
    ObjectId id;
    ObjectKind kind = ObjectKind::Lock;
    QString name;
    qint64 created = 0; ///< microseconds since the epoch
    std::optional<quint32> creator; ///< the index of the process that made it, while that runs
    std::vector<quint32> holders; ///< indexes of the processes that have handles of it
    quint64 underWay = 0; ///< handles in messages that were not read yet
    quint64 memory = 0; ///< bytes set aside for it besides its record
    std::vector<ThreadWord> waiters; ///< threads that wait for it
    ObjectDetails details;
};

/// What a program's shared memory costs.
struct MonitoredMemory
{
    quint64 size = 0; ///< bytes that it can grow to
    quint64 reserved = 0; ///< bytes that the system has set aside
    std::array<int, static_cast<std::size_t>(LastObjectKind) + 1> objects{}; ///< how many there are, by ObjectKind
};

/// A program as a Monitor saw it at one moment. A value.
///
/// The program runs while it is read, so values of that moment may be from before or after a change: a lock may have an owner that is
/// still listed as waiting for it. `deadlocks` was checked twice.
struct Snapshot
{
    qint64 takenAt = 0; ///< when reading started, in microseconds since the epoch
    qint64 clock = 0; ///< the same moment in nanoseconds of the steady clock
    std::vector<MonitoredProcess> processes; ///< the main process first
    std::vector<MonitoredThread> threads; ///< in the order of threadPlaceOf() their words
    std::vector<MonitoredObject> objects; ///< in the order of their indexes
    MonitoredMemory memory;
    std::vector<Deadlock> deadlocks;

    /// Null when there is none such.
    const MonitoredProcess *process(quint32 index) const;
    const MonitoredThread *thread(ThreadWord word) const;
    const MonitoredObject *object(ObjectId id) const;
    /// Whether no process of the program runs any more.
    bool hasEnded() const;
};

} // namespace procession
