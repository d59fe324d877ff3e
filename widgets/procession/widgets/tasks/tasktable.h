// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/attempt.h>

#include <QtCore/QList>

#include <vector>

namespace procession {

/// The records of all tasks of a job. Copies are cheap and share what has not changed since, so another thread can look
/// at a million records as they were while the owner changes them.
class TaskTable
{
public:
    explicit TaskTable(qsizetype count = 0);
    explicit TaskTable(const std::vector<TaskRecord> &records);

    qsizetype count() const { return m_count; }
    const TaskRecord &at(TaskIndex task) const { return m_pages[task / PageSize].at(static_cast<qsizetype>(task % PageSize)); }
    void set(TaskIndex task, const TaskRecord &record);

private:
    static constexpr TaskIndex PageSize = 4096;

    qsizetype m_count = 0;
    std::vector<QList<TaskRecord>> m_pages;
};

} // namespace procession
