// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/inputs/inputtable.h>
#include <procession/job/template/commandtemplate.h>

namespace procession {

/// How many inputs each command gets, for InputTable::grouped(): always `size` of them, and the last what is left.
/// \param rows  how many there are
/// \param size  at least 1
QList<quint32> equalGroups(qsizetype rows, qsizetype size);

/// What bounds the inputs of one command that takes as many as fit.
struct FillLimits
{
    /// The kernel takes no word of 128 KiB or more, and the command line is one word to a shell.
    static constexpr qsizetype MostCharacters = 131'071;

    qsizetype characters = MostCharacters; ///< of the command line as people see it, with a byte at the end
    qsizetype inputs = InputList::MaxColumns;
    int workers = 1; ///< among which the last full command is divided, so that none of them waits while one does it all
};

/// How many inputs each command gets that takes as many as fit, as with GNU parallel's `-X` and `-m`.
///
/// \code
/// definition.inputs = inputs.grouped(filledGroups(inputs, CommandTemplate::parse("rm {}"), {.workers = 4}));
/// \endcode
///
/// \param command  with the spread that the batch will have, and taking short rows
/// \throws InvalidInput "arguments.too-long" naming a single input with which the command is too long; as CommandTemplate::text
QList<quint32> filledGroups(const InputTable &inputs, const CommandTemplate &command, const FillLimits &limits);

} // namespace procession
