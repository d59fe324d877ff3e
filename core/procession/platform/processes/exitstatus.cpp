// SPDX-License-Identifier: MIT
#include <procession/platform/processes/exitstatus.h>

#include <csignal>
#include <cstring>

namespace procession {

std::optional<int> ExitStatus::exitCode() const
{
    switch (kind) {
    case Kind::Exited:
        return value;
    case Kind::Signaled:
        return -value;
    case Kind::None:
    case Kind::FailedToStart:
    case Kind::Lost:
        break;
    }
    return std::nullopt;
}

QByteArray signalName(int signal)
{
    if (const char *name = sigabbrev_np(signal))
        return QByteArray("SIG") + name;
    return "signal " + QByteArray::number(signal);
}

QDebug operator<<(QDebug debug, const ExitStatus &status)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote();
    switch (status.kind) {
    case ExitStatus::Kind::None:
        return debug << "not ended";
    case ExitStatus::Kind::Exited:
        return debug << "exit code " << status.value;
    case ExitStatus::Kind::Signaled:
        debug << "signal " << status.value << " (" << signalName(status.value) << ')';
        return status.dumpedCore ? debug << ", core dumped" : debug;
    case ExitStatus::Kind::FailedToStart:
        return debug << "failed to start: " << std::strerror(status.value);
    case ExitStatus::Kind::Lost:
        return debug << "lost";
    }
    return debug;
}

} // namespace procession
