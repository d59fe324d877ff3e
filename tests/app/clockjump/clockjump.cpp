// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded, it puts the clock of the day forward or back by CLOCKJUMP_SECONDS once the file CLOCKJUMP_FILE is there.
#include <cstdlib>
#include <ctime>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

extern "C" __attribute__((visibility("default"))) int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    const auto result = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
        return result;
    const char *file = std::getenv("CLOCKJUMP_FILE"); // NOLINT(concurrency-mt-unsafe)
    const char *seconds = std::getenv("CLOCKJUMP_SECONDS"); // NOLINT(concurrency-mt-unsafe)
    if (file && seconds && ::access(file, F_OK) == 0)
        time->tv_sec += std::atol(seconds);
    return result;
}

extern "C" __attribute__((visibility("default"))) int gettimeofday(timeval *time, void *) noexcept
{
    timespec now{};
    const int result = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return result;
}
