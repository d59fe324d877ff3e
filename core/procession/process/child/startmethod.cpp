// SPDX-License-Identifier: MIT
#include <procession/process/child/startmethod.h>

namespace procession {

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
    for (const StartMethod method : {StartMethod::ForkServer, StartMethod::Spawn, StartMethod::Fork, StartMethod::Thread}) {
        if (nameOf(method) == name)
            return method;
    }
    return std::nullopt;
}

} // namespace procession
