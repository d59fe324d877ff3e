// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/connection.h>
#include <procession/platform/child/childprocess.h>
#include <procession/process/child/child.h>

#include <QtCore/QByteArray>

namespace procession {

/// How a program knows what it was started for: its first argument.
inline constexpr char ChildRole[] = "--procession-child";
inline constexpr char ForkServerRole[] = "--procession-forkserver";

/// What main() told by freezeSupport(). \throws ProcessError when it did not, and no other executable was set
void checkFreezeSupport();
void noteFreezeSupport(const char *programName);

/// Whether there is an executable that this process may start: this program's, or the one that was set.
bool hasExecutable();

/// Starts the executable for `role`, with /dev/null as its standard input and `boot` as descriptor
/// ProgramLaunch::InheritedDescriptor.
/// \throws ProcessError, SystemError
ChildProcess startExecutable(const char *role, int boot);

/// Sends to a child that was just started what it is to do; a child that does not take it is ended.
/// \throws ProcessError, SystemError
void sendWork(Child &child, const Connection &boot, const Message &work);

/// Whether a connection or socket refused to send because nobody holds its other end any more.
bool saysThatPeerDied(const SystemError &error);

} // namespace procession
