// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// The same for two command lines that a POSIX shell takes for the same words, however they are quoted.
///
/// \code
/// commandKey("echo 'a,b' \"it's\"") == commandKey("echo a,b it\\'s")
/// \endcode
///
/// It is for comparing what different programs wrote down. Command lines with back-quotes, `${ }`, `$'…'`, braces, brackets, here-documents,
/// or `$( )` inside quotes are the same only when every byte is.
QByteArray commandKey(const QByteArray &commandLine);

} // namespace procession
