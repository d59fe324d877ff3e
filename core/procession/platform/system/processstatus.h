// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <optional>

namespace procession {

/// What the system says of a process.
struct ProcessStatus
{
    enum class State : quint8 {
        Running, ///< or asleep
        Stopped, ///< by SIGSTOP, say, or by a debugger
        Ended, ///< its parent has not yet taken notice
    };

    State state = State::Running;
    bool isTraced = false; ///< stopped by a debugger, by strace only for a moment
    quint64 startTime = 0; ///< in ticks since the system was started
    qint64 cpuTime = 0; ///< microseconds, user and system
    qint64 childrenCpuTime = 0; ///< the same of children that it waited for
    qint64 memory = 0; ///< resident bytes
};

/// Nothing when there is no such process. Reads /proc/PID/stat, which a process that is stopped or hangs does not delay.
std::optional<ProcessStatus> processStatus(qint64 pid);

/// Resident bytes of a process but for those of files and shared memory; nothing when there is no such process. Reads /proc/PID/statm,
/// some 10 microseconds.
std::optional<qint64> privateMemory(qint64 pid);

} // namespace procession
