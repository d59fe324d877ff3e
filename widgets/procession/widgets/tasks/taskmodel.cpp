// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/taskmodel.h>

#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>

#include <QtCore/QDateTime>
#include <QtCore/QDeadlineTimer>

#include <algorithm>
#include <chrono>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto RefreshBudget = 12ms;
constexpr std::size_t ChangesBetweenLooks = 512; // at the clock
constexpr std::size_t MaximumRanges = 32; // in one refresh; views redraw all at once anyway
constexpr qint64 TickInterval = 1'000'000;

qint64 microsecondsNow() { return QDateTime::currentMSecsSinceEpoch() * 1000; }

QString runningText(const TaskRecord &record)
{
    return record.startedAt == 0 ? QString() : clockText(microsecondsNow() - record.startedAt);
}

QString durationCell(const TaskRecord &record)
{
    if (record.state == TaskState::Running)
        return runningText(record);
    return record.status.kind == ExitStatus::Kind::None ? QString() : durationText(record.duration);
}

bool isNumeric(int column)
{
    switch (column) {
    case TaskModel::NumberColumn:
    case TaskModel::DurationColumn:
    case TaskModel::StartedColumn:
    case TaskModel::AttemptsColumn:
        return true;
    default:
        return false;
    }
}

} // namespace

TaskModel::TaskModel(std::shared_ptr<const TaskSource> source, std::shared_ptr<TaskFeed> feed,
    const std::vector<TaskRecord> &records, QObject *parent)
    : QAbstractTableModel(parent),
      m_source(std::move(source)),
      m_feed(std::move(feed)),
      m_records(records.empty() ? TaskTable(m_source->count()) : TaskTable(records))
{
    Q_ASSERT(m_records.count() == m_source->count());
    m_counts[static_cast<std::size_t>(TaskState::Queued)] = m_records.count() - static_cast<qsizetype>(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        const TaskRecord &record = records[i];
        count(record, 1);
        if (record.state == TaskState::Running)
            m_running.insert(static_cast<TaskIndex>(i));
        if (record.status.kind == ExitStatus::Kind::Exited)
            m_durations.add(record.duration);
    }
}

TaskModel::~TaskModel() = default;

int TaskModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_records.count()); }

int TaskModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant TaskModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto task = static_cast<TaskIndex>(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return displayData(task, index.column());
    case Qt::ToolTipRole:
        return index.column() == TitleColumn ? QVariant(displayText(m_source->title(task))) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case StateRole:
        return static_cast<int>(record(task).state);
    case TaskRole:
        return task;
    default:
        return {};
    }
}

QVariant TaskModel::displayData(TaskIndex task, int column) const
{
    const TaskRecord &record = m_records.at(task);
    switch (column) {
    case NumberColumn:
        return countText(qint64(task) + 1);
    case TitleColumn:
        return displayText(m_source->title(task));
    case StateColumn:
        return stateText(record.state);
    case WorkerColumn:
        return record.worker == 0 ? QString() : tr("worker-%1").arg(record.worker);
    case StartedColumn:
        return timeText(record.startedAt);
    case DurationColumn:
        return durationCell(record);
    case ExitColumn:
        return record.state == TaskState::Running ? QString() : outcomeText(record.status, record.cause);
    case AttemptsColumn:
        return record.attempts == 0 ? QString() : countText(record.attempts);
    default:
        return {};
    }
}

QVariant TaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("#", "number of a task");
    case TitleColumn:
        return tr("Task");
    case StateColumn:
        return tr("State");
    case WorkerColumn:
        return tr("Worker");
    case StartedColumn:
        return tr("Started");
    case DurationColumn:
        return tr("Duration");
    case ExitColumn:
        return tr("Exit");
    case AttemptsColumn:
        return tr("Attempts");
    default:
        return {};
    }
}

void TaskModel::refresh()
{
    if (m_feed && m_pendingFrom == m_pending.size()) {
        m_pending = m_feed->take();
        m_pendingFrom = 0;
    }
    std::vector<TaskIndex> changed;
    const QDeadlineTimer deadline(RefreshBudget);
    while (m_pendingFrom < m_pending.size() && !deadline.hasExpired()) {
        const std::size_t to = std::min(m_pending.size(), m_pendingFrom + ChangesBetweenLooks);
        for (; m_pendingFrom < to; ++m_pendingFrom) {
            const TaskFeed::Change &change = m_pending[m_pendingFrom];
            apply(change.task, change.record);
            changed.push_back(change.task);
        }
    }
    const bool hasChanged = !changed.empty();
    announce(std::move(changed));
    if (hasChanged)
        Q_EMIT countsChanged();
    tickRunning();
}

void TaskModel::count(const TaskRecord &record, int by) { m_counts[static_cast<std::size_t>(record.state)] += by; }

void TaskModel::apply(TaskIndex task, const TaskRecord &record)
{
    const TaskRecord &old = m_records.at(task);
    count(old, -1);
    count(record, 1);
    if (old.state == TaskState::Running && record.state != TaskState::Running) {
        m_running.erase(task);
        m_durations.add(record.duration);
    }
    if (record.state == TaskState::Running)
        m_running.insert(task);
    m_records.set(task, record);
}

void TaskModel::announce(std::vector<TaskIndex> tasks)
{
    if (tasks.empty())
        return;
    std::sort(tasks.begin(), tasks.end());
    tasks.erase(std::unique(tasks.begin(), tasks.end()), tasks.end());

    const auto emitRange = [this](TaskIndex first, TaskIndex last) {
        Q_EMIT dataChanged(index(static_cast<int>(first), NumberColumn), index(static_cast<int>(last), ColumnCount - 1));
    };
    if (tasks.size() > MaximumRanges) {
        emitRange(tasks.front(), tasks.back());
    } else {
        for (auto first = tasks.begin(); first != tasks.end();) {
            auto last = first;
            while (std::next(last) != tasks.end() && *std::next(last) == *last + 1)
                ++last;
            emitRange(*first, *last);
            first = std::next(last);
        }
    }
    Q_EMIT tasksChanged(tasks);
}

void TaskModel::tickRunning()
{
    const qint64 now = microsecondsNow();
    if (now - m_lastTick < TickInterval && now >= m_lastTick)
        return;
    m_lastTick = now;
    announce({m_running.begin(), m_running.end()});
}

} // namespace procession
