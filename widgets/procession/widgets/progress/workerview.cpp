// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/progress/workerview.h>

#include <procession/text/displaytext.h>
#include <procession/widgets/common/tableview.h>
#include <procession/widgets/progress/workerdelegates.h>

#include <QtCore/QEvent>
#include <QtCore/QSortFilterProxyModel>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace procession {

namespace {

constexpr int MostNamedTasks = 5; // in a question
constexpr int LeastTaskCharacters = 20;

bool isEnding(WorkerSignal signal) { return signal == WorkerSignal::Terminate || signal == WorkerSignal::Kill; }

} // namespace

WorkerView::WorkerView(QWidget *parent)
    : QWidget(parent), m_model(new WorkerModel(this)), m_sorted(new QSortFilterProxyModel(this)), m_table(new TableView)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_table);
    buildTable();
    buildActions();
    retranslate();
}

WorkerView::~WorkerView() = default;

QTableView *WorkerView::table() const { return m_table; }

void WorkerView::buildTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(WorkerModel::SortRole);
    m_sorted->setDynamicSortFilter(true);
    m_table->setModel(m_sorted);
    m_table->setItemDelegate(new WorkerDelegate(m_table));
    m_table->setItemDelegateForColumn(WorkerModel::CpuColumn, new SparklineDelegate(m_table));
    m_table->setItemDelegateForColumn(WorkerModel::MemoryColumn, new MemoryDelegate(m_table));
    m_table->setItemDelegateForColumn(WorkerModel::ProgressColumn, new ProgressDelegate(m_table));
    QHeaderView *header = m_table->horizontalHeader();
    header->setSortIndicator(WorkerModel::NameColumn, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    header->setSectionResizeMode(WorkerModel::TaskColumn, QHeaderView::Fixed); // as wide as there is room: fitTaskColumn()
    connect(header, &QHeaderView::sectionResized, this, [this](int column) {
        if (column != WorkerModel::TaskColumn)
            fitTaskColumn();
    });
    m_table->viewport()->installEventFilter(this);
    header->moveSection(WorkerModel::ProgressColumn, WorkerModel::ForColumn);
    m_table->hideColumn(WorkerModel::ProgressColumn); // commands report no progress
    setDefaultWidths();
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &WorkerView::showContextMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &WorkerView::updateActions);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &WorkerView::updateActions);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        if (!m_hasProgress && m_model->hasProgress()) {
            m_hasProgress = true; // from then on it is a person's to hide
            m_table->showColumn(WorkerModel::ProgressColumn);
        }
    });
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, signal, this, &WorkerView::updateEmptyState);
    connect(m_model, &QAbstractItemModel::modelReset, this, &WorkerView::updateEmptyState);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        const WorkerSnapshot &worker = m_model->worker(m_sorted->mapToSource(index).row());
        Q_EMIT taskActivated(worker.hasTask ? qint64(worker.task) : -1);
    });
}

