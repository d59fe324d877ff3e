// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/haltrule.h>

#include <chrono>

namespace procession {

/// How a job runs its tasks, whatever they are made of. A zero switches a rule off.
struct JobOptions
{
    int workers = 1; ///< tasks at a time, at least 1
    int maxAttempts = 1; ///< tries at each task, the first included
    std::chrono::milliseconds retryDelay{0}; ///< pause before the second try, doubled before each further one
    std::chrono::milliseconds maxRetryDelay{60'000};
    std::chrono::milliseconds timeout{0}; ///< of one attempt; then it is terminated, and killed after `killGrace`
    std::chrono::milliseconds killGrace{2'000}; ///< from terminating to killing, for time-outs, halts and stops
    std::chrono::milliseconds delay{0}; ///< least time between two starts
    HaltRule halt{};
    double maxLoad = 0; ///< start nothing while the system's load average (1 minute) is above
    qint64 minFreeMemory = 0; ///< bytes; start nothing while the system has less available
};

} // namespace procession
