// SPDX-License-Identifier: MIT
#pragma once

namespace procession {

/// If this program is process 1 of a container, continues as a child of process 1; otherwise does
/// nothing. To be called first in main(), while there is only one thread.
///
/// Process 1 becomes the parent of all orphans, and each of them stays a zombie until it is reaped.
/// A program cannot reap unknown processes without taking exit statuses from its own code that
/// waits for children. So process 1 does nothing else: it reaps, forwards the signals that it
/// receives, and exits as its child did.
/// \throws SystemError if the system cannot create a process
void leaveProcessOne();

} // namespace procession
