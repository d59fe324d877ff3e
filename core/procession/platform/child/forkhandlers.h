// SPDX-License-Identifier: MIT
#pragma once

namespace procession {

/// The number of threads of this process: 1 where /proc does not tell.
int threadCount();

/// Whether fork() would call handlers that this program or one of its libraries has registered by pthread_atfork(). The C library does
/// not say, so a copy of this process tries: it forbids the libraries' code to run, and forks.
///
/// Blocks for about a millisecond; to be called in a process of one thread. Where it cannot tell, it says that there are.
bool hasForkHandlers();

} // namespace procession
