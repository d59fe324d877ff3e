// SPDX-License-Identifier: MIT
#pragma once

#include <procession/childsetup.h>
#include <procession/message.h>
#include <procession/target.h>

#include <functional>

namespace procession {

/// What a child is to do, in both forms: called in a copy of this process or in a thread of it, and encoded for any other process.
struct Work
{
    std::function<void()> run;
    /// Writes `WorkKind` and what belongs to it. \throws NotTransferable
    std::function<void(Encoder &)> encode;
};

enum class WorkKind : quint8 {
    Function, ///< a Target follows
    Object, ///< an object of a class derived from Process follows, as encodeProcessObject() writes it
};

/// All that a child that inherits nothing has to know: its lifeline, its program's shared memory, who it is, and what it is to do.
/// \throws NotTransferable
Message messageFor(const ChildSetup &setup, const Work &work, Descriptor lifeline);

/// Does what Work::encode() wrote.
void runEncodedWork(Decoder &decoder);

} // namespace procession
