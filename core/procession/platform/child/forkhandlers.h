// SPDX-License-Identifier: MIT
#pragma once

namespace procession {

/// The number of threads of this process: 1 if /proc does not report it.
int threadCount();

/// Whether fork() would call handlers that this program or one of its libraries has registered by
/// pthread_atfork(). The C library does not report it, so a copy of this process tries: it makes
/// the libraries' code non-executable, and forks.
///
/// Blocks for about a millisecond; to be called in a process of one thread. Returns true if it
/// cannot find out.
bool hasForkHandlers();

} // namespace procession
