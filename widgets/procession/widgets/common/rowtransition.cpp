// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/rowtransition.h>

#include <algorithm>
#include <iterator>

namespace procession {

namespace {

constexpr std::size_t MaximumSimpleRanges = 16;

/// The ranges of rows whose task is not in `others`, given as the rows of all tasks there.
std::vector<RowTransition::Range> rangesMissingFrom(const std::vector<int> &others, const TaskRows &rows)
{
    std::vector<RowTransition::Range> ranges;
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        if (others[rows[static_cast<std::size_t>(row)]] >= 0)
            continue;
        if (!ranges.empty() && ranges.back().last == row - 1)
            ranges.back().last = row;
        else
            ranges.push_back({row, row});
    }
    return ranges;
}

bool keepsOrder(const TaskRows &before, const std::vector<int> &rowsAfter)
{
    int last = -1;
    for (const TaskIndex task : before) {
        const int row = rowsAfter[task];
        if (row < 0)
            continue;
        if (row < last)
            return false;
        last = row;
    }
    return true;
}

std::vector<int> rowsOfTasks(const TaskRows &rows, qsizetype taskCount)
{
    std::vector<int> positions(static_cast<std::size_t>(taskCount), -1);
    for (std::size_t row = 0; row < rows.size(); ++row)
        positions[rows[row]] = static_cast<int>(row);
    return positions;
}

} // namespace

RowTransition RowTransition::between(TaskRows before, TaskRows after, qsizetype taskCount)
{
    const std::vector<int> rowsBefore = rowsOfTasks(before, taskCount);
    std::vector<int> rowsAfter = rowsOfTasks(after, taskCount);

    RowTransition transition;
    transition.removed = rangesMissingFrom(rowsAfter, before);
    transition.inserted = rangesMissingFrom(rowsBefore, after);
    transition.isSimple = transition.removed.size() <= MaximumSimpleRanges && transition.inserted.size() <= MaximumSimpleRanges
        && keepsOrder(before, rowsAfter);
    if (transition.isSimple) {
        std::reverse(transition.removed.begin(), transition.removed.end());
    } else {
        const auto isIn = [](const std::vector<int> &rows) { return [&rows](TaskIndex task) { return rows[task] >= 0; }; };
        TaskRows staying;
        std::copy_if(after.begin(), after.end(), std::back_inserter(staying), isIn(rowsBefore));
        TaskRows parted = staying;
        std::remove_copy_if(before.begin(), before.end(), std::back_inserter(parted), isIn(rowsAfter));
        TaskRows joined = staying;
        std::remove_copy_if(after.begin(), after.end(), std::back_inserter(joined), isIn(rowsBefore));
        if (joined.size() > staying.size())
            transition.joined = std::make_shared<const TaskRows>(std::move(joined));
        if (parted.size() > staying.size())
            transition.staying = std::make_shared<const TaskRows>(std::move(staying));
        if (parted != before) {
            transition.partedPositions = std::make_shared<const std::vector<int>>(rowsOfTasks(parted, taskCount));
            transition.parted = std::make_shared<const TaskRows>(std::move(parted));
        }
    }
    transition.before = std::make_shared<TaskRows>(std::move(before));
    transition.after = std::make_shared<const TaskRows>(std::move(after));
    transition.positions = std::make_shared<const std::vector<int>>(std::move(rowsAfter));
    return transition;
}

} // namespace procession
