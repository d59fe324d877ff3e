// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

#include <exception>

namespace procession {

/// Writes text for people to stdout; ends the program, as others do, when the reader is gone. \throws SystemError
void print(const QString &text);
void printBytes(QByteArrayView bytes);
/// One line on stderr, "procession: " before it; the middle of a very long one is left out.
void printError(const QString &message);
/// As above, in the person's language.
void printError(const std::exception &error);

/// The path that this program's working folder had; empty when it has not been deleted.
QString deletedFolder();

} // namespace procession
