// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/options/poolinitializer.h>
#include <procession/pool/options/pooloutput.h>
#include <procession/pool/options/taskoptions.h>
#include <procession/process/context.h>

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace procession {

/// What a Pool is made with.
///
/// \code
/// Pool pool({.processes = 4, .maxTasksPerChild = 100, .taskTimeout = 30s});
/// \endcode
struct PoolOptions
{
    int processes = 0; ///< how many workers; 0: as many as there are processors for this process
    PoolInitializer initializer{}; ///< what each worker calls before its first task: seeds random engines, opens databases
    int maxTasksPerChild = 0; ///< a worker that has ended so many tasks makes way for a new one; 0: it lasts as long as the pool
    Context context{}; ///< how the workers are started
    QString name{}; ///< for people; empty: "Pool-1", counted in this process
    /// TaskOptions::timeout of tasks that are not told otherwise; 0: for ever. Without any time-out workers that somebody has stopped
    /// (SIGSTOP) are not found. Time passes for a task while the whole program is stopped, too; a pool that could not look in time gives its
    /// workers half a second to end what they are about to end.
    std::chrono::milliseconds taskTimeout{0};
    RetryPolicy retry{}; ///< what becomes of tasks that failed, unless they are told otherwise
    /// How many items imap() takes from its range before their results are asked for; 0: 8 chunks for each worker, or 128.
    int lookAhead = 0;
    PoolOutput standardOutput = PoolOutput::Inherit; ///< what becomes of what workers write to stdout; of threads only `Inherit`
    /// The same for stderr; empty: `Lines`, of threads `Inherit`. Else than by `Inherit` a WorkerLost has last words.
    std::optional<PoolOutput> standardError{};
    /// Numbers of CPUs: each worker is bound to one, evenly, and one that takes its place to the same; empty: none.
    QList<int> affinity{};
    int niceness = 0; ///< how much more than this process the workers give way to others; less only with privileges
    /// Bytes of a worker's own resident memory (without that of files and shared memory, but under `Fork` with what this process had);
    /// 0: no limit. It acts in three ways, of which only the last ends a task, and that at 1.5 times the limit:
    /// - a worker that uses more than the limit before its first task cannot be used; when all are like that, the pool gives up
    /// - a worker that uses more than the limit when it has ended a task makes way for a new one, and the task's result is kept
    /// - a worker that uses more than 1.5 times the limit while it has a task is killed, within some hundredths of a second, and the task ends
    ///   with MemoryLimitExceeded or is tried again; a task that uses less than that goes on to its end
    ///
    /// While a task runs its worker is looked at every 20 ms, and after tasks at most every 10 ms: what is taken and given back meanwhile is
    /// not seen, and after short tasks a worker may get some more before it makes way. Not for threads.
    qint64 memoryLimit = 0;
};

} // namespace procession
