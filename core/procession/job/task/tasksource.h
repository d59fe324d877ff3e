// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/attempt.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>

namespace procession {

/// What a job's tasks are, seen from outside: how many, and what each is called.
///
/// Models, views and the store know tasks only through this interface, so a command, a function call or a step on
/// another machine look alike to them.
///
/// Immutable once a job has it, but for a growing one, which gets further tasks at its end; every function may be called from any thread.
class TaskSource
{
public:
    virtual ~TaskSource() = default;

    virtual qsizetype count() const = 0;
    /// Whether more tasks may come while the job runs; see Job::append().
    virtual bool isGrowing() const { return false; }
    /// A short name for people, normally the input ("IMG_0912.jpg"); the bytes as they are, valid UTF-8 or not.
    virtual QByteArray title(TaskIndex task) const = 0;
    /// What will run, exactly and on one line if it can be: for a command, the line that a shell would take.
    /// It is also the task's identity: a resumed job takes a recorded result only where this is unchanged.
    virtual QByteArray description(TaskIndex task) const = 0;
    /// The input's columns.
    virtual QByteArrayList arguments(TaskIndex task) const = 0;
    /// Of a growing source: the inputs of some tasks as the store keeps them, see InputTable::serialize().
    virtual QByteArray storedInputs(TaskIndex first, qsizetype count) const
    {
        Q_UNUSED(first)
        Q_UNUSED(count)
        return {};
    }
};

} // namespace procession
