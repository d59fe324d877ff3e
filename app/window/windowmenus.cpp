// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/window/windowmenus.h>

#include <app/common/icons.h>
#include <app/jobs/jobactions.h>
#include <app/jobs/sessionsview.h>
#include <app/window/windowactions.h>
#include <procession/widgets/progress/workerview.h>
#include <procession/widgets/tasks/taskview.h>

#include <QtWidgets/QDockWidget>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QToolButton>

namespace procession {

WindowMenus::WindowMenus(
    QMainWindow *window, WindowActions *actions, JobActions *jobActions, SessionsView *sessions, QDockWidget *dock)
    : QObject(window),
      m_window(window),
      m_actions(actions),
      m_jobActions(jobActions),
      m_sessions(sessions),
      m_dock(dock),
      m_toolBar(new QToolBar),
      m_workersLabel(new QLabel),
      m_filter(new QLineEdit)
{
    makeMenus();
    makeToolBar();
    setPage(nullptr);
    retranslate();
}

void WindowMenus::makeMenus()
{
    QMenuBar *bar = m_window->menuBar();
    m_file = bar->addMenu(QString());
    m_file->addActions({m_actions->newBatch(), m_actions->showStart()});
    m_file->addSeparator();
    m_file->addActions({m_actions->closeJob(), m_actions->quit()});

    m_job = bar->addMenu(QString());
    m_job->addActions({m_jobActions->pause(), m_jobActions->resume()});
    m_job->addMenu(m_jobActions->stopMenu());
    m_job->addSeparator();
    m_job->addActions({m_jobActions->retryFailed(), m_jobActions->moreWorkers(), m_jobActions->fewerWorkers()});
    m_job->addSeparator();
    m_job->addActions({m_sessions->retryAction(), m_sessions->removeAction()});

    m_task = bar->addMenu(QString());
    m_worker = bar->addMenu(QString());

    m_view = bar->addMenu(QString());
    m_view->addActions(m_actions->tabs());
    m_view->addSeparator();
    m_view->addActions({m_dock->toggleViewAction(), m_actions->showDetails(), m_toolBar->toggleViewAction()});
    m_view->addSeparator();
    m_view->addAction(m_actions->find());
    m_view->addSeparator();
    m_scheme = m_view->addMenu(QString());
    m_scheme->addActions(m_actions->schemes());
    m_language = m_view->addMenu(QString());
    m_language->addActions(m_actions->languages());
    m_dock->toggleViewAction()->setShortcut(Qt::Key_F9);

    m_help = bar->addMenu(QString());
    m_help->addAction(m_actions->about());
}

void WindowMenus::makeToolBar()
{
    m_toolBar->setObjectName(QStringLiteral("toolBar"));
    m_toolBar->setMovable(false);
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->addAction(m_actions->newBatch());
    m_toolBar->addSeparator();
    m_toolBar->addActions({m_jobActions->pause(), m_jobActions->resume()});
    auto *stop = new QToolButton;
    stop->setObjectName(QStringLiteral("stopButton"));
    stop->setDefaultAction(m_jobActions->stop());
    stop->setMenu(m_jobActions->stopMenu());
    stop->setPopupMode(QToolButton::MenuButtonPopup);
    stop->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->addWidget(stop);
    m_toolBar->addAction(m_jobActions->retryFailed());
    m_toolBar->addSeparator();
    m_workersLabel->setBuddy(m_jobActions->workers());
    m_workersLabel->setContentsMargins(4, 0, 4, 0);
    m_toolBar->addWidget(m_workersLabel);
    m_toolBar->addWidget(m_jobActions->workers());
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_toolBar->addWidget(space);
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(280);
    m_filter->addAction(themedIcon("edit-find"), QLineEdit::LeadingPosition);
    m_toolBar->addWidget(m_filter);
    for (QToolButton *button : m_toolBar->findChildren<QToolButton *>(QString(), Qt::FindDirectChildrenOnly))
        button->setFocusPolicy(Qt::TabFocus); // the keyboard reaches the tool bar too
    m_window->addToolBar(m_toolBar);
}

void WindowMenus::setPage(JobPage *page)
{
    m_task->clear();
    m_worker->clear();
    m_task->setEnabled(page != nullptr);
    m_worker->setEnabled(page != nullptr);
    m_filter->setEnabled(page != nullptr);
    {
        const QSignalBlocker blocker(m_filter);
        m_filter->setText(page ? page->filterText() : QString());
    }
    for (QAction *action : m_actions->tabs())
        action->setEnabled(page != nullptr);
    if (!page)
        return;
    const TaskView *tasks = page->taskView();
    m_task->addActions({tasks->retryAction(), tasks->cancelAction()});
    m_task->addSeparator();
    m_task->addActions({tasks->suspendAction(), tasks->resumeAction(), tasks->terminateAction(), tasks->killAction()});
    m_task->addSeparator();
    m_task->addAction(tasks->copyCommandAction());
    const WorkerView *workers = page->workerView();
    m_worker->addActions({workers->suspendAction(), workers->resumeAction(), workers->terminateAction(), workers->killAction()});
    m_worker->addSeparator();
    m_worker->addActions({workers->showTasksAction(), workers->copyPidAction()});
}

void WindowMenus::retranslate()
{
    m_file->setTitle(tr("&File"));
    m_job->setTitle(tr("&Job"));
    m_task->setTitle(tr("&Task"));
    m_worker->setTitle(tr("&Worker"));
    m_view->setTitle(tr("&View"));
    m_scheme->setTitle(tr("&Appearance"));
    m_language->setTitle(tr("&Language"));
    m_help->setTitle(tr("&Help"));
    m_toolBar->setWindowTitle(tr("Tool Bar"));
    m_workersLabel->setText(tr("Workers:"));
    m_filter->setPlaceholderText(tr("Filter tasks"));
    m_filter->setAccessibleName(tr("Filter tasks"));
}

} // namespace procession
