// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QObject>

class QAction;
class QDockWidget;
class QLabel;
class QLineEdit;
class QMainWindow;
class QMenu;
class QToolBar;

namespace procession {

class JobActions;
class JobPage;
class SessionsView;
class WindowActions;

/// The menus and the tool bar of the main window.
class WindowMenus : public QObject
{
    Q_OBJECT

public:
    WindowMenus(QMainWindow *window, WindowActions *actions, JobActions *jobActions, SessionsView *sessions, QDockWidget *dock);

    /// Whose tasks and workers the menus are about; null for none.
    void setPage(JobPage *page);
    QLineEdit *filter() const { return m_filter; }
    void retranslate();

private:
    void makeMenus();
    void makeToolBar();

    QMainWindow *m_window;
    WindowActions *m_actions;
    JobActions *m_jobActions;
    SessionsView *m_sessions;
    QDockWidget *m_dock;
    QMenu *m_file;
    QMenu *m_job;
    QMenu *m_task;
    QMenu *m_worker;
    QMenu *m_view;
    QMenu *m_scheme;
    QMenu *m_language;
    QMenu *m_help;
    QToolBar *m_toolBar;
    QLabel *m_workersLabel;
    QLineEdit *m_filter;
};

} // namespace procession
