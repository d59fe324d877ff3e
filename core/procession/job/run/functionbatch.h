// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/run/jobbatch.h>

namespace procession {

class RegisteredFunction;

/// The calls of a function batch: one for each row of the inputs, whose columns are the arguments.
///
/// \code
/// registerFunction(QStringLiteral("thumbnail"), &thumbnail);         // QString thumbnail(const QString &file, int size)
/// BatchDefinition definition;
/// definition.function = QStringLiteral("thumbnail");
/// definition.inputs = InputTable({InputList({"a.png", "b.png"}), InputList({"64", "256"})});
/// BatchRun run(BatchRun::prepare({.definition = definition}), {});   // four calls
/// \endcode
///
/// An argument is text that is converted to what the function takes (see FunctionCall). What the function returns is the output of its
/// task, as a command's stdout is; what it throws, its error output.
class FunctionBatch : public JobBatch
{
public:
    explicit FunctionBatch(BatchDefinition definition) : JobBatch(std::move(definition)) { }

    /// \throws InvalidInput "function.unknown", "function.arguments"; TaskLibraryError
    void requireRunnable() const override;
    /// \throws InvalidInput "function.arguments"
    void requireUsable(const QByteArrayList &row) const override;
    /// The name of the function, and its arguments as a shell would take them.
    QByteArray description(TaskIndex task) const override;
    std::unique_ptr<Executor> makeExecutor(const ExecutorSetup &setup) const override;

private:
    static void requireArguments(const RegisteredFunction &function, qsizetype given);
};

} // namespace procession
