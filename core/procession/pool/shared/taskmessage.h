// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// A task in flight: its place among those, and how many there have been in that place. 0 is none.
struct TaskId
{
    static constexpr int PlaceBits = 14;

    static quint64 of(quint32 place, quint64 generation) { return generation << PlaceBits | place; }
    static quint32 place(quint64 id) { return static_cast<quint32>(id & ((quint64(1) << PlaceBits) - 1)); }
};

/// How a message to the workers begins. The bytes of a TaskFunction follow, and then the arguments of its calls.
struct TaskHead
{
    quint64 id = 0; ///< 0: no task; whoever takes it ends
    quint32 functionSize = 0; ///< bytes
    quint32 calls = 0; ///< how often the function is to be called
    quint64 first = 0; ///< of the calls, among all of its map() or the like
    quint64 of = 0; ///< how many of those there are
    quint32 function = 0; ///< TaskFunctionName::number
};

/// What a worker tells.
enum class ReportKind : quint32 {
    Outcomes, ///< the outcome of each call follows, as OutcomeWriter wrote it
    Announced, ///< the outcome of its only call is large, and next; its bytes follow, as a quint64
    Dropped, ///< it was cancelled before it began
    Progress, ///< what reportProgress() was given follows
    NotStarted, ///< the initializer threw; the exception follows
};

/// How a message from a worker begins.
struct ReportHead
{
    quint64 id = 0; ///< of the task; of NotStarted: the number of the worker
    ReportKind kind = ReportKind::Outcomes;
    quint32 calls = 0; ///< outcomes that follow
    quint32 failures = 0; ///< of those, exceptions
    quint32 worker = 0; ///< its number
    qint64 nanoseconds = 0; ///< that the task took
};

} // namespace procession
