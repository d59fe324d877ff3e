// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/message.h>
#include <procession/process/child/childsetup.h>
#include <procession/process/functions/target.h>

#include <functional>

namespace procession {

/// The work of a child in both forms: callable in a copy of this process or in a thread of it, and
/// encoded for any other process.
struct Work
{
    std::function<void()> run;
    /// Writes a thunk and the data it reads. \throws NotTransferable
    std::function<void(Encoder &)> encode;
};

/// Everything that a child which inherits nothing needs: its lifeline, the program's shared memory,
/// its setup and its work.
/// \throws NotTransferable
Message messageFor(const ChildSetup &setup, const Work &work, Descriptor lifeline);

} // namespace procession
