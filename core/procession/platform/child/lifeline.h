// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/qglobal.h>

namespace procession {

/// What ties a child's life to its parent's: a pipe of which the parent alone holds the write end. When the parent goes, however it
/// goes, the kernel sends SIGKILL to the child, which holds on to the read end, without a thread or a poll anywhere.
///
/// \code
/// Lifeline lifeline = Lifeline::forChild();       // in the parent, for one child
/// startTheChild(lifeline.takeChildsEnd());        // which inherits the end or is sent it
/// Lifeline::hold(std::move(end));                 // in the child
/// \endcode
///
/// Each child has one of its own, because the signal's receiver belongs to the open file: an end that several children share would
/// signal one of them. The parent keeps the object until it has reaped the child: a child dies with it. Move-only; from any thread.
class Lifeline
{
public:
    /// Of no child.
    Lifeline() = default;
    /// \throws SystemError (EMFILE, ENFILE)
    static Lifeline forChild();
    Lifeline(Lifeline &&other) noexcept = default;
    Lifeline &operator=(Lifeline &&other) noexcept;
    ~Lifeline();

    /// The end for the child, once.
    Descriptor takeChildsEnd() { return std::move(m_childsEnd); }

    /// From now on this process ends with the one that made `end`; at once if that has gone already. Holds for this process alone, and
    /// until it executes another program. Calls nothing but the system, unless it throws.
    /// \throws SystemError
    static void hold(Descriptor end);
    /// Makes this process the leader of a process group, if it is not yet, and ties the whole group to the maker of the end: the programs
    /// that this process starts, as long as they stay in the group. Its own copies let go of the end when fork() makes them.
    /// \pre hold() was called \throws SystemError
    static void holdGroup();
    /// What this process holds on to, -1 if nothing. Readable once the parent has gone.
    static int heldEnd() noexcept;
    /// Another descriptor of it; of a pipe that never ends where this process holds on to nothing. \throws SystemError
    static Descriptor duplicateHeldEnd();

private:
    void release() noexcept;

    Descriptor m_childsEnd;
    Descriptor m_own;
    quint64 m_number = 0; // tells it from one with the same descriptor, which a copy of this process may make
};

} // namespace procession
