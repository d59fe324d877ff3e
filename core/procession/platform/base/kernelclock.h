// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace procession {

/// More than this is for ever; sums with it do not overflow.
inline constexpr auto LongestWait = std::chrono::years(1);

/// What the kernel's steady clock (CLOCK_MONOTONIC) shows; a system call, some 0.1 µs.
///
/// Libraries that move the time, such as libfaketime, take the place of clock_gettime(), and so of std::chrono::steady_clock and
/// QDeadlineTimer. The kernel's waits do not move with them: a moment that the kernel is to wait for is this plus the time that is left.
/// \throws SystemError
std::chrono::steady_clock::time_point kernelNow();

/// Nearly the same without a system call: for times that processes compare, each of which may have its own idea of what time it is.
std::chrono::steady_clock::time_point commonNow();

/// Waits until the condition is notified or the time has passed, as condition.wait_for() does where nobody moves the clock.
void waitFor(std::condition_variable &condition, std::unique_lock<std::mutex> &guard, std::chrono::nanoseconds time);

/// The same until `holds` does. \returns whether it does
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
