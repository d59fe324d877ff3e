// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <optional>

namespace procession {

/// What the system reports about a process.
struct ProcessStatus
{
    enum class State : quint8 {
        Running, ///< or asleep
        Stopped, ///< for example by SIGSTOP or by a debugger
        Ended, ///< a zombie: its parent has not reaped it yet
    };

    State state = State::Running;
    bool isTraced = false; ///< stopped by a debugger; by strace only for a moment
    quint64 startTime = 0; ///< in ticks since the system was started
    qint64 cpuTime = 0; ///< microseconds, user and system
    qint64 childrenCpuTime = 0; ///< the same of children that it waited for
    qint64 memory = 0; ///< resident bytes
};

/// Returns nothing if there is no such process. Reads /proc/PID/stat, which works without delay
/// even if the process is stopped or hangs.
std::optional<ProcessStatus> processStatus(qint64 pid);

/// The resident bytes of a process except those of files and shared memory; nothing if there is no
/// such process. Reads /proc/PID/statm, which takes about 10 microseconds.
std::optional<qint64> privateMemory(qint64 pid);

} // namespace procession
