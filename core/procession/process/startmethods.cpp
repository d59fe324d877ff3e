// SPDX-License-Identifier: MIT
#include <procession/process/startmethods.h>

#include <procession/process/launch/launchers.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace procession {

namespace {

constexpr std::array Methods{StartMethod::ForkServer, StartMethod::Spawn, StartMethod::Fork, StartMethod::Thread};

} // namespace

bool isAvailable(StartMethod method) { return launcherFor(method).isAvailable(); }

std::vector<StartMethod> allStartMethods()
{
    std::vector<StartMethod> available;
    std::copy_if(Methods.begin(), Methods.end(), std::back_inserter(available), isAvailable);
    return available;
}

} // namespace procession
