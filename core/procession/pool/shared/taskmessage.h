// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// Identifies a task in flight: its slot, and a number that no other task of the pool has had. 0 is none.
struct TaskId
{
    static constexpr int PlaceBits = 14;

    static quint64 of(quint32 place, quint64 generation) { return generation << PlaceBits | place; }
    static quint32 place(quint64 id) { return static_cast<quint32>(id & ((quint64(1) << PlaceBits) - 1)); }
};

/// The head of a message to the workers. The bytes of a RemoteFunction follow, then the arguments of
/// its calls.
struct TaskHead
{
    quint64 id = 0; ///< 0: no task; the worker that takes it ends
    quint32 functionSize = 0; ///< bytes
    quint32 calls = 0; ///< number of calls of the function
    quint64 first = 0; ///< of the calls, within the call of the pool
    quint64 of = 0; ///< number of calls within the call of the pool
    quint32 function = 0; ///< TaskFunctionName::number
};

/// The kinds of reports of a worker.
enum class ReportKind : quint32 {
    Outcomes, ///< the outcome of each call follows, as RemoteFunction::run() wrote it
    Announced, ///< the outcome of the only call is large and comes next; its size in bytes follows as a quint64
    Dropped, ///< the task was cancelled before it started
    Progress, ///< the arguments of reportProgress() follow
    NotStarted, ///< the initializer threw; the exception follows
};

/// The head of a message from a worker.
struct ReportHead
{
    quint64 id = 0; ///< of the task; for NotStarted the worker's number
    ReportKind kind = ReportKind::Outcomes;
    quint32 calls = 0; ///< outcomes that follow
    quint32 failures = 0; ///< exceptions among them
    quint32 worker = 0; ///< its number
    qint64 nanoseconds = 0; ///< duration of the task
};

} // namespace procession
