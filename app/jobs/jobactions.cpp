// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/jobactions.h>

#include <app/common/icons.h>

#include <QtGui/QAction>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSpinBox>

namespace procession {

JobActions::JobActions(QWidget *parent)
    : QObject(parent),
      m_pause(add(QStringLiteral("pause"), "media-playback-pause", Qt::CTRL | Qt::Key_P)),
      m_resume(add(QStringLiteral("resume"), "media-playback-start", Qt::CTRL | Qt::SHIFT | Qt::Key_P)),
      m_stop(add(QStringLiteral("stop"), "media-playback-stop", {})),
      m_stopFinish(add(QStringLiteral("stopFinish"), "media-playback-stop", Qt::CTRL | Qt::Key_Period)),
      m_stopTerminate(add(QStringLiteral("stopTerminate"), "process-stop", Qt::CTRL | Qt::SHIFT | Qt::Key_T)),
      m_stopKill(add(QStringLiteral("stopKill"), "process-stop", Qt::CTRL | Qt::SHIFT | Qt::Key_K)),
      m_retryFailed(add(QStringLiteral("retryFailed"), "view-refresh", Qt::CTRL | Qt::SHIFT | Qt::Key_R)),
      m_moreWorkers(add(QStringLiteral("moreWorkers"), "list-add", QKeySequence::ZoomIn)),
      m_fewerWorkers(add(QStringLiteral("fewerWorkers"), "list-remove", QKeySequence::ZoomOut)),
      m_stopMenu(new QMenu(parent)),
      m_workers(new QSpinBox(parent))
{
    m_moreWorkers->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    m_fewerWorkers->setShortcut(Qt::CTRL | Qt::Key_Minus);
    m_stopMenu->addActions({m_stopFinish, m_stopTerminate, m_stopKill});
    m_workers->setObjectName(QStringLiteral("workerCount"));
    m_workers->setRange(1, 1024);
    m_workers->setKeyboardTracking(false); // 1 on the way to 16 is not meant
    connectActions();
    retranslate();
    update();
}

QAction *JobActions::add(const QString &name, const char *icon, const QKeySequence &shortcut)
{
    auto *action = new QAction(this);
    action->setObjectName(name);
    action->setIcon(themedIcon(icon));
    action->setShortcut(shortcut);
    return action;
}

QList<QAction *> JobActions::all() const
{
    return {m_pause, m_resume, m_stopFinish, m_stopTerminate, m_stopKill, m_retryFailed, m_moreWorkers, m_fewerWorkers};
}

Job *JobActions::job() const { return m_page ? m_page->session()->job() : nullptr; }

void JobActions::connectActions()
{
    connect(m_pause, &QAction::triggered, this, [this] {
        if (job())
            job()->pause();
    });
    connect(m_resume, &QAction::triggered, this, [this] {
        if (job())
            job()->resume();
        else if (m_page)
            Q_EMIT resumeStoredRequested(m_page->session()->storedJob(), false);
    });
    const auto stop = [this](QAction *action, StopMode mode) {
        connect(action, &QAction::triggered, this, [this, mode] {
            if (job())
                job()->stop(mode);
        });
    };
    stop(m_stop, StopMode::Finish);
    stop(m_stopFinish, StopMode::Finish);
    stop(m_stopTerminate, StopMode::Terminate);
    stop(m_stopKill, StopMode::Kill);
    connect(m_retryFailed, &QAction::triggered, this, [this] {
        if (job())
            job()->retryUnsuccessful();
        else if (m_page)
            Q_EMIT resumeStoredRequested(m_page->session()->storedJob(), true);
    });
    connect(m_moreWorkers, &QAction::triggered, this, [this] { changeWorkers(1); });
    connect(m_fewerWorkers, &QAction::triggered, this, [this] { changeWorkers(-1); });
    connect(m_workers, &QSpinBox::valueChanged, this, [this](int count) {
        if (job())
            job()->setWorkerCount(count);
        update();
    });
}

void JobActions::changeWorkers(int by) { m_workers->setValue(m_workers->value() + by); }

void JobActions::setPage(JobPage *page)
{
    if (m_page)
        disconnect(m_page->session(), nullptr, this, nullptr);
    m_page = page;
    if (page) {
        connect(page->session(), &JobSession::stateChanged, this, &JobActions::update);
        // From here on the field knows first: the job follows it a moment later.
        const QSignalBlocker blocker(m_workers);
        m_workers->setValue(page->session()->summary().workers);
    }
    update();
}

void JobActions::update()
{
    const JobSummary summary = m_page ? m_page->session()->summary() : JobSummary();
    const bool isLive = job() != nullptr;
    const bool isRunning = isLive && summary.state == JobState::Running;
    const bool isPaused = isLive && summary.state == JobState::Paused;
    const bool isStopping = isLive && summary.state == JobState::Stopping;
    const bool isMissing = m_page && !isLive && summary.count(TaskState::Queued) > 0;
    const qint64 unsuccessful
        = summary.count(TaskState::Failed) + summary.count(TaskState::Cancelled) + summary.count(TaskState::Lost);
    m_pause->setEnabled(isRunning);
    m_resume->setEnabled(isPaused || isMissing);
    for (QAction *action : {m_stop, m_stopFinish})
        action->setEnabled(isRunning || isPaused);
    for (QAction *action : {m_stopTerminate, m_stopKill})
        action->setEnabled(isRunning || isPaused || isStopping);
    m_stopMenu->setEnabled(m_stopKill->isEnabled());
    m_stop->setEnabled(m_stopKill->isEnabled());
    m_retryFailed->setEnabled(m_page && unsuccessful > 0 && !isStopping);
    const bool canSize = isRunning || isPaused;
    m_workers->setEnabled(canSize);
    m_moreWorkers->setEnabled(canSize && m_workers->value() < m_workers->maximum());
    m_fewerWorkers->setEnabled(canSize && m_workers->value() > m_workers->minimum());
}

void JobActions::retranslate()
{
    // Where a button shows an action there is no room for the key of its menu, which stands in brackets in Chinese.
    m_pause->setText(tr("&Pause"));
    m_pause->setIconText(tr("Pause", "button"));
    m_pause->setToolTip(tr("Start no more tasks for now; running ones go on"));
    m_resume->setText(tr("&Resume"));
    m_resume->setIconText(tr("Resume", "button"));
    m_resume->setToolTip(tr("Start tasks again"));
    m_stop->setText(tr("&Stop"));
    m_stop->setIconText(tr("Stop", "button"));
    m_stop->setToolTip(tr("Let the running tasks finish, start no more"));
    m_stopFinish->setText(tr("&Finish Running Tasks, Then Stop"));
    m_stopTerminate->setText(tr("Stop and &Terminate Running Tasks"));
    m_stopKill->setText(tr("Stop and &Kill Running Tasks"));
    m_retryFailed->setText(tr("Retry Fai&led"));
    m_retryFailed->setIconText(tr("Retry Failed", "button"));
    m_retryFailed->setToolTip(tr("Run every task again that failed, was cancelled or got lost"));
    m_moreWorkers->setText(tr("&One Worker More"));
    m_fewerWorkers->setText(tr("One &Worker Fewer"));
    m_stopMenu->setTitle(tr("&Stop"));
    m_workers->setToolTip(tr("How many tasks run at the same time"));
    m_workers->setAccessibleName(tr("Number of workers"));
}

} // namespace procession
