// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/threadword.h>

#include <QtCore/QString>

#include <optional>

namespace procession {

/// The calling thread's record.
ThreadRecord &currentThreadRecord();

/// The record of a thread, or null when that thread has ended.
ThreadRecord *recordOf(ThreadWord thread);
/// Of the thread in the record, whoever that is at present.
ThreadWord threadOf(const ThreadRecord &record);

/// Which thread of which process, for people and for a Monitor.
struct ThreadIdentity
{
    qint64 pid = 0; ///< of its process
    qint64 thread = 0; ///< as the kernel counts threads
    QString process; ///< the name of its process
};
/// Nothing when it has ended and somebody has noticed.
std::optional<ThreadIdentity> identityOf(ThreadWord thread);

/// The calling thread is entered anew when it next needs to be; in a process that was just copied, the record is its original's.
void forgetThread();

} // namespace procession
