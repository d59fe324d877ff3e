// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/tasks/taskfilter.h>

#include <QtWidgets/QWidget>

#include <vector>

class QAction;
class QLabel;
class QLineEdit;
class QLayout;
class QTableView;
class QTimer;
class QToolButton;

namespace procession {

class StateChips;
class TableView;

/// The tasks of a job: chips with counts, an incremental filter, a sortable table, and what can be done to the selected ones.
///
/// Says what a person wants as signals and does nothing to a job itself.
class TaskView : public QWidget
{
    Q_OBJECT

public:
    explicit TaskView(QWidget *parent = nullptr);
    ~TaskView() override;

    /// \param model  not owned; null shows an empty state
    void setModel(TaskModel *model);
    TaskFilter *filter() const { return m_filter; }
    QTableView *table() const;
    QLineEdit *filterEdit() const { return m_filterEdit; }

    std::vector<TaskIndex> selectedTasks() const;
    /// Selects the task alone and scrolls to it; its row is made visible by lifting filters that hide it.
    void selectTask(TaskIndex task);
    /// Shows only tasks whose last attempt ran in this worker; 0 for all.
    void showWorker(int worker);
    /// Whether there is a running program behind the job that can do things to its tasks. At first there is.
    void setControllable(bool controllable);

    /// For menus and tool bars; enabled as the selection allows. All act on the selected tasks.
    QAction *cancelAction() const { return m_cancel; }
    QAction *terminateAction() const { return m_terminate; }
    QAction *killAction() const { return m_kill; }
    QAction *suspendAction() const { return m_suspend; }
    QAction *resumeAction() const { return m_resume; }
    QAction *retryAction() const { return m_retry; }
    QAction *copyCommandAction() const { return m_copyCommand; }

    /// Column widths, order, what is hidden and how it is sorted.
    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

Q_SIGNALS:
    /// The task whose row is current, or -1.
    void currentTaskChanged(qint64 task);
    void cancelRequested(const std::vector<procession::TaskIndex> &tasks);
    void signalRequested(const std::vector<procession::TaskIndex> &tasks, procession::WorkerSignal signal);
    void retryRequested(const std::vector<procession::TaskIndex> &tasks);

protected:
    void changeEvent(QEvent *event) override;

private:
    QLayout *buildFilters();
    void buildTable();
    void setDefaultWidths();
    void buildActions();
    QList<QAction *> actionsOfSelection() const;
    void retranslate();
    QString longestStateText() const;
    void clearFilters();
    void finishFiltering();
    void announceCurrent();
    void updateStatus();
    void updateFilters();
    void updateActions();
    void updateEmptyState();
    void applyCriteria();
    void copyCommands();
    void showContextMenu(const QPoint &position);
    QAction *addSignalAction(const char *icon, WorkerSignal signal);

    TaskFilter *m_filter = nullptr;
    TableView *m_table = nullptr;
    QLineEdit *m_filterEdit = nullptr;
    QToolButton *m_workerChip = nullptr;
    QLabel *m_shownLabel = nullptr;
    StateChips *m_chips = nullptr;
    QAction *m_cancel = nullptr;
    QAction *m_terminate = nullptr;
    QAction *m_kill = nullptr;
    QAction *m_suspend = nullptr;
    QAction *m_resume = nullptr;
    QAction *m_retry = nullptr;
    QAction *m_copyCommand = nullptr;
    QTimer *m_updateTimer = nullptr;
    qint64 m_taskToSelect = -1;
    qint64 m_announcedTask = -1;
    int m_worker = 0;
    bool m_isControllable = true;
};

} // namespace procession
