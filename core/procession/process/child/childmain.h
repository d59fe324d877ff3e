// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/connection.h>
#include <procession/process/child/childsetup.h>

#include <functional>

namespace procession {

/// Calls `work` and returns the exit code that it comes to: 0, or 1 after an exception, which is written to stderr with the name of
/// the process and with what it was thrown from.
int exitCodeOf(const std::function<void()> &work);

/// Makes this process, just copied or executed, the one of `setup`, calls `work`, sees its children out, flushes its streams and ends.
/// std::exit() inside of `work` ends it likewise.
[[noreturn]] void runChild(const ChildSetup &setup, const std::function<void()> &work);

/// What the parent has to say to a process that it just made; if it dies before, the process ends.
Message receiveOrLeave(const Connection &parent);

/// Reads from `boot` who this process is and what it is to do, as sendWork() wrote it, and does it.
/// \param boot  a socket; it is closed
[[noreturn]] void runChildOf(int boot);

} // namespace procession
