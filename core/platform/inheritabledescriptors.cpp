// SPDX-License-Identifier: MIT
#include <procession/inheritabledescriptors.h>

#include <procession/numberedentries.h>
#include <procession/processerror.h>
#include <procession/standardstreams.h>

#include <algorithm>
#include <fcntl.h>

namespace procession {

namespace {

/// The folder that lists them is closed by then.
bool isInherited(int descriptor)
{
    const int flags = ::fcntl(descriptor, F_GETFD);
    return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

} // namespace

std::vector<int> inheritableDescriptors()
{
    std::vector<int> descriptors;
    try {
        for (const qint64 number : numberedEntries("/proc/self/fd")) {
            const int descriptor = static_cast<int>(number);
            if (descriptor > StandardError && isInherited(descriptor))
                descriptors.push_back(descriptor);
        }
    } catch (const SystemError &) {
        return {}; // /proc is hidden
    }
    std::sort(descriptors.begin(), descriptors.end());
    return descriptors;
}

} // namespace procession
