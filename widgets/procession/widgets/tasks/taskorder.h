// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/tasksource.h>
#include <procession/widgets/tasks/tasktable.h>

#include <QtCore/QStringMatcher>

#include <atomic>
#include <memory>
#include <vector>

namespace procession {

/// A set of task states.
class TaskStates
{
public:
    constexpr TaskStates() = default;
    static constexpr TaskStates all() { return TaskStates((1U << TaskStateCount) - 1); }
    constexpr bool contains(TaskState state) const { return ((m_bits >> static_cast<unsigned>(state)) & 1U) != 0; }
    constexpr void set(TaskState state, bool on)
    {
        const unsigned bit = 1U << static_cast<unsigned>(state);
        m_bits = on ? m_bits | bit : m_bits & ~bit;
    }
    friend constexpr bool operator==(TaskStates, TaskStates) = default;

private:
    explicit constexpr TaskStates(unsigned bits) : m_bits(bits) { }

    unsigned m_bits = 0;
};

/// What of a task decides its place; ties are in the tasks' own order.
enum class TaskSortKey { Number, Title, State, Worker, Started, Duration, Exit, Attempts };

/// Which tasks to show, and in what order.
struct TaskCriteria
{
    TaskStates states = TaskStates::all();
    QString text; ///< is in the title as people see it, whatever the case; empty for any
    int worker = 0; ///< of the last attempt; 0 for any
    TaskSortKey key = TaskSortKey::Number;
    bool descending = false;

    bool showsAll() const { return states == TaskStates::all() && text.isEmpty() && worker == 0; }
    /// Whether the position of every task is fixed.
    bool isNatural() const { return showsAll() && key == TaskSortKey::Number && !descending; }
    /// Whether a change of a task's record can move its row.
    bool keyChanges() const { return key != TaskSortKey::Number && key != TaskSortKey::Title; }
    /// Checks the criteria that depend on the record alone.
    bool matchesRecord(const TaskRecord &record) const
    {
        return states.contains(record.state) && (worker == 0 || record.worker == worker);
    }
    friend bool operator==(const TaskCriteria &, const TaskCriteria &) = default;
};

/// Filters and sorts the tasks of a snapshot. Every function may be called from any thread.
class TaskOrder
{
public:
    /// \param now  microseconds since the epoch, to know how long the running tasks have run
    TaskOrder(std::shared_ptr<const TaskSource> source, TaskTable records, const TaskCriteria &criteria, qint64 now);

    bool matches(TaskIndex task) const;
    /// All tasks that match, in order; anything once `cancelled` is true.
    std::vector<TaskIndex> build(const std::atomic<bool> &cancelled) const;
    /// As build(), but from `rows`, which was right before the tasks of `changed` changed.
    std::vector<TaskIndex> merge(const std::vector<TaskIndex> &rows, std::vector<TaskIndex> changed) const;

private:
    bool less(TaskIndex a, TaskIndex b) const;
    QString titleKey(TaskIndex task) const;
    qint64 numberKey(TaskIndex task) const;
    void sort(std::vector<TaskIndex> &rows, const std::atomic<bool> &cancelled) const;
    template <typename Key, typename KeyOf>
    void sortBy(std::vector<TaskIndex> &rows, const std::atomic<bool> &cancelled, const KeyOf &keyOf) const;

    std::shared_ptr<const TaskSource> m_source;
    TaskTable m_records;
    TaskCriteria m_criteria;
    QStringMatcher m_matcher;
    qint64 m_now;
};

} // namespace procession
