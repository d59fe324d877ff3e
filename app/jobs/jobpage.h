// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/jobs/jobsession.h>

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QSettings;
class QSplitter;
class QTabWidget;

namespace procession {

class JobHeader;
class JobHistory;
class DepthChart;
class TaskDetails;
class TaskModel;
class TaskView;
class WorkerView;

/// Everything about one job: its header, its workers, tasks and queue, and the details of a task.
///
/// While it is seen it follows the job some 25 times a second; unseen, it only takes in what happened, so that nothing piles up.
class JobPage : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Workers, Tasks, Backlog };

    /// \param session  is owned by the page
    /// \param history  answers for the attempts of its tasks; not owned
    JobPage(std::unique_ptr<JobSession> session, JobHistory *history, QWidget *parent = nullptr);
    ~JobPage() override;

    JobSession *session() const { return m_session.get(); }
    TaskModel *taskModel() const { return m_taskModel; }
    TaskView *taskView() const { return m_tasks; }
    WorkerView *workerView() const { return m_workers; }
    TaskDetails *details() const { return m_details; }
    DepthChart *chart() const { return m_chart; }

    Tab tab() const;
    void showTab(Tab tab);
    void setDetailsVisible(bool visible);
    /// Shows the tasks, and the details of this one.
    void showTask(TaskIndex task);
    /// Whether the tasks that are shown have caught up with the job: what is shown is safe in the store, a moment behind the job.
    bool isSettled() const;
    void setFilterText(const QString &text);
    QString filterText() const;

    void saveLayout(QSettings &settings) const;
    void restoreLayout(const QSettings &settings);

Q_SIGNALS:
    void tabChanged();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeViews();
    void connectViews();
    void setUpDetails(JobHistory *history);
    void refresh();
    void wakeUp();
    void retranslate();

    std::unique_ptr<JobSession> m_session;
    TaskModel *m_taskModel;
    JobHeader *m_header;
    QTabWidget *m_tabs;
    WorkerView *m_workers;
    TaskView *m_tasks;
    DepthChart *m_chart;
    TaskDetails *m_details;
    QSplitter *m_splitter;
    QTimer m_timer;
    int m_turn = 0;
};

} // namespace procession
