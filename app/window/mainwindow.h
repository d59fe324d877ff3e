// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/common/appearance.h>
#include <app/common/workbenchpaths.h>
#include <app/jobs/joblauncher.h>
#include <app/jobs/recentjobs.h>
#include <app/jobs/sessionsmodel.h>
#include <procession/job/store/jobhistory.h>

#include <QtCore/QSettings>
#include <QtCore/QTimer>
#include <QtWidgets/QMainWindow>

class QStackedWidget;

namespace procession {

class ClosingQuestion;
class JobActions;
class JobPage;
class NewBatchDialog;
class Notices;
class SessionsView;
class StartPage;
class StatusFigures;
class WindowActions;
class WindowMenus;

/// The workbench: sessions at the left, the job that is looked at in the middle, or the start page when there is none.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// \param appearance  not owned
    MainWindow(const WorkbenchPaths &paths, Appearance *appearance);
    ~MainWindow() override;

    /// Opens the dialog, with `draft` in it if there is one.
    NewBatchDialog *openNewBatch(const std::optional<BatchDraft> &draft = {});
    void run(const BatchDefinition &definition, const QString &resultsFolder);
    void runSample(int sample);
    /// Makes a page for `session`, which owns it from then on, and shows it.
    JobPage *addSession(std::unique_ptr<JobSession> session);
    void showStart();
    void showSession(const JobSession *session);
    /// Null while the start page is shown.
    JobPage *currentPage() const;
    JobLauncher *launcher() { return &m_launcher; }
    JobActions *jobActions() const { return m_jobActions; }
    WindowActions *actions() const { return m_actions; }
    Notices *notices() const { return m_notices; }
    SessionsModel *sessions() const { return m_sessions; }

Q_SIGNALS:
    /// A job began and its page is shown.
    void sessionStarted(procession::JobPage *page);

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void makeCentre();
    void makeDock();
    void connectActions();
    void connectJobs();
    QByteArrayList addedLibraries() const;
    void keepAddedLibraries(const QByteArrayList &paths);
    JobPage *pageOf(const JobSession *session) const;
    void openRecent(const StoredJob &job);
    void resumeStored(qint64 storedJob, bool unsuccessful);
    void closePage(JobPage *page);
    void pageChanged();
    void takeRecentJobs();
    void offerResume(const StoredJob &job);
    void askBeforeRemoving(const StoredJob &job);
    void showError(const QString &key, const QString &message);
    void showUnkept(const QString &problem);
    void showAbout();
    void updateFigures();
    void updateCloseAction();
    void setScheme(Appearance::Scheme scheme);
    void setLanguage(const QString &language);
    void restoreLayout();
    void saveLayout();
    void retranslate();

    Appearance *m_appearance;
    QSettings m_settings;
    JobHistory m_history;
    JobLauncher m_launcher;
    RecentJobs m_recent;
    SessionsModel *m_sessions;
    SessionsView *m_sessionsView;
    QDockWidget *m_dock;
    QStackedWidget *m_stack;
    StartPage *m_start;
    Notices *m_notices;
    StatusFigures *m_figures;
    JobActions *m_jobActions;
    WindowActions *m_actions;
    WindowMenus *m_menus;
    QTimer m_figuresTimer;
    ClosingQuestion *m_closing;
    bool m_offeredResume = false;
};

} // namespace procession
