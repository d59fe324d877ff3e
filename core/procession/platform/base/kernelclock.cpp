// SPDX-License-Identifier: MIT
#include <procession/platform/base/kernelclock.h>

#include <procession/platform/base/systemcall.h>

#include <QtCore/qglobal.h>

#include <atomic>
#include <ctime>
#include <limits>
#include <sys/syscall.h>
#include <unistd.h>

namespace procession {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto Jitter = std::chrono::seconds(1); // by which two ways to read the same clock never differ
constexpr qint64 Unknown = std::numeric_limits<qint64>::min();

// How far the process's clock is ahead of the kernel's. Not a static of a function, which a copy could find half made.
std::atomic<qint64> ahead = Unknown;

/// Reads the kernel's clock before and after, which shows how long this took: the process may have been stopped meanwhile.
qint64 measuredShift()
{
    const Clock::time_point before = kernelNow();
    const Clock::time_point own = Clock::now();
    const bool isTheSame = own > before - Jitter && own < kernelNow() + Jitter;
    return isTheSame ? 0 : (own - before).count();
}

} // namespace

Clock::time_point kernelNow()
{
    timespec now{};
    checked("clock_gettime", syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now));
    return Clock::time_point(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

Clock::time_point commonNow()
{
    qint64 shift = ahead.load(std::memory_order_relaxed);
    if (shift == Unknown) {
        shift = measuredShift();
        ahead.store(shift, std::memory_order_relaxed);
    }
    return Clock::now() - Clock::duration(shift);
}

void waitFor(std::condition_variable &condition, std::unique_lock<std::mutex> &guard, std::chrono::nanoseconds time)
{
    condition.wait_until(guard, kernelNow() + std::min<std::chrono::nanoseconds>(time, LongestWait));
}

} // namespace procession
