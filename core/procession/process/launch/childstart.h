// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/childsetup.h>
#include <procession/process/child/processhandle.h>
#include <procession/process/child/work.h>

namespace procession {

/// Starts a child of this process as described by `setup`, which runs `work`, and adds it to the
/// directory and to activeChildren(). Blocks until the child exists. Flushes stdout and std::cout
/// first. From any thread.
/// \param workName  what the directory shows as the child's work
/// \throws ProcessError     if this process is a daemon, or if main() did not call freezeSupport()
/// \throws NotTransferable  if the work cannot be sent to another process
/// \throws SystemError      if the system cannot create a process
ProcessHandle startChild(ChildSetup setup, const QByteArray &workName, const Work &work);

} // namespace procession
