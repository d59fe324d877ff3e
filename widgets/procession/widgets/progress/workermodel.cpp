// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/progress/workermodel.h>

#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>

#include <algorithm>

namespace procession {

namespace {

constexpr qint64 Second = 1'000'000;
constexpr qint64 MarkDuration = 2 * Second;
constexpr qint64 SampleInterval = Second;
constexpr qsizetype HistoryLength = 60;
constexpr qint64 LeastHungTime = 10 * Second;
constexpr qint64 HungFactor = 8;

bool isSameAttempt(const WorkerSnapshot &a, const WorkerSnapshot &b)
{
    return a.hasTask && b.hasTask && a.task == b.task && a.taskStartedAt == b.taskStartedAt;
}

double doneOf(const AttemptProgress &progress)
{
    return progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : 0;
}

/// What a function says of itself: "40% row 12".
QString progressText(const AttemptProgress &progress)
{
    QStringList parts;
    if (progress.total > 0)
        parts.append(percentText(doneOf(progress)));
    else if (progress.done > 0)
        parts.append(countText(progress.done));
    if (!progress.text.isEmpty())
        parts.append(displayText(progress.text.toUtf8()));
    return parts.join(QLatin1Char(' '));
}

} // namespace

struct WorkerModel::Row
{
    Row(const WorkerSnapshot &worker, qint64 time) : now(worker), atLastSample(worker), appearedAt(time) { }

    WorkerSnapshot now;
    WorkerSnapshot atLastSample;
    qint64 appearedAt;
    qint64 goneAt = 0; // 0 while it is there
    double cpu = 0;
    QList<double> history;
};

WorkerModel::WorkerModel(QObject *parent) : QAbstractTableModel(parent) { }

WorkerModel::~WorkerModel() = default;

void WorkerModel::setSource(std::shared_ptr<const TaskSource> source)
{
    beginResetModel();
    m_source = std::move(source);
    m_rows.clear();
    m_firstUpdate = 0;
    m_lastSample = 0;
    m_largestMemory = 0;
    endResetModel();
}

void WorkerModel::update(const std::vector<WorkerSnapshot> &workers, qint64 typicalDuration, qint64 now)
{
    m_now = now;
    m_typicalDuration = typicalDuration;
    if (m_firstUpdate == 0)
        m_firstUpdate = now;
    removeGone(workers);
    insertOrUpdate(workers);
    if (now - m_lastSample >= SampleInterval)
        sampleCpu();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void WorkerModel::removeGone(const std::vector<WorkerSnapshot> &workers)
{
    for (int i = rowCount() - 1; i >= 0; --i) {
        Row &row = m_rows[static_cast<std::size_t>(i)];
        const bool isThere = std::any_of(
            workers.begin(), workers.end(), [&row](const WorkerSnapshot &worker) { return worker.id == row.now.id; });
        if (isThere) {
            row.goneAt = 0;
        } else if (row.goneAt == 0) {
            row.goneAt = m_now;
            row.now.hasTask = false;
            row.now.pid = 0;
        } else if (m_now - row.goneAt >= MarkDuration) {
            beginRemoveRows({}, i, i);
            m_rows.erase(m_rows.begin() + i);
            endRemoveRows();
        }
    }
}

void WorkerModel::insertOrUpdate(const std::vector<WorkerSnapshot> &workers)
{
    std::size_t i = 0;
    for (const WorkerSnapshot &worker : workers) {
        while (i < m_rows.size() && m_rows[i].now.id < worker.id)
            ++i;
        if (i == m_rows.size() || m_rows[i].now.id != worker.id) {
            const int row = static_cast<int>(i);
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, Row(worker, m_now));
            endInsertRows();
        }
        m_rows[i].now = worker;
        m_largestMemory = std::max(m_largestMemory, worker.memory);
    }
}

void WorkerModel::sampleCpu()
{
    const auto passed = static_cast<double>(m_now - m_lastSample);
    for (Row &row : m_rows) {
        const qint64 before = isSameAttempt(row.now, row.atLastSample) ? row.atLastSample.cpuTime : 0;
        const qint64 used = row.now.hasTask ? std::max<qint64>(row.now.cpuTime - before, 0) : 0;
        row.cpu = m_lastSample == 0 ? 0 : static_cast<double>(used) / passed;
        row.history.append(row.cpu);
        if (row.history.size() > HistoryLength)
            row.history.removeFirst();
        row.atLastSample = row.now;
    }
    m_lastSample = m_now;
}

const WorkerSnapshot &WorkerModel::worker(int row) const { return m_rows[static_cast<std::size_t>(row)].now; }

bool WorkerModel::isHung(int row) const
{
    const WorkerSnapshot &worker = m_rows[static_cast<std::size_t>(row)].now;
    return worker.state == WorkerState::Busy && worker.hasTask && m_typicalDuration > 0
        && m_now - worker.taskStartedAt > std::max(LeastHungTime, HungFactor * m_typicalDuration);
}

bool WorkerModel::hasProgress() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.now.progress != AttemptProgress(); });
}

