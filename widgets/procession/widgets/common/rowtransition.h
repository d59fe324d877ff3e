// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/attempt.h>

#include <memory>
#include <vector>

namespace procession {

using TaskRows = std::vector<TaskIndex>;

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
    static RowTransition between(TaskRows before, TaskRows after, qsizetype taskCount);

    using Rows = std::shared_ptr<const TaskRows>;
    using Positions = std::shared_ptr<const std::vector<int>>; ///< the row of every task, -1 where it has none

    /// Whether rows are only removed and inserted, in few places, which `removed` and `inserted` name. Otherwise the rows first take the
    /// order `parted` (kept rows, then removed ones), the latter are removed to leave `staying`, rows are appended to make `joined`, and
    /// finally the rows take the order `after`.
    bool isSimple = true;
    std::shared_ptr<TaskRows> before; ///< a copy of its own, which the simple steps may change
    std::vector<Range> removed; ///< rows of `before`, the last range first
    std::vector<Range> inserted; ///< rows of `after`, the first range first
    Rows parted; ///< null where it is the order of `before`
    Positions partedPositions;
    Rows staying; ///< null where no row goes
    Rows joined; ///< null where no row comes
    Rows after;
    Positions positions; ///< in `after`
};

} // namespace procession
