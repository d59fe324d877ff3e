// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/attempt.h>

#include <memory>
#include <vector>

namespace procession {

using TaskRows = std::vector<TaskIndex>;

/// The row of every task below `taskCount`, -1 where it has none.
std::vector<int> rowsOfTasks(const TaskRows &rows, qsizetype taskCount);

/// The steps from one list of rows to another, in the words of an item model: so that a model can make them one by one and views keep
/// their selection. Making it costs a pass over all tasks, so make it where that does not matter.
struct RowTransition
{
    struct Range
    {
        int first;
        int last;
    };

    /// \param before, after  tasks, each at most once
    /// \param taskCount      every task is below this
    static RowTransition between(const TaskRows &before, TaskRows after, qsizetype taskCount);

    /// Whether rows only go and come, in few places; then `removed` and `inserted` say where. Otherwise the rows first take the order
    /// `parted` (those that stay, then those that go), the last `goingCount` are taken off, `comingCount` rows are added to make
    /// `joined`, and at last the rows take the order `after`.
    bool isSimple = true;
    std::vector<Range> removed; ///< rows of `before`, the last range first
    std::vector<Range> inserted; ///< rows of `after`, the first range first
    TaskRows parted;
    int goingCount = 0;
    TaskRows joined;
    int comingCount = 0;
    std::shared_ptr<const TaskRows> after;
    std::shared_ptr<const std::vector<int>> positions; ///< the row in `after` of every task, -1 where it has none
};

} // namespace procession
