// SPDX-License-Identifier: MIT
#include <procession/platform/thread/threadtime.h>

#include <procession/platform/base/processerror.h>

#include <cerrno>
#include <time.h>

namespace procession {

std::chrono::nanoseconds threadCpuTime()
{
    timespec now{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0)
        throw SystemError("clock_gettime", "CLOCK_THREAD_CPUTIME_ID", errno);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

} // namespace procession
