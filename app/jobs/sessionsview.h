// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/jobs/sessionsmodel.h>

#include <QtWidgets/QTreeView>

class QAction;

namespace procession {

/// The jobs of this program and of the past, to pick one to look at, and what can be done to one of the past.
class SessionsView : public QTreeView
{
    Q_OBJECT

public:
    /// \param model  not owned
    explicit SessionsView(SessionsModel *model, QWidget *parent = nullptr);

    void select(const JobSession *session);

    /// For menus; enabled as the selection allows.
    QAction *resumeAction() const { return m_resume; }
    QAction *retryAction() const { return m_retry; }
    QAction *removeAction() const { return m_remove; }

Q_SIGNALS:
    void sessionActivated(procession::JobSession *session);
    void recentActivated(const procession::StoredJob &job);
    void resumeRequested(qint64 storedJob, bool unsuccessful);
    void removeRequested(const procession::StoredJob &job);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void addAction(QAction *&action, const char *icon);
    void activateIndex(const QModelIndex &index);
    void updateActions();
    void retranslate();

    SessionsModel *m_model;
    QAction *m_resume;
    QAction *m_retry;
    QAction *m_remove;
};

} // namespace procession
