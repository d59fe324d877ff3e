// SPDX-License-Identifier: MIT
#pragma once

#include <procession/threadword.h>

#include <QtCore/QString>

#include <variant>

namespace procession {

/// Who has a lock, or is at an end of a queue. All is zero and empty when nobody has.
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
    bool isAbandoned = false; ///< its owner got it from one who died with it
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
    LockOwner putter; ///< who is putting a message into it at this moment
    LockOwner getter; ///< who is taking one out
    int abandonments = 0; ///< how often somebody was killed while doing so
};

/// What is particular to a kind of object; std::monostate where nothing is.
using ObjectDetails = std::variant<std::monostate, LockDetails, QueueDetails>;

} // namespace procession
