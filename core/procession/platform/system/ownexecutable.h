// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// Where the program that this process runs lies. Needs no QCoreApplication.
/// \throws SystemError when there is no /proc
QByteArray ownExecutable();

/// What to execute to start this program anew: /proc/self/exe, which is this very file even if another one has taken its place. Where
/// that is the program which runs this one (valgrind, the dynamic linker called by name), the path of this one's file. Reads
/// /proc/self/maps.
QByteArray ownExecutableFile();
/// Whether /proc/self/exe is a program that runs this one.
bool isRunByOther();

/// Runs another program in place of this one, in the same process, with the environment that it has now.
///
/// \param program    its path
/// \param arguments  of its main(), ended by a null pointer
/// \throws SystemError naming the program; it returns in no other way
[[noreturn]] void becomeProgram(const QByteArray &program, char *const *arguments);

} // namespace procession
