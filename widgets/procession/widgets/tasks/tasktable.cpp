// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/tasktable.h>

#include <algorithm>

namespace procession {

TaskTable::TaskTable(qsizetype count) : m_count(count)
{
    const QList<TaskRecord> page(PageSize); // every page shares this one until it changes
    m_pages.assign((static_cast<std::size_t>(count) + PageSize - 1) / PageSize, page);
}

TaskTable::TaskTable(const std::vector<TaskRecord> &records) : m_count(static_cast<qsizetype>(records.size()))
{
    for (std::size_t from = 0; from < records.size(); from += PageSize) {
        const std::size_t to = std::min(records.size(), from + PageSize);
        const auto at = [&records](std::size_t i) { return records.begin() + static_cast<std::ptrdiff_t>(i); };
        m_pages.emplace_back(at(from), at(to));
    }
}

void TaskTable::set(TaskIndex task, const TaskRecord &record)
{
    m_pages[task / PageSize][static_cast<qsizetype>(task % PageSize)] = record;
}

} // namespace procession
