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

/// The options of a Pool. An option that is not set has the default given here.
///
/// \code
/// Pool pool({.processes = 4, .maxTasksPerChild = 100, .taskTimeout = 30s});
/// \endcode
struct PoolOptions
{
    int processes = 0; ///< number of workers; 0: as many as this process may use processors
    PoolInitializer initializer{}; ///< called by each worker before its first task, for example to seed engines or open databases
    int maxTasksPerChild = 0; ///< tasks after which a worker is replaced; 0: never
    Context context{}; ///< how workers are started
    QString name{}; ///< for people; empty: "Pool-1", counted in this process
    /// TaskOptions::timeout of tasks that set none; 0: none. A pool without any time-out does not find
    /// workers stopped by SIGSTOP. The clock also runs while the whole program is stopped; a pool that
    /// was late to check gives its workers half a second more.
    /// workers half a second to end what they are about to end.
    std::chrono::milliseconds taskTimeout{0};
    RetryPolicy retry{}; ///< when failed tasks are retried, for tasks that do not set it
    /// How many items imap() reads from its range ahead of the results read; 0: 8 chunks per worker, or 128.
    int lookAhead = 0;
    PoolOutput standardOutput = PoolOutput::Inherit; ///< what happens to the workers' stdout; threads support only `Inherit`
    /// The same for stderr; unset: `Lines`, for threads `Inherit`. Unless it is `Inherit`, a WorkerLost
    /// carries the worker's last words.
    std::optional<PoolOutput> standardError{};
    /// CPU numbers: each worker is bound to one, evenly, and its replacement to the same; empty: no binding.
    QList<int> affinity{};
    int niceness = 0; ///< added to the niceness of this process for the workers; negative values need privileges
    /// Limit for a worker's own resident memory in bytes (without files and shared memory; under `Fork`
    /// it includes what the worker inherits); 0: none. It acts in three ways, and only the last one ends
    /// a task, at 1.5 times the limit:
    /// - A worker above the limit before its first task is unusable; when all are, the pool fails.
    /// - A worker above the limit after a task is replaced; the task's result is kept.
    /// - A worker above 1.5 times the limit during a task is killed within some hundredths of a second,
    ///   and the task fails with MemoryLimitExceeded or is retried. A task that stays below completes.
    ///
    /// The pool measures every 20 ms during a task and at most every 10 ms between tasks: shorter peaks
    /// are not seen, and a worker may run some more short tasks before it is replaced. Not for threads.
    /// not seen, and after short tasks a worker may get some more before it makes way. Not for threads.
    qint64 memoryLimit = 0;
};

} // namespace procession
