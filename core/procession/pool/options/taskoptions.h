// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <chrono>
#include <optional>

namespace procession {

/// When a failed task is retried.
struct RetryPolicy
{
    int retries = 0; ///< at most; 0: a task starts at most once, so nothing ever runs twice
    std::chrono::milliseconds delay{0}; ///< before the first retry; doubles for each further one
    /// Retry also when the function threw; otherwise only when the worker was lost, was killed for its
    /// memory, or timed out. With `StartMethod::Thread`, where no running call can be ended, retries
    /// happen only when the function threw.
    bool afterExceptions = false;
};

/// How the tasks of one call of a Pool are handled; an option that is not set comes from
/// PoolOptions. The calls of a chunk are one task: they share one time-out, and are lost and retried
/// together.
struct TaskOptions
{
    /// How long a task may run, counted from when a worker takes it; 0: without limit. After it the pool
    /// kills and replaces the worker, and the task fails with TaskTimeout or is retried. With
    /// `StartMethod::Thread` the task fails in the same way, without a retry, but its call runs on.
    std::optional<std::chrono::milliseconds> timeout{};
    std::optional<RetryPolicy> retry{};
    int priority = 0; ///< waiting tasks of a higher priority are handed out first
    int chunkSize = 0; ///< calls that are handed out as one task; 0: chosen by the pool (1 for imap() and with retries)
};

} // namespace procession
