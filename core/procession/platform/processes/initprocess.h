// SPDX-License-Identifier: MIT
#pragma once

namespace procession {

/// Where this program is process 1 of a container, goes on as its child; elsewhere does nothing. To be called first in main(), while
/// there is one thread.
///
/// Process 1 becomes the parent of all processes whose parents have died, and each of them stays a zombie until it is reaped. A program
/// cannot reap what it does not know without taking exit statuses from its own code that waits for its children, so process 1 does nothing
/// else: it reaps, passes on the signals that it is sent, and ends as its child did.
/// \throws SystemError when the system gives no process
void leaveProcessOne();

} // namespace procession
