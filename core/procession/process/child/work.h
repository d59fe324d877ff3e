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
    /// Writes `WorkKind` and the data for it. \throws NotTransferable
    std::function<void(Encoder &)> encode;
};

enum class WorkKind : quint8 {
    Function, ///< a Target follows
    Object, ///< an object of a class derived from Process follows, as encodeProcessObject() writes it
};

/// Everything that a child which inherits nothing needs: its lifeline, the program's shared memory,
/// its setup and its work.
/// \throws NotTransferable
Message messageFor(const ChildSetup &setup, const Work &work, Descriptor lifeline);

/// Runs the work that Work::encode() wrote.
void runEncodedWork(Decoder &decoder);

} // namespace procession
