// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// How many CPUs this process may run on (its affinity); at least 1. Section "cpu_count" of the reference.
int usableCpuCount();
/// The system's load average of the last minute; 0 where the system does not say.
double systemLoad();
/// Bytes that can be allocated without swapping; 0 where the system does not say.
qint64 availableMemory();

/// What a process and its living descendants use now.
struct ProcessUsage
{
    qint64 cpuTime = 0; ///< microseconds, user and system, and of children that they waited for
    qint64 memory = 0; ///< resident bytes
    bool isStopped = false; ///< whether one of them is: by SIGSTOP, say, but not by a debugger
};

/// Zeros for a process that is gone. Reads /proc: some 0.05 ms for each process.
ProcessUsage processTreeUsage(qint64 pid);

} // namespace procession
