// SPDX-License-Identifier: MIT
#pragma once

#include <procession/threadword.h>

#include <QtCore/QString>

#include <variant>

namespace procession {

/// Who has a lock. All is zero and empty when nobody has.
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

/// What is particular to a kind of object; std::monostate where nothing is.
using ObjectDetails = std::variant<std::monostate, LockDetails>;

} // namespace procession
