// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/commandline/common/words.h>

#include <QtCore/QCommandLineParser>

namespace procession {

/// Reads what follows a verb.
/// \param names  of the verb's options, in case one is mistyped
/// \throws UsageError naming the verb, what is wrong with its options, and the option that may be meant
void parseOptions(QCommandLineParser &parser, const QString &verb, const QStringList &words, const QStringList &names);

} // namespace procession
