// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// The path of the shell that commands are run by when none is named: the one that started this program, or one of its ancestors if a
/// program lies between (`env`, `make`, `timeout`). Its functions and habits are what the person means.
///
/// $PARALLEL_SHELL goes before it, as with GNU parallel. A shell that reads its commands in another way than a POSIX shell (fish, csh, tcsh)
/// is not taken; then, and where no ancestor is a shell, it is $SHELL, and where that is none either, /bin/sh. Reads some files in /proc.
QByteArray callingShell();

} // namespace procession
