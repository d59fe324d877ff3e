// SPDX-License-Identifier: MIT
#include <procession/job/run/commandbatch.h>

#include <procession/job/run/commandexecutor.h>
#include <procession/platform/base/invalidinput.h>

#include <algorithm>
#include <utility>

namespace procession {

namespace {

CommandTemplate templateOf(const BatchDefinition &definition)
{
    if (definition.command.isEmpty())
        return {};
    return CommandTemplate::parse(definition.command, CommandBatch::templateOptions(definition));
}

[[noreturn]] void refuseNul()
{
    throw InvalidInput("template.nul", {}, {},
        "an input has a NUL byte, which no argument of a command can have: split the inputs at NUL bytes (-0)");
}

} // namespace

CommandBatch::CommandBatch(BatchDefinition given) : JobBatch(std::move(given)), m_template(templateOf(definition()))
{
    if (definition().inputs.contains('\0'))
        refuseNul();
    if (!isGrowing())
        m_template.checkColumns(definition().inputs.columnCount());
    else if (const GrowingInputs::Form &form = definition().growing->form(); form.columns > 0)
        m_template.checkColumns(form.columns * form.inputsPerRow);
}

CommandTemplate::Options CommandBatch::templateOptions(const BatchDefinition &definition)
{
    CommandTemplate::Options options;
    options.columnNames = definition.columnNames();
    options.shell = definition.shell;
    options.spread = definition.spread;
    options.shortRows = !definition.inputs.isEven();
    if (definition.growing) {
        const GrowingInputs::Form &form = definition.growing->form();
        options.shortRows = form.columns == 0 || form.inputsPerRow > 1;
    }
    return options;
}

void CommandBatch::requireUsable(const QByteArrayList &row) const
{
    if (std::any_of(row.begin(), row.end(), [](const QByteArray &cell) { return cell.contains('\0'); }))
        refuseNul();
}

QByteArrayList CommandBatch::command(TaskIndex task, int worker) const
{
    if (isWhole())
        return wholeCommand(task).arguments({}, qint64(task) + 1, worker);
    return m_template.arguments(arguments(task), qint64(task) + 1, worker);
}

QByteArrayList CommandBatch::shellCommand(TaskIndex task, int worker) const
{
    if (isWhole())
        return wholeCommand(task).shellArguments({}, qint64(task) + 1, worker);
    return m_template.shellArguments(arguments(task), qint64(task) + 1, worker);
}

CommandTemplate CommandBatch::wholeCommand(TaskIndex task) const
{
    return CommandTemplate::parseWhole(arguments(task).join(' '), definition().shell);
}

bool CommandBatch::usesShell(TaskIndex task) const
{
    if (!isWhole())
        return m_template.usesShell();
    try {
        return wholeCommand(task).usesShell();
    } catch (const InvalidInput &) {
        return false;
    }
}

QByteArray CommandBatch::description(TaskIndex task) const
{
    if (isWhole())
        return arguments(task).join(' ');
    try {
        return m_template.text(arguments(task), qint64(task) + 1);
    } catch (const InvalidInput &) {
        QByteArrayList words{m_template.source()};
        for (const QByteArray &argument : arguments(task))
            words += shellQuoted(argument);
        return words.join(' ');
    }
}

std::unique_ptr<Executor> CommandBatch::makeExecutor(const ExecutorSetup &setup) const
{
    return std::make_unique<CommandExecutor>(std::static_pointer_cast<const CommandBatch>(shared_from_this()), setup);
}

} // namespace procession
