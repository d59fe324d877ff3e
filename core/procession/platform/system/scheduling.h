// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>

namespace procession {

/// The numbers of the CPUs that the calling thread may run on, ascending. \throws SystemError
QList<int> usableCpus();

/// The number of the CPU that the calling thread runs on at this instant. \throws SystemError
int currentCpu();

/// Binds the calling thread, and threads and processes that it creates from now on, to this CPU.
/// \throws SystemError naming the CPU (EINVAL if there is no such CPU, or this process may not use
/// it)
void bindToCpu(int cpu);

/// Raises the niceness of the calling thread, and of threads and processes that it creates from now
/// on, by this much.
/// \throws SystemError (EACCES, EPERM: only a privileged process may lower it)
void addNiceness(int niceness);
/// The niceness of the calling thread.
int niceness();

} // namespace procession
