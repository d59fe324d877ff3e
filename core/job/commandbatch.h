// SPDX-License-Identifier: MIT
#pragma once

#include <procession/commandtemplate.h>
#include <procession/inputtable.h>
#include <procession/joboptions.h>
#include <procession/tasksource.h>

#include <QtCore/QJsonObject>

namespace procession {

/// How the processes of a command batch are run.
struct CommandOptions
{
    int niceness = 0; ///< added to this program's own, 0…19
    QByteArray workingDirectory{}; ///< empty for this program's
    QByteArrayList environment{}; ///< "NAME=value" added to this program's environment; "NAME" alone takes it out
    bool keepGrandchildren = false; ///< whether processes that a task leaves behind in its process group may live on
    qsizetype memoryPerStream = qsizetype(64) * 1024; ///< bytes of a stream kept in memory before it goes to a file
};

/// All that makes up a person's batch: it can be stored, shown, run and run again.
struct BatchDefinition
{
    QString name; ///< what people call it
    QByteArray command; ///< the template; empty when every input is a whole command line
    QByteArray shell = "/bin/sh";
    InputTable inputs;
    JobOptions job;
    CommandOptions options;
    CommandTemplate::Spread spread = CommandTemplate::Spread::Joined; ///< means nothing to whole command lines

    /// Everything but the inputs, which InputTable::serialize() gives. Byte strings that are not UTF-8 survive.
    QJsonObject toJson() const;
    /// \throws InvalidInput ("definition.…") naming the member that is missing or wrong
    static BatchDefinition fromJson(const QJsonObject &json, const InputTable &inputs);
};

/// The tasks of a command batch: one command for each row of the inputs.
class CommandBatch : public TaskSource
{
public:
    /// \throws InvalidInput as CommandTemplate::parse; "template.column" when the inputs lack a column that the command names, "template.nul"
    ///         when an input has a NUL byte
    explicit CommandBatch(BatchDefinition definition);

    /// How the command of a batch is read.
    static CommandTemplate::Options templateOptions(const BatchDefinition &definition);

    const BatchDefinition &definition() const { return m_definition; }
    /// The argument vector of a task in a worker (from 1).
    /// \throws InvalidInput when the task is a whole command line (an empty template) that cannot be parsed, or an input of
    ///         arithmetic that is no number
    QByteArrayList command(TaskIndex task, int worker) const;
    /// Whether that is a shell with the command; false where command() throws.
    bool usesShell(TaskIndex task) const;

    qsizetype count() const override;
    QByteArray title(TaskIndex task) const override;
    QByteArray description(TaskIndex task) const override;
    QByteArrayList arguments(TaskIndex task) const override;

private:
    bool isWhole() const { return m_definition.command.isEmpty(); }
    QByteArrayList row(TaskIndex task) const { return m_definition.inputs.row(task); }

    BatchDefinition m_definition;
    CommandTemplate m_template;
};

} // namespace procession
