// SPDX-License-Identifier: MIT
#include <procession/startmethod.h>

#include <array>

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

std::vector<StartMethod> allStartMethods() { return {Methods.begin(), Methods.end()}; }

} // namespace procession
