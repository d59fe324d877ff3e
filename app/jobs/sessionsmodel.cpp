// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/sessionsmodel.h>

#include <app/common/jobdot.h>
#include <app/jobs/jobsession.h>
#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>

#include <QtGui/QFont>

namespace procession {
namespace {

enum Column { NameColumn, FigureColumn, ColumnCount };

qint64 notDone(const StoredJob &job) { return job.total - job.tasks[static_cast<std::size_t>(TaskState::Done)]; }

JobOutcome outcome(JobState state, qint64 unsuccessful) { return {state, state == JobState::Finished && unsuccessful > 0}; }

} // namespace

SessionsModel::SessionsModel(QObject *parent) : QAbstractItemModel(parent) { }

SessionsModel::~SessionsModel() = default;

void SessionsModel::addSession(JobSession *session)
{
    const QModelIndex group = index(ThisWorkbench, 0);
    beginInsertRows(group, 0, 0);
    m_sessions.insert(m_sessions.begin(), session);
    endInsertRows();
    connect(session, &JobSession::stateChanged, this, &SessionsModel::refresh);
    connect(session, &JobSession::closing, this, [this, session] { removeSession(session); });
    showRecent(m_stored);
}

void SessionsModel::removeSession(JobSession *session)
{
    const auto at = std::find(m_sessions.begin(), m_sessions.end(), session);
    const int row = static_cast<int>(at - m_sessions.begin());
    beginRemoveRows(index(ThisWorkbench, 0), row, row);
    m_sessions.erase(at);
    endRemoveRows();
    showRecent(m_stored);
}

void SessionsModel::refresh()
{
    if (m_sessions.empty())
        return;
    const QModelIndex group = index(ThisWorkbench, 0);
    Q_EMIT dataChanged(index(0, NameColumn, group), index(static_cast<int>(m_sessions.size()) - 1, FigureColumn, group));
}

void SessionsModel::setRecentJobs(const QList<StoredJob> &jobs)
{
    m_stored = jobs;
    showRecent(jobs);
}

void SessionsModel::showRecent(const QList<StoredJob> &jobs)
{
    QList<StoredJob> shown;
    for (const StoredJob &job : jobs) {
        const auto isShown = [&job](const JobSession *session) { return session->storedJob() == job.id; };
        if (std::none_of(m_sessions.begin(), m_sessions.end(), isShown))
            shown.append(job);
    }
    const auto sameId = [](const StoredJob &a, const StoredJob &b) { return a.id == b.id; };
    const QModelIndex group = index(RecentJobs, 0);
    if (std::equal(shown.begin(), shown.end(), m_recent.begin(), m_recent.end(), sameId)) {
        m_recent = shown; // the same rows: a selection stays where it is
        if (!shown.isEmpty())
            Q_EMIT dataChanged(index(0, NameColumn, group), index(static_cast<int>(shown.size()) - 1, FigureColumn, group));
        return;
    }
    if (!m_recent.isEmpty()) {
        beginRemoveRows(group, 0, static_cast<int>(m_recent.size()) - 1);
        m_recent.clear();
        endRemoveRows();
    }
    if (!shown.isEmpty()) {
        beginInsertRows(group, 0, static_cast<int>(shown.size()) - 1);
        m_recent = shown;
        endInsertRows();
    }
}

void SessionsModel::retranslate()
{
    Q_EMIT dataChanged(index(0, 0), index(GroupCount - 1, ColumnCount - 1));
    refresh();
    showRecent(m_stored);
}

JobSession *SessionsModel::session(const QModelIndex &index) const
{
    const bool isSession = index.isValid() && index.internalId() == ThisWorkbench + 1;
    return isSession ? m_sessions[static_cast<std::size_t>(index.row())] : nullptr;
}

const StoredJob *SessionsModel::recentJob(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() == RecentJobs + 1 ? &m_recent[index.row()] : nullptr;
}

QModelIndex SessionsModel::indexOf(const JobSession *session) const
{
    const auto at = std::find(m_sessions.begin(), m_sessions.end(), session);
    return at == m_sessions.end() ? QModelIndex() : index(static_cast<int>(at - m_sessions.begin()), 0, index(ThisWorkbench, 0));
}

// The internal id of a group is 0, of a job the number of its group from 1.
QModelIndex SessionsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex SessionsModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr(0));
}

int SessionsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return GroupCount;
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return parent.row() == ThisWorkbench ? static_cast<int>(m_sessions.size()) : static_cast<int>(m_recent.size());
}

int SessionsModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return ColumnCount;
}

Qt::ItemFlags SessionsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return index.internalId() == 0 ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant SessionsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (const JobSession *job = session(index))
        return sessionData(*job, index.column(), role);
    if (const StoredJob *job = recentJob(index))
        return recentData(*job, index.column(), role);
    return index.column() == NameColumn ? groupData(static_cast<Group>(index.row()), role) : QVariant();
}

QVariant SessionsModel::groupData(Group group, int role) const
{
    if (role == Qt::DisplayRole)
        return group == ThisWorkbench ? tr("This workbench") : tr("Recent jobs");
    if (role == Qt::FontRole) {
        QFont font;
        font.setBold(true);
        return font;
    }
    return {};
}

QVariant SessionsModel::sessionData(const JobSession &session, int column, int role) const
{
    const JobSummary summary = session.summary();
    const qint64 unsuccessful = summary.total() - summary.count(TaskState::Done);
    switch (role) {
    case Qt::DisplayRole:
        return column == NameColumn
            ? session.name()
            : tr("%1 / %2").arg(countText(summary.ended()), totalText(summary.total(), summary.moreMayCome));
    case Qt::DecorationRole:
        return column == NameColumn ? QVariant(jobDot(outcome(summary.state, unsuccessful))) : QVariant();
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return stateText(summary.state);
    case Qt::TextAlignmentRole:
        return column == FigureColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case StateRole:
        return static_cast<int>(summary.state);
    case UnsuccessfulRole:
        return unsuccessful > 0;
    default:
        return {};
    }
}

QVariant SessionsModel::recentData(const StoredJob &job, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        if (column == NameColumn)
            return job.name;
        return job.state == JobState::Interrupted ? stateText(job.state)
                                                  : timeText(job.startedAt ? job.startedAt : job.createdAt);
    case Qt::DecorationRole:
        return column == NameColumn ? QVariant(jobDot(outcome(job.state, notDone(job)))) : QVariant();
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return tr("%1, %2 of %3 tasks done")
            .arg(stateText(job), countText(job.total - notDone(job)), totalText(job.total, job.moreMayCome));
    case Qt::TextAlignmentRole:
        return column == FigureColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case StateRole:
        return static_cast<int>(job.state);
    case UnsuccessfulRole:
        return notDone(job) > 0;
    default:
        return {};
    }
}

} // namespace procession
