// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <chrono>
#include <optional>

namespace procession {

/// When a task that failed is tried again.
struct RetryPolicy
{
    int retries = 0; ///< how often at most; 0: a task is begun at most once, so that nothing is ever done twice
    std::chrono::milliseconds delay{0}; ///< before the first of them; before each further one twice as long
    /// Also when the function threw; otherwise only when its worker was lost, was killed for its memory, or ran out of time. With
    /// `StartMethod::Thread`, where a call that takes too long cannot be ended, only when the function threw.
    bool afterExceptions = false;
};

/// How the tasks of one call of a Pool are treated. What is not set is as the PoolOptions say. The calls of a chunk are one task: they
/// have one time-out together, and are lost and tried again together.
struct TaskOptions
{
    /// How long a task may run, from when a worker takes it; 0: for ever. Longer, and its worker is killed and replaced, and the task ends
    /// with TaskTimeout, unless it is tried again. With `StartMethod::Thread` it ends so too, and is not tried again, but its call goes on.
    std::optional<std::chrono::milliseconds> timeout{};
    std::optional<RetryPolicy> retry{};
    int priority = 0; ///< tasks of a higher one are handed out before those of a lower one that wait
    int chunkSize = 0; ///< calls that are handed out as one task; 0: as suits (imap(), or with retries: 1)
};

} // namespace procession
