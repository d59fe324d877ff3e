// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>

namespace procession {

/// The numbers of the CPUs that the calling thread may run on, ascending. \throws SystemError
QList<int> usableCpus();

/// The number of the CPU that the calling thread runs on at this instant. \throws SystemError
int currentCpu();

/// From now on the calling thread, and threads and processes that it makes, run on this CPU only.
/// \throws SystemError naming the CPU (EINVAL when there is none of that number, or this process may not use it)
void bindToCpu(int cpu);

/// How much the calling thread, and threads and processes that it makes, give way to others: it is added to what is so.
/// \throws SystemError (EACCES, EPERM: only a privileged process may lower it)
void addNiceness(int niceness);
/// Of the calling thread.
int niceness();

} // namespace procession
