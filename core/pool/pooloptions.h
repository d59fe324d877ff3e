// SPDX-License-Identifier: MIT
#pragma once

#include <procession/context.h>
#include <procession/poolinitializer.h>
#include <procession/taskoptions.h>

#include <QtCore/QString>

namespace procession {

/// What a Pool is made with.
///
/// \code
/// Pool pool({.processes = 4, .maxTasksPerChild = 100, .taskTimeout = 30s});
/// \endcode
struct PoolOptions
{
    int processes = 0; ///< how many workers; 0: as many as there are processors for this process
    PoolInitializer initializer{}; ///< what each worker calls before its first task
    int maxTasksPerChild = 0; ///< a worker that has ended so many tasks makes way for a new one; 0: it lasts as long as the pool
    Context context{}; ///< how the workers are started
    QString name{}; ///< for people; empty: "Pool-1", counted in this process
    std::chrono::milliseconds taskTimeout{0}; ///< how long a task may run, unless it is told otherwise; 0: for ever
    RetryPolicy retry{}; ///< what becomes of tasks that failed, unless they are told otherwise
    int lookAhead = 0; ///< how many items imap() takes from its range before their results are asked for; 0: as suits
};

} // namespace procession
