// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QStringList>

#include <functional>

namespace procession {

/// What `procession VERB …` does without a window. Each takes the words after the verb and returns the program's exit status; each
/// is to be called with a QCoreApplication there.
using Verb = std::function<int(const QStringList &words)>;

int runVerb(const QStringList &words);
int jobsVerb(const QStringList &words);
int attachVerb(const QStringList &words);
int helpVerb(const QStringList &words);
int versionVerb(const QStringList &words);

/// What the command line asks for; empty when it is the window. A word that is no verb, and a window where there is no display,
/// give a verb that throws the UsageError to tell.
Verb findVerb(int argc, char **argv);

/// Makes a QCoreApplication, without anything of a window, and carries out `verb`.
int carryOut(const Verb &verb, int argc, char **argv);

} // namespace procession
