// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace procession {

/// Appends the process ids of the children of a process to a list, including those started by its
/// other threads. Takes about 30 µs; looks at all processes if the kernel does not list children
/// (built without CONFIG_PROC_CHILDREN). Appends nothing if /proc is hidden.
void appendChildren(int pid, std::vector<int> &children);

/// Does the same for one thread, from an open /proc/PID/task/THREAD/children, which can be read
/// repeatedly.
void appendListedChildren(int list, std::vector<int> &children);

} // namespace procession
