// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// To be called first in main() by every program that starts processes by `ForkServer` (the default) or `Spawn`: such children are
/// this same program, started anew, and in them this function does their work and never returns.
///
/// \code
/// int main(int argc, char **argv)
/// {
///     procession::freezeSupport(argc, argv);
///     …
/// }
/// \endcode
///
/// A program that does not call it gets an error from Process::start() instead of copies of itself that do all that main() does.
/// (Reference: freeze_support)
void freezeSupport(int argc, char **argv);

/// The program that children are started from, in place of this one; it must call freezeSupport() too, and hold the same functions.
/// A process whose program does not call it does nothing; that is said on stderr, and its exit code is 1.
/// An empty path: this program. (Reference: set_executable)
void setExecutable(const QByteArray &path);

} // namespace procession
