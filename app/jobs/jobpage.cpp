// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/jobpage.h>

#include <procession/job/store/jobhistory.h>
#include <procession/widgets/progress/depthchart.h>
#include <procession/widgets/progress/jobheader.h>
#include <procession/widgets/progress/workerview.h>
#include <procession/widgets/tasks/taskdetails.h>
#include <procession/widgets/tasks/taskview.h>

#include <QtCore/QEvent>
#include <QtCore/QSettings>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

namespace procession {
namespace {

using namespace std::chrono_literals;

constexpr auto SeenInterval = 40ms;
constexpr auto UnseenInterval = 400ms;
constexpr int TurnsPerSample = 2; // the queue chart wants more than ten samples a second
constexpr int TurnsPerWorkerUpdate = 5;

qint64 currentTime()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

} // namespace

JobPage::JobPage(std::unique_ptr<JobSession> session, JobHistory *history, QWidget *parent)
    : QWidget(parent),
      m_session(std::move(session)),
      m_taskModel(new TaskModel(m_session->source(), m_session->feed(), m_session->before(), this))
{
    makeViews();
    connectViews();
    setUpDetails(history);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &JobPage::refresh);
    connect(m_session.get(), &JobSession::stateChanged, this, &JobPage::wakeUp);
    retranslate();
    refresh();
    wakeUp();
    showTab(m_session->job() ? Workers : Tasks);
}

JobPage::~JobPage() = default;

void JobPage::makeViews()
{
    m_header = new JobHeader;
    m_header->setJob(m_session->name());
    m_workers = new WorkerView;
    m_workers->model()->setSource(m_session->source());
    m_tasks = new TaskView;
    m_tasks->setModel(m_taskModel);
    m_tasks->filterEdit()->hide(); // its text is the tool bar's
    m_chart = new DepthChart;
    m_details = new TaskDetails;

    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    for (QWidget *view : std::initializer_list<QWidget *>{m_workers, m_tasks, m_chart})
        m_tabs->addTab(view, QString());
    m_splitter = new QSplitter(Qt::Vertical);
    m_splitter->addWidget(m_tabs);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_header);
    layout->addWidget(m_splitter, 1);
}

void JobPage::connectViews()
{
    connect(m_tabs, &QTabWidget::currentChanged, this, &JobPage::tabChanged);
    connect(m_tasks, &TaskView::currentTaskChanged, m_details, &TaskDetails::showTask);
    connect(m_workers, &WorkerView::taskActivated, this, [this](qint64 task) {
        if (task >= 0)
            showTask(static_cast<TaskIndex>(task));
    });
    connect(m_workers, &WorkerView::showTasksRequested, this, [this](int worker) {
        m_tasks->showWorker(worker);
        showTab(Tasks);
    });
    Job *job = m_session->job();
    m_tasks->setControllable(job);
    m_workers->setControllable(job);
    if (!job)
        return;
    connect(m_tasks, &TaskView::cancelRequested, job, &Job::cancel);
    connect(m_tasks, &TaskView::signalRequested, job, &Job::signalTasks);
    connect(m_tasks, &TaskView::retryRequested, job, &Job::retry);
    connect(m_workers, &WorkerView::signalRequested, job, &Job::signalWorkers);
}

void JobPage::setUpDetails(JobHistory *history)
{
    const qint64 stored = m_session->storedJob();
    TaskDetails::OutputQuestion output;
    if (Job *job = m_session->job())
        output = [job](TaskIndex task) { return job->runningOutput(task); };
    m_details->setJob(
        m_taskModel, [history, stored](TaskIndex task) { return history->attempts(stored, task); }, output);
}

JobPage::Tab JobPage::tab() const { return static_cast<Tab>(m_tabs->currentIndex()); }

void JobPage::showTab(Tab tab) { m_tabs->setCurrentIndex(tab); }

void JobPage::setDetailsVisible(bool visible) { m_details->setVisible(visible); }

void JobPage::showTask(TaskIndex task)
{
    showTab(Tasks);
    m_tasks->selectTask(task);
}

void JobPage::setFilterText(const QString &text)
{
    if (m_tasks->filterEdit()->text() == text)
        return;
    m_tasks->filterEdit()->setText(text);
    showTab(Tasks);
}

QString JobPage::filterText() const { return m_tasks->filterEdit()->text(); }

void JobPage::saveLayout(QSettings &settings) const
{
    settings.setValue(QStringLiteral("job/splitter"), m_splitter->saveState());
    settings.setValue(QStringLiteral("job/tasks"), m_tasks->saveState());
    settings.setValue(QStringLiteral("job/workers"), m_workers->saveState());
}

void JobPage::restoreLayout(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(QStringLiteral("job/splitter")).toByteArray());
    m_tasks->restoreState(settings.value(QStringLiteral("job/tasks")).toByteArray());
    m_workers->restoreState(settings.value(QStringLiteral("job/workers")).toByteArray());
}

void JobPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void JobPage::showEvent(QShowEvent *event)
{
    wakeUp();
    QWidget::showEvent(event);
}

void JobPage::hideEvent(QHideEvent *event)
{
    m_timer.setInterval(UnseenInterval);
    QWidget::hideEvent(event);
}

void JobPage::wakeUp() { m_timer.start(isVisible() ? SeenInterval : UnseenInterval); }

void JobPage::refresh()
{
    const qint64 now = currentTime();
    m_taskModel->refresh();
    const JobSummary summary = m_session->summary();
    m_header->setSummary(summary, now);
    const bool isLive = m_session->isActive();
    const bool everyTime = !isVisible() || !isLive;
    if (everyTime || m_turn % TurnsPerSample == 0)
        m_chart->addSample(summary.count(TaskState::Queued), summary.count(TaskState::Running), now);
    if (m_session->job() && (everyTime || m_turn % TurnsPerWorkerUpdate == 0))
        m_workers->model()->update(m_session->job()->workers(), m_taskModel->typicalDuration(), now);
    ++m_turn;
    if (!isLive && isSettled())
        m_timer.stop();
}

bool JobPage::isSettled() const { return m_taskModel->counts() == m_session->summary().tasks; }

void JobPage::retranslate()
{
    m_tabs->setTabText(Workers, tr("Workers"));
    m_tabs->setTabText(Tasks, tr("Tasks"));
    m_tabs->setTabText(Backlog, tr("Backlog"));
    m_tabs->setTabToolTip(Workers, tr("What each worker does now"));
    m_tabs->setTabToolTip(Tasks, tr("Every task and how it went"));
    m_tabs->setTabToolTip(Backlog, tr("How many tasks wait and run, over time"));
}

} // namespace procession