QString WorkerModel::workerName(int id) { return tr("worker-%1").arg(id); }

int WorkerModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int WorkerModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant WorkerModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return cellText(row, index);
    case Qt::ToolTipRole:
        return toolTip(row, index);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignment(index.column()));
    case SortRole:
        return sortValue(row, index);
    case WorkerRole:
        return row.now.id;
    case HistoryRole:
        return QVariant::fromValue(row.history);
    case RatioRole:
        if (index.column() == ProgressColumn)
            return row.now.progress.total > 0 ? QVariant(doneOf(row.now.progress)) : QVariant();
        return m_largestMemory == 0 ? 0.0 : static_cast<double>(row.now.memory) / static_cast<double>(m_largestMemory);
    case MarkRole:
        return static_cast<int>(markOf(row));
    case HungRole:
        return isHung(index.row());
    default:
        return {};
    }
}

WorkerModel::Mark WorkerModel::markOf(const Row &row) const
{
    if (row.goneAt != 0)
        return Mark::Gone;
    // All are new when the job starts, which says nothing.
    const bool isNew = row.appearedAt > m_firstUpdate && m_now - row.appearedAt < MarkDuration;
    return isNew ? Mark::New : Mark::None;
}

QString WorkerModel::cellText(const Row &row, const QModelIndex &index) const
{
    const WorkerSnapshot &worker = row.now;
    switch (index.column()) {
    case NameColumn:
        return workerName(worker.id);
    case PidColumn:
        return worker.pid == 0 ? QString() : QString::number(worker.pid);
    case StateColumn:
        if (row.goneAt != 0)
            return tr("gone", "worker");
        return isHung(index.row()) ? tr("hung?", "worker") : stateText(worker.state);
    case TaskColumn:
        return worker.hasTask && m_source ? displayText(m_source->title(worker.task)) : QString();
    case ForColumn:
        return worker.hasTask ? clockText(m_now - worker.taskStartedAt) : QString();
    case DoneColumn:
        return countText(worker.done);
    case FailedColumn:
        return countText(worker.failed);
    case CpuColumn:
        // A task that has just started was not measured yet.
        return worker.hasTask && worker.memory > 0 ? percentText(row.cpu) : QString();
    case MemoryColumn:
        return worker.memory > 0 ? sizeText(worker.memory) : QString();
    case ProgressColumn:
        return progressText(worker.progress);
    default:
        return {};
    }
}

QVariant WorkerModel::sortValue(const Row &row, const QModelIndex &index) const
{
    const WorkerSnapshot &worker = row.now;
    switch (index.column()) {
    case NameColumn:
        return worker.id;
    case PidColumn:
        return worker.pid;
    case ForColumn:
        return worker.hasTask ? m_now - worker.taskStartedAt : -1;
    case DoneColumn:
        return worker.done;
    case FailedColumn:
        return worker.failed;
    case CpuColumn:
        return row.cpu;
    case MemoryColumn:
        return worker.memory;
    case ProgressColumn:
        return doneOf(worker.progress);
    default:
        return cellText(row, index);
    }
}

QString WorkerModel::toolTip(const Row &row, const QModelIndex &index) const
{
    if (index.column() == TaskColumn)
        return row.now.hasTask && m_source ? displayText(m_source->description(row.now.task)) : QString();
    if (index.column() == ProgressColumn)
        return cellText(row, index); // it may be longer than the column
    if (index.column() == StateColumn && isHung(index.row())) {
        return tr("Its task has run for %1; others took %2.")
            .arg(clockText(m_now - row.now.taskStartedAt), durationText(m_typicalDuration));
    }
    return {};
}

Qt::Alignment WorkerModel::alignment(int column)
{
    switch (column) {
    case PidColumn:
    case ForColumn:
    case DoneColumn:
    case FailedColumn:
    case CpuColumn:
    case MemoryColumn:
        return Qt::AlignVCenter | Qt::AlignRight;
    default:
        return Qt::AlignVCenter | Qt::AlignLeft;
    }
}

QVariant WorkerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(alignment(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case PidColumn:
        return tr("PID");
    case StateColumn:
        return tr("State");
    case TaskColumn:
        return tr("Task");
    case ForColumn:
        return tr("For", "how long the task has run");
    case DoneColumn:
        return tr("Done");
    case FailedColumn:
        return tr("Failed");
    case CpuColumn:
        return tr("CPU");
    case MemoryColumn:
        return tr("Memory");
    case ProgressColumn:
        return tr("Progress");
    default:
        return {};
    }
}

} // namespace procession
