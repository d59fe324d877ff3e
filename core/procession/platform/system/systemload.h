// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// How many CPUs this process may run on (its affinity); at least 1. Section "cpu_count" of the reference.
int usableCpuCount();
/// The system's load average of the last minute; 0 if the system does not report it.
double systemLoad();
/// The bytes that can be allocated without swapping; 0 if the system does not report it.
qint64 availableMemory();

/// What a process and its living descendants use now.
struct ProcessUsage
{
    qint64 cpuTime = 0; ///< microseconds, user and system, including children that they waited for
    qint64 memory = 0; ///< resident bytes
    /// Whether any of them is stopped: for example by SIGSTOP, but not by a debugger.
    bool isStopped = false;
};

/// Returns zeros if the process no longer exists. Reads /proc: about 0.05 ms for each process.
ProcessUsage processTreeUsage(qint64 pid);

} // namespace procession
