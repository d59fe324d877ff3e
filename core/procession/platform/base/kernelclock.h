// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace procession {

/// Longer waits count as for ever; sums with it do not overflow.
inline constexpr auto LongestWait = std::chrono::years(1);

/// The kernel's steady clock (CLOCK_MONOTONIC); a system call, about 0.1 µs.
///
/// Libraries that shift the time, such as libfaketime, replace clock_gettime(), and so
/// std::chrono::steady_clock and QDeadlineTimer. Waits in the kernel are not shifted: a deadline
/// for the kernel is this time plus the remaining time.
/// \throws SystemError
std::chrono::steady_clock::time_point kernelNow();

/// Nearly the same without a system call: for times that are compared between processes, in which
/// the clock may be shifted differently.
std::chrono::steady_clock::time_point commonNow();

/// Blocks until the condition is notified or the time has passed, as condition.wait_for() does with
/// an unshifted clock.
void waitFor(std::condition_variable &condition, std::unique_lock<std::mutex> &guard, std::chrono::nanoseconds time);

/// Blocks until `holds` returns true or the time has passed. \returns whether it holds
template <typename Predicate>
bool waitFor(
    std::condition_variable &condition, std::unique_lock<std::mutex> &guard, std::chrono::nanoseconds time, Predicate holds)
{
    const auto until = std::chrono::steady_clock::now() + std::min<std::chrono::nanoseconds>(time, LongestWait);
    while (!holds()) {
        const auto left = until - std::chrono::steady_clock::now();
        if (left <= std::chrono::nanoseconds(0))
            return false;
        waitFor(condition, guard, left);
    }
    return true;
}

} // namespace procession
