// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QStringList>

#include <functional>

namespace procession {

/// The implementation of `procession VERB …`, without a window: takes the words after the verb and returns the exit status. Needs a
/// QCoreApplication.
using Verb = std::function<int(const QStringList &words)>;

int runVerb(const QStringList &words);
int jobsVerb(const QStringList &words);
int attachVerb(const QStringList &words);
int helpVerb(const QStringList &words);
int versionVerb(const QStringList &words);

/// The verb of the command line; empty for the window. For an unknown verb, or the window without a display, returns a verb that
/// throws the UsageError.
Verb findVerb(int argc, char **argv);

/// Makes a QCoreApplication, without anything of a window, and carries out `verb`.
int carryOut(const Verb &verb, int argc, char **argv);

} // namespace procession
