// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/store/jobstore.h>

#include <QtCore/QAbstractItemModel>

namespace procession {

class JobSession;

/// The jobs of this program and, below them, those of the past.
class SessionsModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Group { ThisWorkbench, RecentJobs, GroupCount };
    enum Role {
        StateRole = Qt::UserRole, ///< the JobState, as int; nothing for a group
        UnsuccessfulRole, ///< whether a job that ended has tasks that are not done
    };

    explicit SessionsModel(QObject *parent = nullptr);
    ~SessionsModel() override;

    /// Not owned; it is taken out when it closes.
    void addSession(JobSession *session);
    const std::vector<JobSession *> &sessions() const { return m_sessions; }
    /// The figures that are shown for the sessions may have changed.
    void refresh();
    /// Newest first; skips jobs that are sessions of this program.
    void setRecentJobs(const QList<StoredJob> &jobs);
    const QList<StoredJob> &recentJobs() const { return m_recent; }
    void retranslate();

    /// Null when `index` is no session.
    JobSession *session(const QModelIndex &index) const;
    /// Null when `index` is no job of the past.
    const StoredJob *recentJob(const QModelIndex &index) const;
    QModelIndex indexOf(const JobSession *session) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QVariant groupData(Group group, int role) const;
    QVariant sessionData(const JobSession &session, int column, int role) const;
    QVariant recentData(const StoredJob &job, int column, int role) const;
    void removeSession(JobSession *session);
    void showRecent(const QList<StoredJob> &jobs);

    std::vector<JobSession *> m_sessions;
    QList<StoredJob> m_recent;
    QList<StoredJob> m_stored; // including sessions
};

} // namespace procession
