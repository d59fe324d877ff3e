// SPDX-License-Identifier: MIT
#include <procession/platform/io/inheritabledescriptors.h>

#include <procession/platform/base/numberedentries.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/base/standardstreams.h>

#include <algorithm>
#include <fcntl.h>
#include <numeric>
#include <sys/resource.h>

namespace procession {

namespace {

constexpr rlim_t MostTried = 1024; // which a caller seldom exceeds, and is quickly asked

/// Those of this process, and perhaps others.
std::vector<qint64> candidates()
{
    try {
        return numberedEntries("/proc/self/fd");
    } catch (const SystemError &) { // /proc is not mounted
        rlimit limit{};
        const rlim_t end = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? std::min(limit.rlim_cur, MostTried) : MostTried;
        std::vector<qint64> all(end);
        std::iota(all.begin(), all.end(), 0);
        return all;
    }
}

/// The folder that listed them is closed by then.
bool isInherited(int descriptor)
{
    const int flags = ::fcntl(descriptor, F_GETFD);
    return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

} // namespace

std::vector<int> inheritableDescriptors()
{
    std::vector<int> descriptors;
    for (const qint64 candidate : candidates()) {
        const int descriptor = static_cast<int>(candidate);
        if (descriptor > StandardError && isInherited(descriptor))
            descriptors.push_back(descriptor);
    }
    std::sort(descriptors.begin(), descriptors.end());
    return descriptors;
}

} // namespace procession
