// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/taskorder.h>

#include <procession/text/displaytext.h>

#include <algorithm>
#include <iterator>

namespace procession {

namespace {

/// A task with what decides its place, made once for each task and not for each comparison.
template <typename Key>
struct Keyed
{
    Key key;
    TaskIndex task;
};

constexpr TaskIndex TasksBetweenLooks = 1024; // at the flag that cancels

/// Sorts so that equal keys are in the tasks' order, whichever way the keys are sorted.
template <typename Key>
void sortKeyed(std::vector<Keyed<Key>> &keyed, bool descending)
{
    std::sort(keyed.begin(), keyed.end(), [descending](const Keyed<Key> &a, const Keyed<Key> &b) {
        if (a.key == b.key)
            return a.task < b.task;
        return descending ? b.key < a.key : a.key < b.key;
    });
}

/// Exit codes first, then signals, then what never ran: each in the order of their numbers.
qint64 exitKey(const TaskRecord &record)
{
    return (qint64(record.status.kind) << 40) + (qint64(record.cause) << 32) + record.status.value;
}

} // namespace

TaskOrder::TaskOrder(std::shared_ptr<const TaskSource> source, TaskTable records, const TaskCriteria &criteria, qint64 now)
    : m_source(std::move(source)),
      m_records(std::move(records)),
      m_criteria(criteria),
      m_matcher(criteria.text, Qt::CaseInsensitive),
      m_now(now)
{
}

bool TaskOrder::matches(TaskIndex task) const
{
    return m_criteria.matchesRecord(m_records.at(task))
        && (m_criteria.text.isEmpty() || m_matcher.indexIn(displayText(m_source->title(task))) >= 0);
}

std::vector<TaskIndex> TaskOrder::build(const std::atomic<bool> &cancelled) const
{
    std::vector<TaskIndex> rows;
    const auto count = static_cast<TaskIndex>(m_records.count());
    for (TaskIndex task = 0; task < count; ++task) {
        if (task % TasksBetweenLooks == 0 && cancelled)
            return rows;
        if (matches(task))
            rows.push_back(task);
    }
    sort(rows, cancelled);
    return rows;
}

std::vector<TaskIndex> TaskOrder::merge(const std::vector<TaskIndex> &rows, std::vector<TaskIndex> changed) const
{
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    std::vector<bool> isChanged(static_cast<std::size_t>(m_records.count()));
    for (const TaskIndex task : changed)
        isChanged[task] = true;
    std::erase_if(changed, [this](TaskIndex task) { return !matches(task); });
    const std::atomic<bool> never = false;
    sort(changed, never);

    std::vector<TaskIndex> kept;
    kept.reserve(rows.size());
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(kept), [&isChanged](TaskIndex task) { return !isChanged[task]; });

    std::vector<TaskIndex> merged;
    merged.reserve(kept.size() + changed.size());
    auto from = kept.cbegin();
    for (const TaskIndex task : changed) {
        // A search for each, for the changed ones are few and to compare titles is dear.
        const auto to = std::lower_bound(from, kept.cend(), task, [this](TaskIndex a, TaskIndex b) { return less(a, b); });
        merged.insert(merged.end(), from, to);
        merged.push_back(task);
        from = to;
    }
    merged.insert(merged.end(), from, kept.cend());
    return merged;
}

bool TaskOrder::less(TaskIndex a, TaskIndex b) const
{
    if (m_criteria.key == TaskSortKey::Title) {
        const int order = titleKey(a).compare(titleKey(b));
        return order == 0 ? a < b : (order < 0) != m_criteria.descending;
    }
    const qint64 keyA = numberKey(a);
    const qint64 keyB = numberKey(b);
    return keyA == keyB ? a < b : (keyA < keyB) != m_criteria.descending;
}

QString TaskOrder::titleKey(TaskIndex task) const { return displayText(m_source->title(task)).toCaseFolded(); }

qint64 TaskOrder::numberKey(TaskIndex task) const
{
    const TaskRecord &record = m_records.at(task);
    switch (m_criteria.key) {
    case TaskSortKey::Number:
    case TaskSortKey::Title:
        return task;
    case TaskSortKey::State:
        return static_cast<qint64>(record.state);
    case TaskSortKey::Worker:
        return record.worker;
    case TaskSortKey::Started:
        return record.startedAt;
    case TaskSortKey::Duration:
        return record.state == TaskState::Running ? m_now - record.startedAt : record.duration;
    case TaskSortKey::Exit:
        return exitKey(record);
    case TaskSortKey::Attempts:
        return record.attempts;
    }
    Q_UNREACHABLE();
}

void TaskOrder::sort(std::vector<TaskIndex> &rows, const std::atomic<bool> &cancelled) const
{
    if (m_criteria.key == TaskSortKey::Number && !m_criteria.descending)
        return; // they are found in this order
    if (m_criteria.key == TaskSortKey::Title)
        sortBy<QString>(rows, cancelled, [this](TaskIndex task) { return titleKey(task); });
    else
        sortBy<qint64>(rows, cancelled, [this](TaskIndex task) { return numberKey(task); });
}

template <typename Key, typename KeyOf>
void TaskOrder::sortBy(std::vector<TaskIndex> &rows, const std::atomic<bool> &cancelled, const KeyOf &keyOf) const
{
    std::vector<Keyed<Key>> keyed;
    keyed.reserve(rows.size());
    for (const TaskIndex task : rows) {
        if (keyed.size() % TasksBetweenLooks == 0 && cancelled)
            return;
        keyed.push_back({keyOf(task), task});
    }
    sortKeyed(keyed, m_criteria.descending);
    std::transform(keyed.begin(), keyed.end(), rows.begin(), [](const Keyed<Key> &one) { return one.task; });
}

} // namespace procession
