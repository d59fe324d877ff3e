// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/progress/workermodel.h>

#include <QtWidgets/QWidget>

class QAction;
class QSortFilterProxyModel;
class QTableView;

namespace procession {

class TableView;

/// The workers of a job in a table, and the actions on the selected ones.
///
/// Emits a person's requests as signals and does nothing to a job itself. Before a destructive action on a busy worker it asks, without
/// blocking, and says what is lost.
class WorkerView : public QWidget
{
    Q_OBJECT

public:
    explicit WorkerView(QWidget *parent = nullptr);
    ~WorkerView() override;

    /// The view's own model; give it snapshots.
    WorkerModel *model() const { return m_model; }
    QTableView *table() const;
    std::vector<int> selectedWorkers() const;

    /// For menus and tool bars; enabled as the selection allows. All act on the selected workers.
    QAction *terminateAction() const { return m_terminate; }
    QAction *killAction() const { return m_kill; }
    QAction *suspendAction() const { return m_suspend; }
    QAction *resumeAction() const { return m_resume; }
    QAction *showTasksAction() const { return m_showTasks; }
    QAction *copyPidAction() const { return m_copyPid; }

    /// Whether there is a running program behind the job that can do things to its workers. At first there is.
    void setControllable(bool controllable);

    /// Column widths, order, what is hidden and how it is sorted.
    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

Q_SIGNALS:
    void signalRequested(const std::vector<int> &workers, procession::WorkerSignal signal);
    void showTasksRequested(int worker);
    /// A row was activated: the task that its worker runs.
    void taskActivated(qint64 task);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTable();
    void setDefaultWidths();
    void fitTaskColumn();
    void buildActions();
    void retranslate();
    void updateActions();
    void request(WorkerSignal signal);
    void confirm(const std::vector<WorkerSnapshot> &busy, WorkerSignal signal);
    void signalThose(const std::vector<WorkerSnapshot> &asked, WorkerSignal signal);
    QString lossText(const std::vector<WorkerSnapshot> &busy) const;
    void copyPids();
    void showContextMenu(const QPoint &position);
    QAction *addSignalAction(const char *icon, WorkerSignal signal);
    QList<QAction *> actionsOfSelection() const;
    void updateEmptyState();
    std::vector<int> selectedRows() const; // of the model

    WorkerModel *m_model = nullptr;
    QSortFilterProxyModel *m_sorted = nullptr;
    TableView *m_table = nullptr;
    QAction *m_terminate = nullptr;
    QAction *m_kill = nullptr;
    QAction *m_suspend = nullptr;
    QAction *m_resume = nullptr;
    QAction *m_showTasks = nullptr;
    QAction *m_copyPid = nullptr;
    bool m_asksBeforeEnding = true;
    bool m_isControllable = true;
    bool m_hasProgress = false; ///< some task has said how far it is
};

} // namespace procession
