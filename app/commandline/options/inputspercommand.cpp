// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/options/inputspercommand.h>

#include <app/commandline/options/givenoptions.h>
#include <procession/job/template/argumentgroups.h>

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace procession {

namespace {

struct RunWords
{
    Q_DECLARE_TR_FUNCTIONS(RunWords)
};

using Spread = CommandTemplate::Spread;

CommandTemplate fillingTemplate(const BatchDefinition &definition)
{
    CommandTemplate::Options options = CommandBatch::templateOptions(definition);
    options.shortRows = true;
    return CommandTemplate::parse(definition.command, options);
}

} // namespace

InputsPerCommand::InputsPerCommand(const GivenOptions &given)
{
    const char *count = given.has("max-replace-args") ? "max-replace-args" : "max-args";
    const bool isCounted = given.has(count);
    m_most = given.wholeNumber(count, 0, InputList::MaxColumns, 0);
    m_divides = given.has("X") || given.has("m");
    m_fills = m_divides || given.has("xargs");
    m_characters = given.wholeNumber("max-chars", 2, FillLimits::MostCharacters, 0);
    if (isCounted && m_most == 0)
        m_spread = Spread::Nothing;
    else if (given.has("X") || given.has("max-replace-args"))
        m_spread = Spread::Repeated;
}

void InputsPerCommand::apply(BatchDefinition &definition, const std::function<int(qsizetype)> &workers) const
{
    definition.spread = m_spread;
    if (definition.command.isEmpty() && (isBounded() || m_spread == Spread::Nothing))
        throw UsageError(RunWords::tr("-X, -m, --xargs, -s and -N 0 need a command that takes the inputs: give one before :::"));
    InputTable &inputs = definition.inputs;
    if (m_spread == Spread::Nothing || definition.growing)
        return;
    if (!isBounded()) {
        if (m_most > 1)
            inputs = inputs.grouped(equalGroups(inputs.rowCount(), m_most));
        return;
    }
    FillLimits limits;
    if (m_characters > 0)
        limits.characters = m_characters;
    if (m_most > 0 || !m_fills)
        limits.inputs = std::max(m_most, 1);
    limits.workers = m_divides ? workers(inputs.rowCount()) : 1;
    inputs = inputs.grouped(filledGroups(inputs, fillingTemplate(definition), limits));
}

std::optional<int> InputsPerCommand::fixedCount() const
{
    if (isBounded())
        return std::nullopt;
    return m_spread == Spread::Nothing ? 1 : std::max(m_most, 1);
}

} // namespace procession
