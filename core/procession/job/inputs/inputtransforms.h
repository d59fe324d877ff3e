// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/inputs/inputtable.h>

#include <vector>

namespace procession {

/// Sources side by side as one: row by row, with the columns of all. It has as many rows as the shortest (GNU parallel's `:::+`).
///
/// \code
/// linkedInputs({InputList({"a", "b", "c"}), InputList({"1", "2"})});      // {"a", "1"}, {"b", "2"}
/// \endcode
///
/// \pre there is at least one source
/// \throws InvalidInput "input.too-wide" when there are more than InputList::MaxColumns columns in all
InputList linkedInputs(const std::vector<InputList> &sources);

/// All rows of a table in a random order, written out so that the order can be kept (GNU parallel's `--shuf`).
/// \param seed  what the order depends on: the same gives the same order, on every machine
/// \pre the table has at least one column
InputList shuffledInputs(const InputTable &table, quint64 seed);

/// The rows of all parts one after the other, with the column names of `form`, which has no rows. A row is as wide as the widest, but for those
/// of several inputs.
/// \pre each part is of one source
InputTable joined(const InputTable &form, const std::vector<InputTable> &parts);

} // namespace procession
