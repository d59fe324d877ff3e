// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/inputs/growinginputs.h>
#include <procession/job/inputs/inputtable.h>
#include <procession/job/output/outputrule.h>
#include <procession/job/output/spoolspace.h>
#include <procession/job/task/joboptions.h>
#include <procession/job/template/commandtemplate.h>

#include <QtCore/QJsonObject>

#include <memory>
#include <optional>

namespace procession {

/// How the processes of a batch are run.
struct CommandOptions
{
    int niceness = 0; ///< added to this program's own, 0…19
    QByteArray workingDirectory{}; ///< empty for this program's
    QByteArrayList environment{}; ///< "NAME=value" added to this program's environment; "NAME" alone takes it out
    bool keepGrandchildren = false; ///< whether processes that a task leaves behind may live on
    qsizetype memoryPerStream = qsizetype(64) * 1024; ///< bytes of a stream kept in memory before it goes to a file
    OutputLimits limits{}; ///< of what a task writes
};

/// All that makes up a person's batch: it can be stored, shown, run and run again.
struct BatchDefinition
{
    QString name; ///< what people call it
    QByteArray command; ///< the template; empty when every input is a whole command line, or for a function
    QByteArray shell = "/bin/sh";
    InputTable inputs;
    JobOptions job;
    CommandOptions options;
    CommandTemplate::Spread spread = CommandTemplate::Spread::Joined; ///< means nothing to whole command lines
    QString function{}; ///< what is called with each input, by its registered name, in place of a command; empty for commands

    QByteArray library{}; ///< path of the TaskLibrary that has it; empty when the program itself does
    std::optional<OutputRule> keepOutput{}; ///< what stays in the store of each stream of each attempt, once it has been printed

    /// Inputs that come while the batch runs; null when `inputs` are all. Else `inputs` is GrowingInputs::emptyTable().
    std::shared_ptr<GrowingInputs> growing{};

    bool callsFunction() const { return !function.isEmpty(); }
    /// Of the inputs, wherever they come from.
    QByteArrayList columnNames() const { return growing ? growing->columnNames() : inputs.columnNames(); }

    /// Everything but the inputs, which InputTable::serialize() gives. Byte strings that are not UTF-8 survive.
    QJsonObject toJson() const;
    /// \throws InvalidInput ("definition.…") naming the member that is missing or wrong
    static BatchDefinition fromJson(const QJsonObject &json, const InputTable &inputs);
};

} // namespace procession
