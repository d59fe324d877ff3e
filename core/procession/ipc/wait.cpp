// SPDX-License-Identifier: MIT
#include <procession/ipc/wait.h>

#include <procession/platform/base/readiness.h>

#include <algorithm>

namespace procession {

namespace detail {

std::vector<bool> readyOnes(const std::vector<Waitable> &objects, QDeadlineTimer deadline)
{
    std::vector<WatchedDescriptor> watched;
    watched.reserve(objects.size());
    for (const Waitable &object : objects)
        watched.push_back({object.fd()});
    const bool isSure = std::any_of(objects.begin(), objects.end(), [](const Waitable &o) { return o.holdsBytes(); });
    waitReadable(watched, isSure ? QDeadlineTimer(0) : deadline);
    std::vector<bool> isReady(objects.size());
    for (std::size_t i = 0; i < objects.size(); ++i)
        isReady[i] = watched[i].isReady || objects[i].holdsBytes();
    return isReady;
}

} // namespace detail

std::vector<Waitable> wait(const std::vector<Waitable> &objects, QDeadlineTimer deadline)
{
    const std::vector<bool> isReady = detail::readyOnes(objects, deadline);
    std::vector<Waitable> ready;
    for (std::size_t i = 0; i < objects.size(); ++i)
        if (isReady[i])
            ready.push_back(objects[i]);
    return ready;
}

} // namespace procession
