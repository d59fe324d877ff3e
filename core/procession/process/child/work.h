// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/message.h>
#include <procession/process/child/childsetup.h>
#include <procession/process/functions/target.h>

#include <functional>

namespace procession {

/// What a child is to do, in both forms: called in a copy of this process or in a thread of it, and encoded for any other process.
struct Work
{
    std::function<void()> run;
    /// Writes a thunk and what it reads. \throws NotTransferable
    std::function<void(Encoder &)> encode;
};

/// All that a child that inherits nothing has to know: its lifeline, its program's shared memory, who it is, and what it is to do.
/// \throws NotTransferable
Message messageFor(const ChildSetup &setup, const Work &work, Descriptor lifeline);

} // namespace procession
