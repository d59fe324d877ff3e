// SPDX-License-Identifier: MIT
#pragma once

#include <procession/childprocess.h>

#include <optional>

namespace procession {

/// Copies this process as a child of it, as fork() does. Blocks for as long as copying the page tables takes: some 60 µs for each MB
/// that is in use.
///
/// \returns the child in the parent, and nothing in the child
/// \throws SystemError in the parent: EAGAIN, ENOMEM
std::optional<ChildProcess> forkProcess();

/// Has functions called at every fork() of this process, whoever calls it: in the parent before and after, and in the child.
/// \throws SystemError
void atFork(void (*before)(), void (*inParent)(), void (*inChild)());

/// Copies this process as a sibling of it: the copy is a child of this process's *parent*, to whom the pidfd is to be sent, and who
/// alone can reap it.
///
/// To be called in a process of one thread.
/// \returns what to send in the original, and nothing in the copy
/// \throws SystemError in the original; ENOSYS or EPERM where the kernel or a sandbox has no clone3
std::optional<ChildProcess> forkSibling();

} // namespace procession
