// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QStringList>

namespace procession {

/// What `procession VERB …` does without a window. Each takes the words after the verb and returns the program's exit status; each
/// is to be called with a QCoreApplication there.
using Verb = int (*)(const QStringList &words);

int runVerb(const QStringList &words);
int jobsVerb(const QStringList &words);
int helpVerb(const QStringList &words);
int versionVerb(const QStringList &words);

/// Null when `name` (bytes as characters) is no verb: the window is meant.
Verb findVerb(const QString &name);

/// Makes a QCoreApplication, without anything of a window, and carries out `verb`.
int carryOut(Verb verb, int argc, char **argv);

} // namespace procession
