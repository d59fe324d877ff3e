// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/connection.h>
#include <procession/platform/child/childprocess.h>
#include <procession/process/child/child.h>

#include <QtCore/QByteArray>

namespace procession {

/// First argument of a program that was started as a child: the role that it has.
inline constexpr char ChildRole[] = "--procession-child";
inline constexpr char ForkServerRole[] = "--procession-forkserver";

/// Throws ProcessError if main() has not called freezeSupport() and no other executable was set.
/// freezeSupport() records its call by noteFreezeSupport().
void checkFreezeSupport();
void noteFreezeSupport(const char *programName);

/// Whether there is an executable that this process can start: this program's own, or the one set
/// by setExecutable().
bool hasExecutable();

/// Starts the executable for `role`, with /dev/null as its standard input and `boot` as descriptor
/// ProgramLaunch::InheritedDescriptor.
/// \throws ProcessError, SystemError
ChildProcess startExecutable(const char *role, int boot);

/// Sends its work to a child that was just started. Kills and reaps the child if that fails.
/// \throws ProcessError, SystemError
void sendWork(Child &child, const Connection &boot, const Message &work);

/// Whether the error means that sending failed because the peer has closed its end.
bool saysThatPeerDied(const SystemError &error);

} // namespace procession
