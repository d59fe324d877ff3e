// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// Must be called first in main() by every program that starts processes by `ForkServer` (the
/// default) or `Spawn`. Such children are this program, executed anew; in them this function runs
/// the child's work and never returns.
///
/// \code
/// int main(int argc, char **argv)
/// {
///     procession::freezeSupport(argc, argv);
///     …
/// }
/// \endcode
///
/// In a program that does not call it, Process::start() throws an error instead of starting copies
/// that run all of main().
/// (Reference: freeze_support)
void freezeSupport(int argc, char **argv);

/// Sets the program from which children are started instead of this one. It must call
/// freezeSupport() too, and contain the same functions. A child whose program does not call it does
/// nothing: an error is written to stderr, and the exit code is 1. An empty path stands for this
/// program. (Reference: set_executable)
void setExecutable(const QByteArray &path);

} // namespace procession
