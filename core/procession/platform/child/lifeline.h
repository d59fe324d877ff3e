// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/qglobal.h>

namespace procession {

/// Ties a child's life to its parent's by a pipe whose write end only the parent holds. When the
/// parent ends, however it ends, the kernel sends SIGKILL to the child, which holds the read end;
/// this needs neither a thread nor polling.
///
/// \code
/// Lifeline lifeline = Lifeline::forChild();       // in the parent, for one child
/// startTheChild(lifeline.takeChildsEnd());        // which inherits the end or is sent it
/// Lifeline::hold(std::move(end));                 // in the child
/// \endcode
///
/// Each child needs a lifeline of its own, because the receiver of the signal belongs to the open
/// file: an end shared by several children would signal only one of them. The parent keeps the
/// object until it has reaped the child: destroying it kills the child. Move-only; from any thread.
class Lifeline
{
public:
    /// A lifeline of no child.
    Lifeline() = default;
    /// \throws SystemError (EMFILE, ENFILE)
    static Lifeline forChild();
    Lifeline(Lifeline &&other) noexcept = default;
    Lifeline &operator=(Lifeline &&other) noexcept;
    ~Lifeline();

    /// Returns the end for the child. To be called once.
    Descriptor takeChildsEnd() { return std::move(m_childsEnd); }

    /// Ties this process to the process that made `end`: the kernel kills it when that process
    /// ends, or at once if it has ended already. Applies to this process alone, and until it
    /// executes another program. Makes system calls only, unless it throws.
    /// \throws SystemError
    static void hold(Descriptor end);
    /// Makes this process the leader of a process group, if it is not one yet, and ties the whole
    /// group to the maker of the end, including the programs that this process starts, as long as
    /// they stay in the group. Copies of this process made by fork() close the end.
    /// \pre hold() was called \throws SystemError
    static void holdGroup();
    /// The end that this process holds, -1 if none. Readable once the parent has ended.
    static int heldEnd() noexcept;
    /// A duplicate of heldEnd(); a descriptor that never becomes readable if there is none.
    /// \throws SystemError
    static Descriptor duplicateHeldEnd();

private:
    void release() noexcept;

    Descriptor m_childsEnd;
    Descriptor m_own;
    // Distinguishes it from one with the same descriptor, which a copy of this process may create.
    quint64 m_number = 0;
};

} // namespace procession
