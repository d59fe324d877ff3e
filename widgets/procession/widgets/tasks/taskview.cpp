// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/taskview.h>

#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>
#include <procession/widgets/common/statedelegate.h>
#include <procession/widgets/common/tableview.h>
#include <procession/widgets/tasks/statechips.h>

#include <QtCore/QEvent>
#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto UpdateInterval = 150ms; // of counts and actions
/// More commands than this are no text for a clipboard.
constexpr std::size_t MostCopiedCommands = 100'000;

QAction *makeAction(QObject *parent, const char *icon)
{
    auto *action = new QAction(parent);
    action->setIcon(QIcon::fromTheme(QLatin1StringView(icon)));
    return action;
}

} // namespace

TaskView::TaskView(QWidget *parent)
    : QWidget(parent), m_filter(new TaskFilter(this)), m_table(new TableView), m_updateTimer(new QTimer(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(buildFilters());
    layout->addWidget(m_table);
    buildTable();
    buildActions();

    m_updateTimer->setSingleShot(true);
    m_updateTimer->setInterval(UpdateInterval);
    connect(m_updateTimer, &QTimer::timeout, this, &TaskView::updateStatus);
    connect(m_filter, &TaskFilter::settled, this, &TaskView::finishFiltering);
    retranslate();
}

TaskView::~TaskView() = default;

QTableView *TaskView::table() const { return m_table; }

QLayout *TaskView::buildFilters()
{
    auto *layout = new QHBoxLayout;
    layout->setContentsMargins(6, 6, 6, 0);
    m_chips = new StateChips;
    connect(m_chips, &StateChips::statesChanged, this, &TaskView::applyCriteria);
    layout->addWidget(m_chips);
    m_workerChip = new QToolButton;
    m_workerChip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_workerChip->setIcon(QIcon::fromTheme(QStringLiteral("edit-clear")));
    m_workerChip->hide();
    connect(m_workerChip, &QToolButton::clicked, this, [this] { showWorker(0); });
    layout->addWidget(m_workerChip);
    layout->addStretch();
    m_shownLabel = new QLabel;
    layout->addWidget(m_shownLabel);
    m_filterEdit = new QLineEdit;
    m_filterEdit->setClearButtonEnabled(true);
    m_filterEdit->setMaximumWidth(fontMetrics().averageCharWidth() * 40);
    connect(m_filterEdit, &QLineEdit::textChanged, this, &TaskView::applyCriteria);
    layout->addWidget(m_filterEdit, 1);
    return layout;
}

void TaskView::buildTable()
{
    m_table->setModel(m_filter);
    m_table->setItemDelegateForColumn(TaskModel::StateColumn, new StateDelegate(TaskModel::StateRole, m_table));
    QHeaderView *header = m_table->horizontalHeader();
    header->setSortIndicator(TaskModel::NumberColumn, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    header->setSectionResizeMode(TaskModel::TitleColumn, QHeaderView::Stretch);
    setDefaultWidths();
    header->setMinimumSectionSize(fontMetrics().averageCharWidth() * 5);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &TaskView::showContextMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TaskView::announceCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TaskView::announceCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, m_updateTimer, qOverload<>(&QTimer::start));
    connect(m_filter, &QAbstractItemModel::modelReset, this, &TaskView::announceCurrent);
}

void TaskView::setDefaultWidths()
{
    m_table->setColumnWidthFor(TaskModel::NumberColumn, countText(1'000'000));
    m_table->setColumnWidthFor(TaskModel::StateColumn, longestStateText() + QStringLiteral("mmm"));
    m_table->setColumnWidthFor(TaskModel::WorkerColumn, tr("worker-%1").arg(1000));
    m_table->setColumnWidthFor(TaskModel::StartedColumn, QStringLiteral("88:88:88 mm"));
    m_table->setColumnWidthFor(TaskModel::DurationColumn, QStringLiteral("88:88:88 mm"));
    m_table->setColumnWidthFor(TaskModel::ExitColumn, statusText(ExitStatus::failedToStart(ENOENT)) + QStringLiteral("m"));
    m_table->setColumnWidthFor(TaskModel::AttemptsColumn, tr("Attempts") + QStringLiteral("mm"));
}

void TaskView::buildActions()
{
    m_cancel = makeAction(this, "dialog-cancel");
    m_cancel->setShortcut(QKeySequence::Delete);
    connect(m_cancel, &QAction::triggered, this, [this] { Q_EMIT cancelRequested(selectedTasks()); });
    m_terminate = addSignalAction("process-stop", WorkerSignal::Terminate);
    m_kill = addSignalAction("edit-delete", WorkerSignal::Kill);
    m_kill->setShortcut(Qt::SHIFT | Qt::Key_Delete);
    m_suspend = addSignalAction("media-playback-pause", WorkerSignal::Suspend);
    m_resume = addSignalAction("media-playback-start", WorkerSignal::Resume);
    m_retry = makeAction(this, "view-refresh");
    m_retry->setShortcut(QKeySequence::Refresh);
    connect(m_retry, &QAction::triggered, this, [this] { Q_EMIT retryRequested(selectedTasks()); });
    m_copyCommand = makeAction(this, "edit-copy");
    m_copyCommand->setShortcut(QKeySequence::Copy);
    connect(m_copyCommand, &QAction::triggered, this, &TaskView::copyCommands);
    for (QAction *action : actionsOfSelection())
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addActions(actionsOfSelection());
}

QAction *TaskView::addSignalAction(const char *icon, WorkerSignal signal)
{
    QAction *action = makeAction(this, icon);
    connect(action, &QAction::triggered, this, [this, signal] { Q_EMIT signalRequested(selectedTasks(), signal); });
    return action;
}

QList<QAction *> TaskView::actionsOfSelection() const
{
    return {m_cancel, m_terminate, m_kill, m_suspend, m_resume, m_retry, m_copyCommand};
}

void TaskView::retranslate()
{
    m_cancel->setText(tr("&Cancel"));
    m_cancel->setToolTip(tr("Take the selected tasks out of the queue, and end those that run"));
    m_terminate->setText(tr("&Terminate"));
    m_terminate->setToolTip(tr("Ask the selected running tasks to end (SIGTERM)"));
    m_kill->setText(tr("&Kill"));
    m_kill->setToolTip(tr("End the selected running tasks at once (SIGKILL)"));
    m_suspend->setText(tr("&Suspend"));
    m_suspend->setToolTip(tr("Make the selected running tasks stand still (SIGSTOP)"));
    m_resume->setText(tr("&Resume"));
    m_resume->setToolTip(tr("Let the selected suspended tasks go on (SIGCONT)"));
    m_retry->setText(tr("Re&try"));
    m_retry->setToolTip(tr("Put the selected tasks that have ended back into the queue"));
    m_copyCommand->setText(tr("C&opy command"));
    m_copyCommand->setToolTip(tr("Copy the commands of the selected tasks"));
    m_filterEdit->setPlaceholderText(tr("Filter tasks"));
    m_filterEdit->setAccessibleName(tr("Filter tasks"));
    m_table->setAccessibleName(tr("Tasks"));
    m_workerChip->setToolTip(tr("Show the tasks of all workers again"));
    updateStatus();
}

QString TaskView::longestStateText() const
{
    QString longest;
    for (int i = 0; i < TaskStateCount; ++i) {
        const QString text = stateText(static_cast<TaskState>(i));
        if (text.size() > longest.size())
            longest = text;
    }
    return longest;
}

void TaskView::setModel(TaskModel *model)
{
    if (TaskModel *old = m_filter->taskModel())
        old->disconnect(m_updateTimer);
    m_filter->setTaskModel(model);
    if (model)
        connect(model, &TaskModel::countsChanged, m_updateTimer, [this] {
            if (!m_updateTimer->isActive())
                m_updateTimer->start();
        });
    updateStatus();
}

std::vector<TaskIndex> TaskView::selectedTasks() const
{
    std::vector<TaskIndex> tasks;
    const QItemSelection selection = m_table->selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            tasks.push_back(m_filter->taskAt(row));
    }
    return tasks;
}

