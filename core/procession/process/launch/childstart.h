// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/childsetup.h>
#include <procession/process/child/processhandle.h>
#include <procession/process/child/work.h>

namespace procession {

/// Starts a child of this process that is `setup` and does `work`, and enters it in the directory and among activeChildren(). Blocks
/// until it exists. What stdout and std::cout hold is written out before. From any thread.
/// \param workName  for those who look at what the process does
/// \throws ProcessError     when this process is a daemon, or when main() did not call freezeSupport()
/// \throws NotTransferable  when the work cannot go to another process
/// \throws SystemError      when the system gives no process
ProcessHandle startChild(ChildSetup setup, const QByteArray &workName, const Work &work);

} // namespace procession
