// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/window/mainwindow.h>

#include <app/common/notices.h>
#include <app/common/samples.h>
#include <app/jobs/closingquestion.h>
#include <app/jobs/jobactions.h>
#include <app/jobs/sessionsview.h>
#include <app/jobs/statusfigures.h>
#include <app/window/windowactions.h>
#include <app/window/windowmenus.h>
#include <procession/text/errortext.h>
#include <procession/widgets/batch/newbatchdialog.h>
#include <procession/widgets/batch/startpage.h>
#include <procession/widgets/common/futureanswer.h>
#include <procession/widgets/tasks/taskview.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtGui/QCloseEvent>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QVBoxLayout>

namespace procession {

using namespace std::chrono_literals;

MainWindow::MainWindow(const WorkbenchPaths &paths, Appearance *appearance)
    : m_appearance(appearance),
      m_settings(paths.settings, QSettings::IniFormat),
      m_history(paths.store),
      m_launcher(paths.store, &m_history),
      m_recent(&m_history),
      m_sessions(new SessionsModel(this)),
      m_jobActions(new JobActions(this)),
      m_actions(new WindowActions(this))
{
    m_closing = new ClosingQuestion(this, m_sessions);
    makeCentre();
    makeDock();
    m_menus = new WindowMenus(this, m_actions, m_jobActions, m_sessionsView, m_dock);
    m_figures = new StatusFigures;
    statusBar()->addWidget(m_figures, 1);
    connectActions();
    connectJobs();
    restoreLayout();
    retranslate();
    pageChanged();
    if (!paths.problem.isEmpty())
        showUnkept(paths.problem);
    m_recent.refresh();
    m_figuresTimer.start(500ms);
}

MainWindow::~MainWindow()
{
    m_figuresTimer.stop();
    // Pages own their jobs; these report to what is destroyed after this body otherwise.
    m_jobActions->setPage(nullptr);
    while (m_stack->count() > 1)
        delete m_stack->widget(1);
}

void MainWindow::makeCentre()
{
    m_notices = new Notices;
    m_start = new StartPage;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_start);
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_notices);
    layout->addWidget(m_stack, 1);
    setCentralWidget(centre);
}

void MainWindow::makeDock()
{
    m_sessionsView = new SessionsView(m_sessions);
    m_dock = new QDockWidget;
    m_dock->setObjectName(QStringLiteral("sessionsDock"));
    m_dock->setWidget(m_sessionsView);
    addDockWidget(Qt::LeftDockWidgetArea, m_dock);
    resizeDocks({m_dock}, {230}, Qt::Horizontal);
}

void MainWindow::connectActions()
{
    connect(m_actions->newBatch(), &QAction::triggered, this, [this] { openNewBatch(); });
    connect(m_actions->showStart(), &QAction::triggered, this, &MainWindow::showStart);
    connect(m_actions->closeJob(), &QAction::triggered, this, [this] { closePage(currentPage()); });
    connect(m_actions->quit(), &QAction::triggered, this, &QWidget::close);
    connect(m_actions->find(), &QAction::triggered, m_menus->filter(), [this] {
        m_menus->filter()->setFocus(Qt::ShortcutFocusReason);
        m_menus->filter()->selectAll();
    });
    connect(m_actions->about(), &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_actions, &WindowActions::tabRequested, this, [this](int tab) {
        if (JobPage *page = currentPage())
            page->showTab(static_cast<JobPage::Tab>(tab));
    });
    connect(m_actions->showDetails(), &QAction::toggled, this, [this](bool visible) {
        if (JobPage *page = currentPage())
            page->setDetailsVisible(visible);
    });
    connect(m_actions, &WindowActions::schemeRequested, this, &MainWindow::setScheme);
    connect(m_actions, &WindowActions::languageRequested, this, &MainWindow::setLanguage);
    connect(m_menus->filter(), &QLineEdit::textChanged, this, [this](const QString &text) {
        if (JobPage *page = currentPage())
            page->setFilterText(text);
    });
    connect(m_start, &StartPage::newBatchRequested, this, [this] { openNewBatch(); });
    connect(m_start, &StartPage::sampleRequested, this, &MainWindow::runSample);
    connect(m_start, &StartPage::recentActivated, this, &MainWindow::openRecent);
    connect(m_stack, &QStackedWidget::currentChanged, this, &MainWindow::pageChanged);
    connect(m_notices, &Notices::countChanged, this, [this](int count) { m_figures->setNoticeCount(count); });
}

