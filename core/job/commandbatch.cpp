// SPDX-License-Identifier: MIT
#include <procession/commandbatch.h>

#include <procession/invalidinput.h>

#include <utility>

namespace procession {

namespace {

CommandTemplate templateOf(const BatchDefinition &definition)
{
    if (definition.command.isEmpty())
        return {};
    return CommandTemplate::parse(definition.command, CommandBatch::templateOptions(definition));
}

} // namespace

CommandBatch::CommandBatch(BatchDefinition definition) : m_definition(std::move(definition)), m_template(templateOf(m_definition))
{
    if (m_definition.inputs.contains('\0'))
        throw InvalidInput("template.nul", {}, {},
            "an input has a NUL byte, which no argument of a command can have: split the inputs at NUL bytes (-0)");
    m_template.checkColumns(m_definition.inputs.columnCount());
}

CommandTemplate::Options CommandBatch::templateOptions(const BatchDefinition &definition)
{
    CommandTemplate::Options options;
    options.columnNames = definition.inputs.columnNames();
    options.shell = definition.shell;
    options.spread = definition.spread;
    options.shortRows = definition.inputs.isGrouped();
    return options;
}

QByteArrayList CommandBatch::command(TaskIndex task, int worker) const
{
    if (isWhole())
        return CommandTemplate::parseWhole(row(task).join(' '), m_definition.shell).arguments({}, qint64(task) + 1, worker);
    return m_template.arguments(row(task), qint64(task) + 1, worker);
}

bool CommandBatch::usesShell(TaskIndex task) const
{
    if (!isWhole())
        return m_template.usesShell();
    try {
        return CommandTemplate::parseWhole(row(task).join(' '), m_definition.shell).usesShell();
    } catch (const InvalidInput &) {
        return false;
    }
}

qsizetype CommandBatch::count() const { return m_definition.inputs.rowCount(); }

QByteArray CommandBatch::title(TaskIndex task) const { return row(task).join(' '); }

QByteArray CommandBatch::description(TaskIndex task) const
{
    if (isWhole())
        return row(task).join(' ');
    try {
        return m_template.text(row(task), qint64(task) + 1);
    } catch (const InvalidInput &) {
        QByteArrayList words{m_template.source()};
        for (const QByteArray &argument : row(task))
            words += shellQuoted(argument);
        return words.join(' ');
    }
}

QByteArrayList CommandBatch::arguments(TaskIndex task) const { return row(task); }

} // namespace procession
