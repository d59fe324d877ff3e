// SPDX-License-Identifier: MIT
#include <procession/job/run/functionbatch.h>

#include <procession/job/run/functioncall.h>
#include <procession/job/run/functionexecutor.h>
#include <procession/job/template/replacement.h>
#include <procession/platform/base/invalidinput.h>

namespace procession {

void FunctionBatch::requireRunnable() const
{
    const RegisteredFunction function = FunctionCall(definition()).function();
    if (count() > 0 && !isGrowing() && !definition().inputs.isGrouped())
        requireArguments(function, definition().inputs.columnCount());
}

void FunctionBatch::requireUsable(const QByteArrayList &row) const
{
    if (definition().growing->form().inputsPerRow == 1)
        requireArguments(FunctionCall(definition()).function(), row.size());
}

void FunctionBatch::requireArguments(const RegisteredFunction &function, qsizetype given)
{
    if (function.parameterTypes().size() == given)
        return;
    throw InvalidInput("function.arguments", QByteArray::number(given), function.signature(),
        "each input has " + QByteArray::number(given) + " columns, and the function is " + function.signature()
            + ": give it as many as it has parameters");
}

QByteArray FunctionBatch::description(TaskIndex task) const
{
    QByteArrayList words{FunctionCall(definition()).name()};
    const QByteArrayList columns = arguments(task);
    for (const QByteArray &argument : columns)
        words += shellQuoted(argument);
    return words.join(' ');
}

std::unique_ptr<Executor> FunctionBatch::makeExecutor(const ExecutorSetup &setup) const
{
    return std::make_unique<FunctionExecutor>(
        std::static_pointer_cast<const FunctionBatch>(shared_from_this()), setup.spoolFolder.path());
}

} // namespace procession