void TaskView::selectTask(TaskIndex task)
{
    if (!m_filter->taskModel() || qsizetype(task) >= m_filter->taskModel()->rowCount())
        return;
    m_taskToSelect = task;
    TaskCriteria shown = m_filter->criteria();
    if (!m_filter->rowOf(task) && !shown.showsAll())
        clearFilters();
    if (!m_filter->isBusy() || m_filter->rowOf(task))
        finishFiltering();
}

void TaskView::clearFilters()
{
    m_worker = 0;
    m_chips->clear();
    const QSignalBlocker blocker(m_filterEdit);
    m_filterEdit->clear();
    applyCriteria();
}

void TaskView::showWorker(int worker)
{
    m_worker = worker;
    applyCriteria();
}

void TaskView::applyCriteria()
{
    TaskCriteria criteria = m_filter->criteria();
    criteria.text = m_filterEdit->text();
    criteria.worker = m_worker;
    criteria.states = m_chips->states();
    m_filter->setCriteria(criteria);
    updateStatus();
}

void TaskView::finishFiltering()
{
    const qint64 task = std::exchange(m_taskToSelect, -1);
    if (task >= 0) {
        if (const std::optional<int> row = m_filter->rowOf(static_cast<TaskIndex>(task))) {
            const QModelIndex index = m_filter->index(*row, TaskModel::TitleColumn);
            m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
            m_table->scrollTo(index, QAbstractItemView::PositionAtCenter);
        }
    }
    if (!m_updateTimer->isActive())
        m_updateTimer->start();
}

