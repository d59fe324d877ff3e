// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/commandline/options/inputspercommand.h>
#include <procession/job/inputs/inputreader.h>
#include <procession/job/run/commandbatch.h>

#include <QtCore/QStringList>

#include <optional>
#include <vector>

namespace procession {

/// Where inputs come from.
struct InputOrigin
{
    enum class Kind : quint8 { Values, File };
    Kind kind = Kind::Values;
    QByteArrayList values; ///< of Values
    QByteArray file; ///< of File; "-" is stdin
    bool linked = false; ///< goes row by row with the one before it, where others are combined with it
};

/// What `procession run` was asked for.
struct RunOptions
{
    enum class Action : quint8 { Run, DryRun, Help, Version, ListFunctions };
    enum class Resume : quint8 { No, Missing, MissingAndFailed };

    Action action = Action::Run;
    QByteArray command; ///< empty: the inputs are whole commands, or arguments of the function
    QString function; ///< called in place of a command; empty: none
    QByteArray library; ///< path of the library of tasks that has it
    std::vector<InputOrigin> origins; ///< empty: stdin
    InputFormat format;
    bool shuffle = false;
    InputsPerCommand inputsPerCommand;

    QByteArray workers; ///< as given after -j
    JobOptions job; ///< but for the number of workers
    CommandOptions process;
    bool makesFolder = false; ///< whether the working folder is made where it is missing
    QByteArray shell;
    QString name;

    bool keepOrder = false;
    bool lines = false; ///< print them while tasks run
    bool tag = false;
    QByteArray tagString; ///< with `tag`
    bool bar = false;
    bool progress = false;
    bool eta = false;
    bool quiet = false;
    QByteArray results; ///< empty: none

    Resume resume = Resume::No;
    QByteArray jobLog; ///< empty: none
    bool appendsToJobLog = false;
    QString store; ///< empty: none
    std::optional<OutputRule> keepOutput; ///< of the job's own; empty: as the store's rule says
    bool storeIsDefault = false; ///< not chosen by the user: the batch may run without it
};

/// \throws UsageError
RunOptions parseRunOptions(const QStringList &words);

/// Where jobs are recorded when nothing else is said: $PROCESSION_STORE, or jobs.sqlite in the person's data folder. Empty where there
/// is no such folder.
QString defaultStore();
/// Why defaultStore() is empty, as a sentence.
QString noHomeText();

} // namespace procession
