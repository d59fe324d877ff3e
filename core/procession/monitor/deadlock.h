// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/objectid.h>
#include <procession/memory/threadword.h>

#include <vector>

namespace procession {

struct Snapshot;

/// Threads that wait and that none of themselves can free.
struct Deadlock
{
    enum class Kind : quint8 {
        Cycle, ///< each waits for a lock that the next one has, the last for one of the first; one alone waits for its own
        OwnerDied, ///< they wait for a lock whose owner has died; one of them should take it over at once
    };

    /// A thread, and the lock that it waits for.
    struct Wait
    {
        ThreadWord thread = 0;
        ObjectId object;
        qint64 since = 0; ///< nanoseconds of the steady clock
        friend bool operator==(const Wait &, const Wait &) = default;
    };

    Kind kind = Kind::Cycle;
    /// Certain: only the end of one of the threads can resolve it. Otherwise suspected: another thread may release a Lock, and a wait with
    /// a deadline ends by itself.
    bool isCertain = false;
    std::vector<Wait> waits; ///< the cycle starts with the thread of the smallest word

    /// Whether it is the same one, looked at again.
    bool isSame(const Deadlock &other) const { return kind == other.kind && waits == other.waits; }
};

/// "cycle", "ownerDied"
const char *nameOf(Deadlock::Kind kind);

/// Those that one look at a program shows. Threads go on between the reads of one look, so only what a second look shows too is true.
std::vector<Deadlock> possibleDeadlocks(const Snapshot &snapshot);

} // namespace procession
