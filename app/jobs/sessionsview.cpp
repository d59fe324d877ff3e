// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/sessionsview.h>

#include <app/common/icons.h>

#include <QtGui/QContextMenuEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>

namespace procession {

SessionsView::SessionsView(SessionsModel *model, QWidget *parent) : QTreeView(parent), m_model(model)
{
    setObjectName(QStringLiteral("sessions"));
    setModel(model);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setIndentation(12);
    setItemsExpandable(true);
    setExpandsOnDoubleClick(false);
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    expandAll();
    addAction(m_resume, "media-playback-start");
    addAction(m_retry, "view-refresh");
    addAction(m_remove, "edit-delete");
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetShortcut);
    connect(this, &QAbstractItemView::clicked, this, &SessionsView::activateIndex);
    connect(this, &QAbstractItemView::activated, this, &SessionsView::activateIndex);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &SessionsView::updateActions);
    connect(model, &QAbstractItemModel::dataChanged, this, &SessionsView::updateActions);
    connect(m_resume, &QAction::triggered, this, [this] {
        if (const StoredJob *job = m_model->recentJob(currentIndex()))
            Q_EMIT resumeRequested(job->id, false);
    });
    connect(m_retry, &QAction::triggered, this, [this] {
        if (const StoredJob *job = m_model->recentJob(currentIndex()))
            Q_EMIT resumeRequested(job->id, true);
    });
    connect(m_remove, &QAction::triggered, this, [this] {
        if (const StoredJob *job = m_model->recentJob(currentIndex()))
            Q_EMIT removeRequested(*job);
    });
    retranslate();
    updateActions();
}

void SessionsView::addAction(QAction *&action, const char *icon)
{
    action = new QAction(themedIcon(icon), QString(), this);
    QWidget::addAction(action);
}

void SessionsView::select(const JobSession *session)
{
    const QModelIndex index = m_model->indexOf(session);
    if (index.isValid())
        setCurrentIndex(index);
    else
        selectionModel()->clear();
}

void SessionsView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QTreeView::changeEvent(event);
}

void SessionsView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!m_model->recentJob(indexAt(event->pos())))
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_resume, m_retry, m_remove});
    menu->popup(event->globalPos());
}

void SessionsView::activateIndex(const QModelIndex &index)
{
    if (JobSession *session = m_model->session(index))
        Q_EMIT sessionActivated(session);
    else if (const StoredJob *job = m_model->recentJob(index))
        Q_EMIT recentActivated(*job);
}

void SessionsView::updateActions()
{
    const StoredJob *job = m_model->recentJob(currentIndex());
    const bool isOver = job && (job->state == JobState::Finished || job->state == JobState::Interrupted);
    m_resume->setEnabled(job && job->state == JobState::Interrupted);
    m_retry->setEnabled(isOver && job->tasks[static_cast<std::size_t>(TaskState::Done)] < job->total);
    m_remove->setEnabled(isOver);
}

void SessionsView::retranslate()
{
    setAccessibleName(tr("Sessions"));
    m_resume->setText(tr("&Resume"));
    m_resume->setToolTip(tr("Run what was not begun or not finished"));
    m_retry->setText(tr("Run Again What Is Not &Done"));
    m_remove->setText(tr("Remove from the &History…"));
}

} // namespace procession
