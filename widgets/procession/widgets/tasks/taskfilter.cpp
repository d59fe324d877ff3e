// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/taskfilter.h>

#include <procession/platform/thread/threadtime.h>

#include <QtCore/QDateTime>

#include <algorithm>
#include <chrono>
#include <numeric>

namespace procession {

namespace {

using namespace std::chrono_literals;

/// The pause between two updates of the rows, as a multiple of the duration of the last update.
constexpr int RestFactor = 10;
constexpr auto LongestRest = 2000ms;
constexpr std::size_t MaximumRanges = 32;
/// So many changed tasks are looked at closely before a thread is put to work.
constexpr std::size_t FewTasks = 512;

qint64 microsecondsNow() { return QDateTime::currentMSecsSinceEpoch() * 1000; }

std::chrono::milliseconds restAfter(std::chrono::nanoseconds cost)
{
    return std::min(LongestRest, std::chrono::duration_cast<std::chrono::milliseconds>(cost * RestFactor));
}

TaskRows naturalRows(qsizetype count)
{
    TaskRows rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), TaskIndex(0));
    return rows;
}

} // namespace

/// What the thread is given and gives back.
struct TaskFilter::Work
{
    Work(TaskOrder taskOrder, qsizetype count) : order(std::move(taskOrder)), taskCount(count) { }

    void run()
    {
        TaskRows rowsBefore = before ? *before : naturalRows(taskCount);
        TaskRows rowsAfter = isRebuild ? order.build(cancelled) : order.merge(rowsBefore, std::move(changed));
        if (!cancelled)
            transition = RowTransition::between(std::move(rowsBefore), std::move(rowsAfter), taskCount);
    }

    std::atomic<bool> cancelled = false;
    bool isRebuild = false;
    TaskOrder order;
    qsizetype taskCount;
    std::shared_ptr<const TaskRows> before;
    std::vector<TaskIndex> changed;
    RowTransition transition;
    std::chrono::nanoseconds cost{0}; // in CPU time: on a busy machine the rests grow no longer
};

TaskFilter::TaskFilter(QObject *parent) : QAbstractProxyModel(parent)
{
    m_pool.setMaxThreadCount(1);
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &TaskFilter::startWork);
}

TaskFilter::~TaskFilter()
{
    if (m_work)
        m_work->cancelled = true;
    m_pool.waitForDone();
}

void TaskFilter::setTaskModel(TaskModel *model)
{
    if (m_work)
        m_work->cancelled = true;
    beginResetModel();
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    m_work.reset();
    m_rows.reset();
    m_positions.reset();
    m_changed.clear();
    setSourceModel(model);
    if (model) {
        connect(model, &TaskModel::tasksChanged, this, &TaskFilter::takeChanges);
        connect(model, &QObject::destroyed, this, [this] { setTaskModel(nullptr); });
    }
    m_rebuildWanted = model && !m_criteria.isNatural();
    endResetModel();
    if (m_rebuildWanted)
        startWork();
}

void TaskFilter::setCriteria(const TaskCriteria &criteria)
{
    if (criteria == m_criteria)
        return;
    m_criteria = criteria;
    if (!m_model)
        return;
    if (m_work)
        m_work->cancelled = true;
    m_work.reset();
    m_rebuildWanted = true;
    startWork();
}

bool TaskFilter::isBusy() const { return m_rebuildWanted || m_work || !m_changed.empty(); }

TaskIndex TaskFilter::taskAt(int row) const
{
    return m_rows ? (*m_rows)[static_cast<std::size_t>(row)] : static_cast<TaskIndex>(row);
}

std::optional<int> TaskFilter::rowOf(TaskIndex task) const
{
    if (!m_rows)
        return static_cast<int>(task);
    const int row = (*m_positions)[task];
    // Between the steps of a transition the positions run ahead of the rows.
    const bool isThere = row >= 0 && row < rowCount() && taskAt(row) == task;
    return isThere ? std::optional(row) : std::nullopt;
}

QModelIndex TaskFilter::mapFromSource(const QModelIndex &sourceIndex) const
{
    if (!sourceIndex.isValid())
        return {};
    const std::optional<int> row = rowOf(static_cast<TaskIndex>(sourceIndex.row()));
    return row ? index(*row, sourceIndex.column()) : QModelIndex();
}

QModelIndex TaskFilter::mapToSource(const QModelIndex &proxyIndex) const
{
    if (!proxyIndex.isValid() || !m_model)
        return {};
    return m_model->index(static_cast<int>(taskAt(proxyIndex.row())), proxyIndex.column());
}

QModelIndex TaskFilter::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex TaskFilter::parent(const QModelIndex &) const { return {}; }

int TaskFilter::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid() || !m_model)
        return 0;
    return m_rows ? static_cast<int>(m_rows->size()) : m_model->rowCount();
}

int TaskFilter::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : TaskModel::ColumnCount; }

QVariant TaskFilter::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_model && orientation == Qt::Horizontal ? m_model->headerData(section, orientation, role) : QVariant();
}

void TaskFilter::sort(int column, Qt::SortOrder order)
{
    TaskCriteria criteria = m_criteria;
    criteria.key = column < 0 ? TaskSortKey::Number : static_cast<TaskSortKey>(column);
    criteria.descending = column >= 0 && order == Qt::DescendingOrder;
    setCriteria(criteria);
}