void TaskView::announceCurrent()
{
    const QModelIndex current = m_table->selectionModel()->currentIndex();
    // When a row disappears, the next one becomes current without being selected by a person.
    if (current.isValid() && !m_table->selectionModel()->isSelected(current))
        return;
    const qint64 task = current.isValid() ? qint64(m_filter->taskAt(current.row())) : -1;
    if (std::exchange(m_announcedTask, task) != task)
        Q_EMIT currentTaskChanged(task);
}

void TaskView::updateStatus()
{
    updateFilters();
    updateActions();
    updateEmptyState();
}

void TaskView::updateFilters()
{
    const TaskModel *model = m_filter->taskModel();
    m_chips->setCounts(model ? model->counts() : std::array<qint64, TaskStateCount>());
    m_workerChip->setVisible(m_worker != 0);
    m_workerChip->setText(tr("worker-%1").arg(m_worker));
    const bool isWhole = !model || m_filter->criteria().showsAll();
    m_shownLabel->setText(
        isWhole ? QString() : tr("%1 of %2 shown").arg(countText(m_filter->rowCount()), countText(model->rowCount())));
}

void TaskView::updateActions()
{
    TaskStates selected;
    bool hasSelection = false;
    const QItemSelection selection = m_table->selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom() && selected != TaskStates::all(); ++row) {
            selected.set(m_filter->taskModel()->record(m_filter->taskAt(row)).state, true);
            hasSelection = true;
        }
    }
    const bool hasRunning = m_isControllable && selected.contains(TaskState::Running);
    const bool hasQueued = m_isControllable && selected.contains(TaskState::Queued);
    bool hasEnded = false;
    for (const TaskState state : {TaskState::Done, TaskState::Failed, TaskState::Cancelled, TaskState::Lost})
        hasEnded |= selected.contains(state);
    m_cancel->setEnabled(hasQueued || hasRunning);
    for (QAction *action : {m_terminate, m_kill, m_suspend, m_resume})
        action->setEnabled(hasRunning);
    m_retry->setEnabled(m_isControllable && hasEnded);
    m_copyCommand->setEnabled(hasSelection);
}

void TaskView::updateEmptyState()
{
    const TaskModel *model = m_filter->taskModel();
    if (!model)
        m_table->setEmptyText(tr("No job is shown."));
    else if (model->rowCount() == 0)
        m_table->setEmptyText(tr("This job has no tasks."));
    else if (m_filter->rowCount() == 0 && !m_filter->isBusy())
        m_table->setEmptyText(tr("No task matches the filter."));
    else
        m_table->setEmptyText({});
}

void TaskView::setControllable(bool controllable)
{
    m_isControllable = controllable;
    updateActions();
}

void TaskView::copyCommands()
{
    std::vector<TaskIndex> tasks = selectedTasks();
    if (tasks.size() > MostCopiedCommands)
        tasks.resize(MostCopiedCommands);
    QString text;
    for (const TaskIndex task : tasks)
        text += QString::fromUtf8(m_filter->taskModel()->source()->description(task)) + u'\n';
    if (tasks.size() == 1)
        text.chop(1);
    QGuiApplication::clipboard()->setText(text);
}

void TaskView::showContextMenu(const QPoint &position)
{
    updateActions();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_cancel, m_terminate, m_kill});
    menu->addSeparator();
    menu->addActions({m_suspend, m_resume});
    menu->addSeparator();
    menu->addActions({m_retry, m_copyCommand});
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

QByteArray TaskView::saveState() const { return m_table->horizontalHeader()->saveState(); }

bool TaskView::restoreState(const QByteArray &state) { return m_table->horizontalHeader()->restoreState(state); }

void TaskView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace procession
