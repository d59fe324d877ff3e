// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/child/childprocess.h>

#include <optional>

namespace procession {

/// Copies this process as its child, as fork() does. Blocks while the page tables are copied: about
/// 60 µs for each MB in use. If the system has no pidfd_open, an intermediate copy creates the
/// child, and exits.
///
/// \returns the child in the parent, and nothing in the child
/// \throws SystemError in the parent: EAGAIN, ENOMEM
std::optional<ChildProcess> forkProcess();

/// Registers functions that are called at every fork() of this process, including those of other
/// code: in the parent before and after it, and in the child. Leaves no trace in the executable's
/// symbols, so that hasForkHandlers() finds only handlers that the program itself registers.
/// \throws SystemError
void atFork(void (*before)(), void (*inParent)(), void (*inChild)());

/// Copies this process as its sibling: the copy is a child of this process's *parent*. The pidfd
/// must be sent to the parent, which alone can reap the copy. Handlers registered by
/// pthread_atfork() are not called, and the C library does not put its own locks in order.
///
/// To be called in a process of one thread where !hasForkHandlers().
/// \returns the copy in the original, to be sent to the parent; nothing in the copy
/// \throws SystemError in the original; EPERM if a sandbox refuses
std::optional<ChildProcess> forkSibling();

} // namespace procession
