// SPDX-License-Identifier: MIT
#pragma once

#include <procession/attempt.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>

namespace procession {

/// What a job's tasks are, seen from outside: how many, and what each is called.
///
/// Models, views and the store know tasks only through this interface, so a command, a function call or a step on
/// another machine look alike to them.
///
/// Immutable once a job has it; every function may be called from any thread.
class TaskSource
{
public:
    virtual ~TaskSource() = default;

    virtual qsizetype count() const = 0;
    /// A short name for people, normally the input ("IMG_0912.jpg"); the bytes as they are, valid UTF-8 or not.
    virtual QByteArray title(TaskIndex task) const = 0;
    /// What will run, exactly and on one line if it can be: for a command, the line that a shell would take.
    /// It is also the task's identity: a resumed job takes a recorded result only where this is unchanged.
    virtual QByteArray description(TaskIndex task) const = 0;
    /// The input's columns.
    virtual QByteArrayList arguments(TaskIndex task) const = 0;
};

} // namespace procession
