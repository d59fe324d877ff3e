// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/connection.h>
#include <procession/process/child/childsetup.h>

#include <functional>

namespace procession {

/// Calls `work` and returns the resulting exit code: 0, or 1 after an exception. The exception,
/// with its nested exceptions, is written to stderr with the name of the process.
int exitCodeOf(const std::function<void()> &work);

/// Turns this process, which was just copied or executed, into the one described by `setup`: calls
/// `work`, finishes the children, flushes the streams and exits. std::exit() inside `work` ends it
/// in the same way.
[[noreturn]] void runChild(const ChildSetup &setup, const std::function<void()> &work);

/// Returns the message of the parent to this process, which the parent has just started. Exits if
/// the parent dies first.
Message receiveOrLeave(const Connection &parent);

/// Reads setup and work from `boot`, as sendWork() wrote them, and runs the work.
/// \param boot  a socket; it is closed
[[noreturn]] void runChildOf(int boot);

} // namespace procession
