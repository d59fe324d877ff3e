// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <stdexcept>

namespace procession {

// The words of a command line are bytes, and names of files among them need not be valid UTF-8. Qt's parser takes text, so
// each byte becomes one character (a "word") on the way in, and one byte again on the way out.

QStringList wordsOf(int argc, char **argv);
inline QByteArray toBytes(const QString &word) { return word.toLatin1(); }
/// For people to read.
QString shownWord(const QString &word);

/// A command line that cannot be carried out; what() names the input, the reason and the remedy in the person's language.
class UsageError : public std::runtime_error
{
public:
    explicit UsageError(const QString &message) : std::runtime_error(message.toStdString()) { }
    QString message() const { return QString::fromUtf8(what()); }
};

/// Ends of the program, as GNU parallel's.
inline constexpr int ExitOtherError = 255;
inline constexpr int ExitBrokenPipe = 141; ///< what a shell says of a program that SIGPIPE ended

} // namespace procession
