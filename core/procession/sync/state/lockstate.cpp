// SPDX-License-Identifier: MIT
#include <procession/sync/state/lockstate.h>

#include <procession/memory/arena/sharedobject.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/platform/base/loglimit.h>
#include <procession/sync/state/synclog.h>

namespace procession {

bool acquireOrTakeOver(LockState &state, ObjectId id, const SharedObject &object, QDeadlineTimer deadline)
{
    const ThreadWord before = state.lock.owner();
    switch (state.lock.acquire(id, deadline)) {
    case RobustLock::Acquired:
        return true;
    case RobustLock::TimedOut:
        return false;
    case RobustLock::Abandoned:
        break;
    }
    state.isAbandoned.store(1, std::memory_order_relaxed);
    state.abandonments.fetch_add(1, std::memory_order_relaxed);
    const auto owner = identityOf(before);
    static LogLimit limit;
    limit.warn(syncLog(), "lock %u \"%s\" was acquired from a thread that ended with it: %s", id.index,
        qUtf8Printable(object.name()),
        owner ? qUtf8Printable(QStringLiteral("process %1 (%2)").arg(owner->process).arg(owner->pid))
              : "of a process that is no more");
    return true;
}

} // namespace procession
