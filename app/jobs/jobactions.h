// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/jobs/jobpage.h>

#include <QtCore/QPointer>

class QAction;
class QMenu;
class QSpinBox;

namespace procession {

/// What can be done to the job that is seen: pause, resume, stop, retry, more or fewer workers. Enabled as its state allows.
class JobActions : public QObject
{
    Q_OBJECT

public:
    explicit JobActions(QWidget *parent);

    /// Null for none.
    void setPage(JobPage *page);
    void retranslate();

    QAction *pause() const { return m_pause; }
    QAction *resume() const { return m_resume; }
    /// Opens the menu of the ways to stop; it is itself the gentle one.
    QAction *stop() const { return m_stop; }
    QAction *stopFinish() const { return m_stopFinish; }
    QAction *stopTerminate() const { return m_stopTerminate; }
    QAction *stopKill() const { return m_stopKill; }
    QAction *retryFailed() const { return m_retryFailed; }
    QAction *moreWorkers() const { return m_moreWorkers; }
    QAction *fewerWorkers() const { return m_fewerWorkers; }
    /// All of them, for menus.
    QList<QAction *> all() const;
    /// The field for the number of workers; the tool bar takes it.
    QSpinBox *workers() const { return m_workers; }
    QMenu *stopMenu() const { return m_stopMenu; }

public Q_SLOTS:
    /// Looks at the job again.
    void update();

Q_SIGNALS:
    /// A person wants what is missing of a job of the past to run.
    void resumeStoredRequested(qint64 storedJob, bool unsuccessful);

private:
    QAction *add(const QString &name, const char *icon, const QKeySequence &shortcut);
    Job *job() const;
    void connectActions();
    void changeWorkers(int by);

    QPointer<JobPage> m_page;
    QAction *m_pause;
    QAction *m_resume;
    QAction *m_stop;
    QAction *m_stopFinish;
    QAction *m_stopTerminate;
    QAction *m_stopKill;
    QAction *m_retryFailed;
    QAction *m_moreWorkers;
    QAction *m_fewerWorkers;
    QMenu *m_stopMenu;
    QSpinBox *m_workers;
};

} // namespace procession
