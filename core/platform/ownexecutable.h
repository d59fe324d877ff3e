// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// Where the program that this process runs lies. Needs no QCoreApplication.
/// \throws SystemError when there is no /proc
QByteArray ownExecutable();

/// Runs another program in place of this one, in the same process, with the environment that it has now.
///
/// \param program    its path
/// \param arguments  of its main(), ended by a null pointer
/// \throws SystemError naming the program; it returns in no other way
[[noreturn]] void becomeProgram(const QByteArray &program, char *const *arguments);

} // namespace procession