void WorkerView::setDefaultWidths()
{
    m_table->setColumnWidthFor(WorkerModel::NameColumn, WorkerModel::workerName(88));
    m_table->setColumnWidthFor(WorkerModel::PidColumn, QStringLiteral("8888888"));
    m_table->setColumnWidthFor(WorkerModel::StateColumn, QStringLiteral("suspended"));
    m_table->setColumnWidthFor(WorkerModel::ForColumn, QStringLiteral("8:88:88"));
    m_table->setColumnWidthFor(WorkerModel::DoneColumn, countText(10'000));
    m_table->setColumnWidthFor(WorkerModel::FailedColumn, countText(10'000));
    m_table->setColumnWidthFor(WorkerModel::ProgressColumn, QStringLiteral("mmm 100% mmm"));
    m_table->setColumnWidthFor(WorkerModel::CpuColumn, QStringLiteral("mmmm 100%"));
    m_table->setColumnWidthFor(WorkerModel::MemoryColumn, QStringLiteral("mmmm 888.8 MB"));
}

/// The task column takes the remaining width, but stays wide enough to tell tasks apart: then the table scrolls.
void WorkerView::fitTaskColumn()
{
    const QHeaderView *header = m_table->horizontalHeader();
    int others = 0;
    for (int column = 0; column < WorkerModel::ColumnCount; ++column)
        others += column == WorkerModel::TaskColumn ? 0 : header->sectionSize(column);
    const int least = m_table->fontMetrics().averageCharWidth() * LeastTaskCharacters;
    m_table->setColumnWidth(WorkerModel::TaskColumn, std::max(least, m_table->viewport()->width() - others));
}

void WorkerView::buildActions()
{
    m_terminate = addSignalAction("process-stop", WorkerSignal::Terminate);
    m_terminate->setShortcut(QKeySequence::Delete);
    m_kill = addSignalAction("edit-delete", WorkerSignal::Kill);
    m_kill->setShortcut(Qt::SHIFT | Qt::Key_Delete);
    m_suspend = addSignalAction("media-playback-pause", WorkerSignal::Suspend);
    m_resume = addSignalAction("media-playback-start", WorkerSignal::Resume);
    m_showTasks = new QAction(QIcon::fromTheme(QStringLiteral("view-list-details")), {}, this);
    connect(m_showTasks, &QAction::triggered, this, [this] { Q_EMIT showTasksRequested(selectedWorkers().front()); });
    m_copyPid = new QAction(QIcon::fromTheme(QStringLiteral("edit-copy")), {}, this);
    m_copyPid->setShortcut(QKeySequence::Copy);
    connect(m_copyPid, &QAction::triggered, this, &WorkerView::copyPids);
    for (QAction *action : actionsOfSelection())
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addActions(actionsOfSelection());
}

QAction *WorkerView::addSignalAction(const char *icon, WorkerSignal signal)
{
    auto *action = new QAction(QIcon::fromTheme(QLatin1StringView(icon)), {}, this);
    connect(action, &QAction::triggered, this, [this, signal] { request(signal); });
    return action;
}

QList<QAction *> WorkerView::actionsOfSelection() const
{
    return {m_terminate, m_kill, m_suspend, m_resume, m_showTasks, m_copyPid};
}

void WorkerView::retranslate()
{
    m_terminate->setText(tr("&Terminate"));
    m_terminate->setToolTip(tr("Ask the tasks of the selected workers to end (SIGTERM)"));
    m_kill->setText(tr("&Kill"));
    m_kill->setToolTip(tr("End the tasks of the selected workers at once (SIGKILL)"));
    m_suspend->setText(tr("&Suspend"));
    m_suspend->setToolTip(tr("Make the tasks of the selected workers stand still (SIGSTOP)"));
    m_resume->setText(tr("&Resume"));
    m_resume->setToolTip(tr("Let the suspended tasks of the selected workers go on (SIGCONT)"));
    m_showTasks->setText(tr("Show its t&asks"));
    m_showTasks->setToolTip(tr("Show only the tasks that ran in this worker"));
    m_copyPid->setText(tr("&Copy PID"));
    m_copyPid->setToolTip(tr("Copy the process ids of the selected workers' tasks"));
    m_table->setAccessibleName(tr("Workers"));
    updateEmptyState();
    updateActions();
}

std::vector<int> WorkerView::selectedRows() const
{
    std::vector<int> rows;
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.push_back(m_sorted->mapToSource(index).row());
    return rows;
}

std::vector<int> WorkerView::selectedWorkers() const
{
    std::vector<int> workers;
    for (const int row : selectedRows())
        workers.push_back(m_model->worker(row).id);
    return workers;
}

void WorkerView::setControllable(bool controllable)
{
    m_isControllable = controllable;
    updateActions();
}

void WorkerView::updateActions()
{
    bool hasTask = false;
    bool hasStopped = false;
    bool hasActive = false;
    const std::vector<int> rows = selectedRows();
    for (const int row : rows) {
        const WorkerSnapshot &worker = m_model->worker(row);
        hasTask |= worker.hasTask;
        hasStopped |= worker.hasTask && (worker.state == WorkerState::Suspended || worker.state == WorkerState::Stopped);
        hasActive |= worker.hasTask && worker.state != WorkerState::Suspended;
    }
    m_terminate->setEnabled(m_isControllable && hasTask);
    m_kill->setEnabled(m_isControllable && hasTask);
    m_suspend->setEnabled(m_isControllable && hasActive);
    m_resume->setEnabled(m_isControllable && hasStopped);
    m_showTasks->setEnabled(rows.size() == 1);
    m_copyPid->setEnabled(hasTask);
}

void WorkerView::updateEmptyState()
{
    m_table->setEmptyText(m_model->rowCount() > 0 ? QString() : tr("No workers: nothing runs."));
}

void WorkerView::request(WorkerSignal signal)
{
    std::vector<WorkerSnapshot> busy;
    for (const int row : selectedRows()) {
        if (m_model->worker(row).hasTask)
            busy.push_back(m_model->worker(row));
    }
    if (isEnding(signal) && m_asksBeforeEnding && !busy.empty())
        confirm(busy, signal);
    else
        signalThose(busy, signal);
}

void WorkerView::confirm(const std::vector<WorkerSnapshot> &busy, WorkerSignal signal)
{
    const int count = static_cast<int>(busy.size());
    const bool isKill = signal == WorkerSignal::Kill;
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(isKill ? tr("Kill") : tr("Terminate"));
    box->setText(
        isKill ? tr("Kill the tasks of %n workers?", nullptr, count) : tr("Terminate the tasks of %n workers?", nullptr, count));
    box->setInformativeText(lossText(busy));
    auto *never = new QCheckBox(tr("Do not ask again until the program ends"));
    box->setCheckBox(never);
    QPushButton *go = box->addButton(isKill ? tr("Kill") : tr("Terminate"), QMessageBox::DestructiveRole);
    box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(go, &QPushButton::clicked, this, [this, busy, signal, never] {
        m_asksBeforeEnding = !never->isChecked();
        signalThose(busy, signal);
    });
    box->open();
}

void WorkerView::signalThose(const std::vector<WorkerSnapshot> &asked, WorkerSignal signal)
{
    std::vector<int> workers;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        // While the person decided, the worker may have moved on to another task.
        const WorkerSnapshot &now = m_model->worker(row);
        const bool isMeant = std::any_of(asked.begin(), asked.end(), [&now](const WorkerSnapshot &worker) {
            return worker.id == now.id && now.hasTask && worker.task == now.task && worker.taskStartedAt == now.taskStartedAt;
        });
        if (isMeant)
            workers.push_back(now.id);
    }
    if (!workers.empty())
        Q_EMIT signalRequested(workers, signal);
}

QString WorkerView::lossText(const std::vector<WorkerSnapshot> &busy) const
{
    QStringList lines{tr("What these tasks have done so far is lost, and they will not be tried again by themselves:")};
    for (int row = 0; row < m_model->rowCount() && lines.size() <= MostNamedTasks; ++row) {
        const int id = m_model->worker(row).id;
        if (std::none_of(busy.begin(), busy.end(), [id](const WorkerSnapshot &worker) { return worker.id == id; }))
            continue;
        const auto cell = [this, row](int column) { return m_model->index(row, column).data().toString(); };
        lines += tr("%1: %2, running for %3", "worker, task, time")
                     .arg(cell(WorkerModel::NameColumn), cell(WorkerModel::TaskColumn), cell(WorkerModel::ForColumn));
    }
    if (const int count = static_cast<int>(busy.size()); count > MostNamedTasks)
        lines += tr("and %n more", nullptr, count - MostNamedTasks);
    return lines.join(u'\n');
}

void WorkerView::copyPids()
{
    QStringList pids;
    for (const int row : selectedRows()) {
        if (m_model->worker(row).pid != 0)
            pids += QString::number(m_model->worker(row).pid);
    }
    QGuiApplication::clipboard()->setText(pids.join(u' '));
}

void WorkerView::showContextMenu(const QPoint &position)
{
    updateActions();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_terminate, m_kill});
    menu->addSeparator();
    menu->addActions({m_suspend, m_resume});
    menu->addSeparator();
    menu->addActions({m_showTasks, m_copyPid});
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

QByteArray WorkerView::saveState() const { return m_table->horizontalHeader()->saveState(); }

bool WorkerView::restoreState(const QByteArray &state)
{
    QHeaderView *header = m_table->horizontalHeader();
    const bool isRestored = header->restoreState(state);
    header->setSectionResizeMode(WorkerModel::TaskColumn, QHeaderView::Fixed); // older states stretch it
    m_table->setColumnHidden(WorkerModel::ProgressColumn, !m_hasProgress); // the state may be of a job that reported progress
    fitTaskColumn();
    return isRestored;
}

bool WorkerView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_table->viewport())
        fitTaskColumn();
    return QWidget::eventFilter(watched, event);
}

void WorkerView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace procession
