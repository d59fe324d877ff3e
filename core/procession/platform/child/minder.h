// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>
#include <procession/platform/processes/exitstatus.h>

#include <optional>

namespace procession {

/// A grandchild of this process, and the pipe that tells how it ended.
struct Minded
{
    int pid = 0;
    /// Readable once the process has ended, for ever: mindedStatus() takes how it ended. At its end where its minder was killed, with
    /// which the process ends, too.
    Descriptor status;
    Descriptor pidfd; ///< to signal it; invalid where the system has none
};

/// Copies this process twice: the first copy, the minder, waits for the second and tells how it ended. The minder is made by fork(), so
/// all that libraries have registered by pthread_atfork() is called once; the second copy is one of the minder, which has one thread.
///
/// Called in a process that reaps no children: it has the system do that.
/// \param leavesNothing  whether what is left of the child's process group is killed however it ends; else only when a signal ended it
/// \returns the second copy in the original, and nothing in the second copy
/// \throws SystemError in the original
std::optional<Minded> forkMinded(bool leavesNothing = false);

/// How the process ended, from Minded::status, once: `Lost` when the minder was killed. Blocks until the process has ended.
ExitStatus mindedStatus(const Descriptor &status);

/// Kills a child of this process that nobody can signal or wait for but by its number, and reaps it. Blocks until it has ended.
void killAndReap(qint64 pid);

} // namespace procession
