// SPDX-License-Identifier: MIT
#pragma once

#include <procession/descriptor.h>
#include <procession/exitstatus.h>

#include <optional>

namespace procession {

/// A grandchild of this process, and the pipe that tells how it ended.
struct Minded
{
    int pid = 0;
    Descriptor
        status; ///< one int comes out of it, as waitpid() gives it, when the process has ended; nothing when its minder was killed
};

/// Copies this process twice: the first copy, the minder, waits for the second and tells how it ended. For systems that have neither
/// clone3 nor pidfds.
///
/// \returns the second copy in the original, and nothing in the second copy
/// \throws SystemError in the original
std::optional<Minded> forkMinded();

/// What came out of Minded::status: `Lost` when the minder was killed. Blocks until it has come.
ExitStatus mindedStatus(const Descriptor &status);

/// Sends a signal to a process by its number. Nothing happens when there is none. Without a pidfd there is a moment, from the end of
/// a process until its minder has told it, in which the number might be another's.
/// \throws SystemError
void signalByNumber(qint64 pid, int signal);

} // namespace procession
