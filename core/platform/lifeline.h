// SPDX-License-Identifier: MIT
#pragma once

#include <procession/descriptor.h>

namespace procession {

/// What ties a child's life to its parent's: a pipe of which the parent alone holds the write end. When the parent goes, however it
/// goes, the kernel sends SIGKILL to each child that holds on to the other end, without a thread or a poll anywhere.
///
/// \code
/// const Descriptor end = Lifeline::offer();       // in the parent; the child inherits it or is sent it
/// Lifeline::hold(end);                            // in the child
/// \endcode
class Lifeline
{
public:
    /// The end for one child of this process. From any thread.
    /// \throws SystemError (also where /proc is not mounted)
    static Descriptor offer();

    /// From now on this process ends with the one that offered `end`; at once if that has gone already.
    /// Holds for this process alone, and until it executes another program.
    /// \throws SystemError
    static void hold(const Descriptor &end);

    /// Lets go of what this process inherited by a fork: it must not keep its siblings alive.
    /// Async-signal-safe; called by itself after each fork().
    static void forget() noexcept;
};

} // namespace procession