void MainWindow::connectJobs()
{
    connect(&m_launcher, &JobLauncher::launched, this,
        [this](JobSession *session) { Q_EMIT sessionStarted(addSession(std::unique_ptr<JobSession>(session))); });
    connect(&m_launcher, &JobLauncher::opened, this,
        [this](JobSession *session) { addSession(std::unique_ptr<JobSession>(session)); });
    connect(&m_launcher, &JobLauncher::failed, this, [this](const QString &text) { showError(QStringLiteral("launch"), text); });
    connect(
        &m_launcher, &JobLauncher::storeFailed, this, [this](const QString &text) { showError(QStringLiteral("store"), text); });
    connect(&m_recent, &RecentJobs::changed, this, &MainWindow::takeRecentJobs);
    connect(&m_recent, &RecentJobs::failed, this, [this](const QString &text) { showError(QStringLiteral("history"), text); });
    connect(m_sessionsView, &SessionsView::sessionActivated, this, &MainWindow::showSession);
    connect(m_sessionsView, &SessionsView::recentActivated, this, &MainWindow::openRecent);
    connect(m_sessionsView, &SessionsView::resumeRequested, this, &MainWindow::resumeStored);
    connect(m_sessionsView, &SessionsView::removeRequested, this, &MainWindow::askBeforeRemoving);
    connect(m_jobActions, &JobActions::resumeStoredRequested, this, &MainWindow::resumeStored);
    connect(&m_figuresTimer, &QTimer::timeout, this, &MainWindow::updateFigures);
}

NewBatchDialog *MainWindow::openNewBatch(const std::optional<BatchDraft> &draft)
{
    auto *dialog = new NewBatchDialog(this);
    if (draft)
        dialog->setDraft(*draft);
    dialog->setAddedLibraries(addedLibraries());
    connect(dialog, &NewBatchDialog::runRequested, this, &MainWindow::run);
    connect(dialog, &NewBatchDialog::finished, this, [this, dialog] { keepAddedLibraries(dialog->addedLibraries()); });
    dialog->open();
    return dialog;
}

/// Those that are still there.
QByteArrayList MainWindow::addedLibraries() const
{
    QByteArrayList paths;
    const QVariantList kept = m_settings.value(QStringLiteral("batch/libraries")).toList();
    for (const QVariant &path : kept) {
        if (QFile::exists(QFile::decodeName(path.toByteArray())))
            paths.append(path.toByteArray());
    }
    return paths;
}

void MainWindow::keepAddedLibraries(const QByteArrayList &paths)
{
    m_settings.setValue(QStringLiteral("batch/libraries"), QVariantList(paths.begin(), paths.end()));
}

void MainWindow::run(const BatchDefinition &definition, const QString &resultsFolder)
{
    m_launcher.run(definition, resultsFolder);
}

void MainWindow::runSample(int sample) { m_launcher.runDraft(sampleBatches()[static_cast<std::size_t>(sample)].draft); }

void MainWindow::showStart() { m_stack->setCurrentWidget(m_start); }

JobPage *MainWindow::currentPage() const { return qobject_cast<JobPage *>(m_stack->currentWidget()); }

JobPage *MainWindow::pageOf(const JobSession *session) const
{
    for (int i = 0; i < m_stack->count(); ++i) {
        auto *page = qobject_cast<JobPage *>(m_stack->widget(i));
        if (page && page->session() == session)
            return page;
    }
    return nullptr;
}

void MainWindow::showSession(const JobSession *session)
{
    if (JobPage *page = pageOf(session))
        m_stack->setCurrentWidget(page);
}

JobPage *MainWindow::addSession(std::unique_ptr<JobSession> session)
{
    connect(session.get(), &JobSession::stateChanged, &m_recent, &RecentJobs::refresh);
    connect(session.get(), &JobSession::stateChanged, m_closing, &ClosingQuestion::closeWhenFinished);
    connect(session.get(), &JobSession::stateChanged, this, &MainWindow::updateCloseAction);
    m_sessions->addSession(session.get());
    m_sessionsView->expandAll();
    auto *page = new JobPage(std::move(session), &m_history);
    page->restoreLayout(m_settings);
    page->setDetailsVisible(m_actions->showDetails()->isChecked());
    m_stack->addWidget(page);
    m_stack->setCurrentWidget(page);
    m_recent.refresh();
    return page;
}

void MainWindow::openRecent(const StoredJob &job)
{
    for (const JobSession *session : m_sessions->sessions()) {
        if (session->storedJob() == job.id) {
            showSession(session);
            return;
        }
    }
    m_launcher.open(job);
}

void MainWindow::resumeStored(qint64 storedJob, bool unsuccessful)
{
    // A page that only shows the past makes room for the one that goes on.
    for (const JobSession *session : m_sessions->sessions()) {
        if (session->storedJob() == storedJob) {
            closePage(pageOf(session));
            break;
        }
    }
    m_notices->remove(QStringLiteral("interrupted%1").arg(storedJob));
    m_launcher.resume(storedJob, unsuccessful);
}

void MainWindow::closePage(JobPage *page)
{
    if (!page || page->session()->isActive())
        return;
    page->saveLayout(m_settings);
    m_stack->removeWidget(page);
    page->deleteLater();
    m_recent.refresh();
}

