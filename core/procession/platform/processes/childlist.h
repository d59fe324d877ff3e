// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace procession {

/// Adds the process ids of the children of a process, whichever of its threads has started them, to a list. Some 30 µs; where the kernel does
/// not list children (it is built without CONFIG_PROC_CHILDREN), it looks at all processes. Adds nothing where /proc is hidden.
void appendChildren(int pid, std::vector<int> &children);

/// The same of one thread, from its list: an open /proc/PID/task/THREAD/children, which may be read again and again.
void appendListedChildren(int list, std::vector<int> &children);

} // namespace procession
