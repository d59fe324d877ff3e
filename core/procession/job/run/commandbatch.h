// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/run/jobbatch.h>
#include <procession/job/template/commandtemplate.h>

namespace procession {

/// The tasks of a command batch: one command for each row of the inputs.
class CommandBatch : public JobBatch
{
public:
    /// \throws InvalidInput as CommandTemplate::parse; "template.column" when the inputs lack a column that the command names, "template.nul"
    ///         when an input has a NUL byte
    explicit CommandBatch(BatchDefinition definition);

    /// How the command of a batch is read.
    static CommandTemplate::Options templateOptions(const BatchDefinition &definition);

    /// The argument vector of a task in a worker (from 1).
    /// \throws InvalidInput when the task is a whole command line (an empty template) that cannot be parsed, or an input of
    ///         arithmetic that is no number
    QByteArrayList command(TaskIndex task, int worker) const;
    /// As command(), with the shell even where the command needs none.
    QByteArrayList shellCommand(TaskIndex task, int worker) const;
    /// Whether that is a shell with the command; false where command() throws.
    bool usesShell(TaskIndex task) const;

    void requireUsable(const QByteArrayList &row) const override;
    QByteArray description(TaskIndex task) const override;
    std::unique_ptr<Executor> makeExecutor(const ExecutorSetup &setup) const override;

private:
    CommandTemplate wholeCommand(TaskIndex task) const;
    bool isWhole() const { return definition().command.isEmpty(); }

    CommandTemplate m_template;
};

} // namespace procession
