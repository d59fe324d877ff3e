// SPDX-License-Identifier: MIT
#include <procession/startmethod.h>

#include <procession/launcher.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace procession {

namespace {

constexpr std::array Methods{StartMethod::ForkServer, StartMethod::Spawn, StartMethod::Fork, StartMethod::Thread};

} // namespace

QString nameOf(StartMethod method)
{
    switch (method) {
    case StartMethod::ForkServer:
        return QStringLiteral("forkserver");
    case StartMethod::Spawn:
        return QStringLiteral("spawn");
    case StartMethod::Fork:
        return QStringLiteral("fork");
    case StartMethod::Thread:
        return QStringLiteral("thread");
    }
    return {};
}

std::optional<StartMethod> startMethodNamed(QStringView name)
{
    for (const StartMethod method : Methods) {
        if (nameOf(method) == name)
            return method;
    }
    return std::nullopt;
}

bool isAvailable(StartMethod method) { return launcherFor(method).isAvailable(); }

std::vector<StartMethod> allStartMethods()
{
    std::vector<StartMethod> available;
    std::copy_if(Methods.begin(), Methods.end(), std::back_inserter(available), isAvailable);
    return available;
}

} // namespace procession
