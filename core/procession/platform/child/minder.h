// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>
#include <procession/platform/processes/exitstatus.h>

#include <optional>

namespace procession {

/// A grandchild of this process, and the pipe that reports its exit status.
struct Minded
{
    int pid = 0;
    /// Delivers one int, as waitpid() returns it, when the process has ended; nothing if its minder
    /// was killed, which kills the process, too.
    Descriptor status;
    Descriptor pidfd; ///< to signal the process; invalid if the system has no pidfds
};

/// Copies this process twice: the first copy, the minder, waits for the second and reports its exit
/// status. The minder is made by fork(), so handlers registered by pthread_atfork() are called
/// once; the second copy is a copy of the minder, which has one thread.
///
/// To be called in a process that reaps no children: it makes the system reap them, by ignoring
/// SIGCHLD.
/// \param leavesNothing  whether the rest of the child's process group is killed however the child
/// ends; otherwise only if a signal ended it
/// \returns the second copy in the original, and nothing in the second copy
/// \throws SystemError in the original
std::optional<Minded> forkMinded(bool leavesNothing = false);

/// Reads Minded::status; returns `Lost` if the minder was killed. Blocks until the status arrives.
ExitStatus mindedStatus(const Descriptor &status);

/// Kills a child of this process of which only the process id is known, and reaps it. Blocks until
/// it has ended.
void killAndReap(qint64 pid);

} // namespace procession
