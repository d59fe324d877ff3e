// SPDX-License-Identifier: MIT
#pragma once

#include <procession/childprocess.h>
#include <procession/descriptor.h>

#include <QtCore/QByteArray>

namespace procession {

/// How a program knows what it was started for: its first argument.
inline constexpr char ChildRole[] = "--procession-child";
inline constexpr char ForkServerRole[] = "--procession-forkserver";

/// What main() told by freezeSupport(). \throws ProcessError when it did not, and no other executable was set
void checkFreezeSupport();
void noteFreezeSupport(const char *programName);

/// Starts the executable for `role`, with /dev/null as its standard input and `boot` as descriptor
/// ProgramLaunch::InheritedDescriptor.
/// \throws ProcessError, SystemError
ChildProcess startExecutable(const char *role, int boot);

} // namespace procession
