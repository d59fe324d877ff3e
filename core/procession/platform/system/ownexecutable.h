// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// The path of the program that this process runs. Needs no QCoreApplication.
/// \throws SystemError if there is no /proc
QByteArray ownExecutable();

/// The file to execute to start this program again: /proc/self/exe, which is this very file even if
/// it has been replaced on disk. If that is another program which runs this one (valgrind, or the
/// dynamic linker called by name), the path of this program's file. Reads /proc/self/maps.
QByteArray ownExecutableFile();
/// Whether /proc/self/exe is a program that runs this one.
bool isRunByOther();

/// Executes another program in place of this one, in the same process, with its current
/// environment.
///
/// \param program    its path
/// \param arguments  of its main(), terminated by a null pointer
/// \throws SystemError naming the program; it returns in no other way
[[noreturn]] void becomeProgram(const QByteArray &program, char *const *arguments);

} // namespace procession