void MainWindow::pageChanged()
{
    JobPage *page = currentPage();
    m_jobActions->setPage(page);
    m_menus->setPage(page);
    m_sessionsView->select(page ? page->session() : nullptr);
    updateCloseAction();
    m_actions->showDetails()->setEnabled(page != nullptr);
    if (page)
        page->setDetailsVisible(m_actions->showDetails()->isChecked());
}

void MainWindow::takeRecentJobs()
{
    m_sessions->setRecentJobs(m_recent.jobs());
    m_start->setRecentJobs(m_recent.jobs());
    m_sessionsView->expandAll();
    if (std::exchange(m_offeredResume, true))
        return;
    for (const StoredJob &job : m_recent.jobs()) {
        if (job.state == JobState::Interrupted)
            offerResume(job);
    }
}

void MainWindow::offerResume(const StoredJob &job)
{
    m_notices->add({.key = QStringLiteral("interrupted%1").arg(job.id),
        .text = [job] { return tr("The job “%1” was interrupted; what is missing of it can still run.").arg(job.name); },
        .actionText = [] { return tr("Resume"); },
        .action = [this, job] { resumeStored(job.id, false); }});
}

void MainWindow::askBeforeRemoving(const StoredJob &job)
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Remove from the History"),
        tr("Remove “%1” with the output of all its tasks from the history? This cannot be undone.").arg(job.name),
        QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(remove, &QPushButton::clicked, this, [this, id = job.id] {
        whenAnswered(
            m_history.removeJob(id), this, [this] { m_recent.refresh(); },
            [this](const std::exception &error) { showError(QStringLiteral("remove"), errorText(error)); });
    });
    box->open();
}

void MainWindow::showError(const QString &key, const QString &message)
{
    m_notices->add({.key = key, .text = [message] { return message; }, .actionText = {}, .action = {}});
}

void MainWindow::showUnkept(const QString &problem)
{
    m_notices->add({.key = QStringLiteral("unkept"),
        .text = [problem] { return tr("Jobs and settings are gone when this window closes: %1").arg(problem); },
        .actionText = {},
        .action = {}});
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Procession"),
        tr("Procession %1\nA workbench for parallel jobs.\nFree software under the GNU General Public License, version 3 or "
           "later.")
            .arg(QCoreApplication::applicationVersion()),
        QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::updateFigures()
{
    m_figures->update(m_sessions->sessions(), QDateTime::currentMSecsSinceEpoch() * 1000);
    m_sessions->refresh();
    m_jobActions->update();
}

void MainWindow::updateCloseAction()
{
    const JobPage *page = currentPage();
    m_actions->closeJob()->setEnabled(page && !page->session()->isActive());
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange && m_sessions)
        m_sessions->refresh();
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_closing->mayClose()) {
        event->ignore();
        m_closing->ask();
        return;
    }
    saveLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::setScheme(Appearance::Scheme scheme)
{
    m_appearance->setScheme(scheme);
    m_settings.setValue(QStringLiteral("appearance/scheme"), static_cast<int>(scheme));
}

void MainWindow::setLanguage(const QString &language)
{
    m_appearance->setLanguage(language);
    m_settings.setValue(QStringLiteral("appearance/language"), language);
}

void MainWindow::restoreLayout()
{
    const int scheme = m_settings.value(QStringLiteral("appearance/scheme"), 0).toInt();
    m_appearance->setScheme(static_cast<Appearance::Scheme>(std::clamp(scheme, 0, 2)));
    m_appearance->setLanguage(m_settings.value(QStringLiteral("appearance/language")).toString());
    m_actions->setScheme(m_appearance->scheme());
    m_actions->setLanguage(m_appearance->language());
    m_actions->showDetails()->setChecked(m_settings.value(QStringLiteral("job/details"), true).toBool());
    resize(1280, 800);
    restoreGeometry(m_settings.value(QStringLiteral("window/geometry")).toByteArray());
    restoreState(m_settings.value(QStringLiteral("window/state")).toByteArray());
}

void MainWindow::saveLayout()
{
    m_settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_settings.setValue(QStringLiteral("window/state"), saveState());
    m_settings.setValue(QStringLiteral("job/details"), m_actions->showDetails()->isChecked());
    if (const JobPage *page = currentPage())
        page->saveLayout(m_settings);
    m_settings.sync();
}

void MainWindow::retranslate()
{
    setWindowTitle(tr("Procession"));
    m_dock->setWindowTitle(tr("Sessions"));
    std::vector<StartPage::Sample> samples;
    for (const SampleBatch &sample : sampleBatches())
        samples.push_back(sample.words);
    m_start->setSamples(samples);
    m_actions->retranslate();
    m_jobActions->retranslate();
    m_menus->retranslate();
    m_sessions->retranslate();
}

} // namespace procession
