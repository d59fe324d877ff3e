// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/threadword.h>

#include <QtCore/QString>

#include <optional>

namespace procession {

/// The calling thread's record.
ThreadRecord &currentThreadRecord();

/// The record of a thread, or null if the thread has ended.
ThreadRecord *recordOf(ThreadWord thread);
/// The thread that has the record at present.
ThreadWord threadOf(const ThreadRecord &record);

/// Identifies a thread, for people and for a Monitor.
struct ThreadIdentity
{
    qint64 pid = 0; ///< of its process
    qint64 thread = 0; ///< the kernel's thread ID
    QString process; ///< the name of its process
};
/// Empty if the thread has ended and its record was freed.
std::optional<ThreadIdentity> identityOf(ThreadWord thread);

/// Makes the calling thread enter the directory again on next use: in a process that was just
/// copied, its record is the original's.
void forgetThread();

} // namespace procession