void TaskFilter::takeChanges(const std::vector<TaskIndex> &tasks)
{
    announceData(tasks);
    if (m_criteria.isNatural())
        return;
    m_changed.insert(m_changed.end(), tasks.begin(), tasks.end());
    if (m_criteria.key == TaskSortKey::Duration) // those of all running ones have grown
        m_changed.insert(m_changed.end(), m_model->runningTasks().begin(), m_model->runningTasks().end());
    if (!m_work && !m_next.isActive())
        startWork();
}

void TaskFilter::announceData(const std::vector<TaskIndex> &tasks)
{
    std::vector<int> rows;
    rows.reserve(tasks.size());
    for (const TaskIndex task : tasks) {
        if (const std::optional<int> row = rowOf(task))
            rows.push_back(*row);
    }
    if (rows.empty())
        return;
    std::sort(rows.begin(), rows.end());
    const auto announceRange
        = [this](int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, TaskModel::ColumnCount - 1)); };
    if (rows.size() > MaximumRanges)
        return announceRange(rows.front(), rows.back());
    for (auto first = rows.begin(); first != rows.end();) {
        auto last = first;
        while (std::next(last) != rows.end() && *std::next(last) == *last + 1)
            ++last;
        announceRange(*first, *last);
        first = std::next(last);
    }
}

/// Takes from `m_changed` what needs no change of rows.
void TaskFilter::dropSettledChanges(const TaskOrder &order)
{
    const bool areFew = m_changed.size() <= FewTasks;
    std::erase_if(m_changed, [&](TaskIndex task) {
        const bool isShown = rowOf(task).has_value();
        const bool fits = m_criteria.matchesRecord(m_model->record(task)) && (isShown || !areFew || order.matches(task));
        return isShown == fits && !(fits && m_criteria.keyChanges());
    });
}

void TaskFilter::startWork()
{
    m_next.stop();
    if (m_work || !m_model)
        return;
    TaskOrder order(m_model->source(), m_model->records(), m_criteria, microsecondsNow());
    if (m_rebuildWanted)
        m_changed.clear();
    else
        dropSettledChanges(order);
    if (!m_rebuildWanted && m_changed.empty()) {
        Q_EMIT settled();
        return;
    }
    m_work = std::make_shared<Work>(std::move(order), m_model->rowCount());
    m_work->isRebuild = std::exchange(m_rebuildWanted, false);
    m_work->before = m_rows;
    m_work->changed = std::exchange(m_changed, {});
    m_pool.start([this, work = m_work] {
        const auto before = threadCpuTime();
        if (!work->cancelled)
            work->run();
        work->cost = threadCpuTime() - before;
        QMetaObject::invokeMethod(
            this, [this, work] { finishWork(work); }, Qt::QueuedConnection);
    });
}

void TaskFilter::finishWork(const std::shared_ptr<Work> &work)
{
    if (work != m_work)
        return; // the criteria or the model changed meanwhile
    const auto before = threadCpuTime();
    RowTransition &transition = work->transition;
    RowTransition::Positions positionsBefore = m_positions;
    if (transition.isSimple)
        makeSimple(transition);
    else
        makeFull(transition);
    if (m_criteria.isNatural()) {
        m_rows.reset();
        m_positions.reset();
    }
    m_work.reset();
    // The thread frees the lists that are no longer needed: for a million tasks that takes milliseconds.
    m_pool.start([transition = std::move(transition), rowsBefore = std::move(work->before),
                     positionsBefore = std::move(positionsBefore)] {});
    if (!m_changed.empty())
        m_next.start(restAfter(work->cost + threadCpuTime() - before));
    else
        Q_EMIT settled();
}

void TaskFilter::makeSimple(const RowTransition &transition)
{
    // Views may look at m_rows between the steps.
    const std::shared_ptr<TaskRows> &rows = transition.before;
    m_rows = rows;
    m_positions = transition.positions;
    for (const RowTransition::Range range : transition.removed) {
        beginRemoveRows({}, range.first, range.last);
        rows->erase(rows->begin() + range.first, rows->begin() + range.last + 1);
        endRemoveRows();
    }
    for (const RowTransition::Range range : transition.inserted) {
        beginInsertRows({}, range.first, range.last);
        rows->insert(
            rows->begin() + range.first, transition.after->begin() + range.first, transition.after->begin() + range.last + 1);
        endInsertRows();
    }
}

void TaskFilter::makeFull(const RowTransition &transition)
{
    m_rows = transition.before;
    m_positions = transition.positions;
    if (transition.parted)
        reorder(transition.parted, transition.partedPositions);
    if (transition.staying) {
        beginRemoveRows({}, static_cast<int>(transition.staying->size()), rowCount() - 1);
        m_rows = transition.staying;
        endRemoveRows();
    }
    if (transition.joined) {
        beginInsertRows({}, rowCount(), static_cast<int>(transition.joined->size()) - 1);
        m_rows = transition.joined;
        endInsertRows();
    }
    if (*m_rows != *transition.after)
        reorder(transition.after, transition.positions);
}

void TaskFilter::reorder(const RowTransition::Rows &rows, const RowTransition::Positions &positions)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    const RowTransition::Rows rowsBefore = std::exchange(m_rows, rows);
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &old : before) {
        const TaskIndex task = (*rowsBefore)[static_cast<std::size_t>(old.row())];
        after.append(createIndex((*positions)[task], old.column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

} // namespace procession
