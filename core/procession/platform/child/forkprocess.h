// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/child/childprocess.h>

#include <optional>

namespace procession {

/// Copies this process as a child of it, as fork() does. Blocks for as long as copying the page tables takes: some 60 µs for each MB
/// that is in use. Where the system has no pidfd_open, a second copy makes the child, and ends.
///
/// \returns the child in the parent, and nothing in the child
/// \throws SystemError in the parent: EAGAIN, ENOMEM
std::optional<ChildProcess> forkProcess();

/// Has functions called at every fork() of this process, also those of other code: in the parent before and after, and in the child.
/// It leaves no trace in the executable's symbols, so that hasForkHandlers() takes the program's own for the program's.
/// \throws SystemError
void atFork(void (*before)(), void (*inParent)(), void (*inChild)());

/// Copies this process as a sibling of it: the copy is a child of this process's *parent*, to whom the pidfd is to be sent, and who
/// alone can reap it. No handler that was registered by pthread_atfork() is called, and the C library does not put its own locks in
/// order.
///
/// To be called in a process of one thread where !hasForkHandlers().
/// \returns what to send in the original, and nothing in the copy
/// \throws SystemError in the original; EPERM where a sandbox refuses
std::optional<ChildProcess> forkSibling();

} // namespace procession
