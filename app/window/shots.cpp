// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/window/shots.h>

#include <app/common/notices.h>
#include <app/common/samples.h>
#include <app/jobs/jobpage.h>
#include <procession/widgets/batch/newbatchdialog.h>
#include <procession/widgets/tasks/taskmodel.h>

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QTabWidget>

#include <cstdio>

namespace procession {
namespace {

using namespace std::chrono_literals;

constexpr auto LookInterval = 20ms;
constexpr qint64 SettleTime = 700; // milliseconds: views catch up some times a second
constexpr qint64 Patience = 60'000; // milliseconds for a condition
constexpr qsizetype SomeTasks = 400;

/// Failing, slow and hanging tasks, the same ones each time.
BatchDraft thumbnails(const QString &name)
{
    BatchDraft draft;
    draft.name = name;
    draft.command = QStringLiteral("[ {} -eq 5 ] && sleep 3600; sleep 0.$(( {} % 5 + 2 )); "
                                   "[ $(( {} % 9 )) -eq 4 ] && { echo \"photo-{}.jpg: unexpected end of file\" >&2; exit 3; }; "
                                   "echo \"photo-{}.jpg 4032x3024 -> 320x240\"");
    draft.sources = {{.kind = InputSource::Kind::Numbers, .first = 1, .last = 240}};
    draft.job.workers = 6;
    return draft;
}

} // namespace

Shots::Shots(const QString &folder, Appearance *appearance) : m_folder(folder), m_appearance(appearance), m_out(stdout)
{
    connect(&m_timer, &QTimer::timeout, this, &Shots::wait);
}

Shots::~Shots() = default;

void Shots::start()
{
    if (!m_own.isValid() || !m_folder.mkpath(QStringLiteral("."))) {
        m_out << tr("The folder %1 cannot be made.").arg(m_folder.path()) << Qt::endl;
        Q_EMIT finished(1);
        return;
    }
    m_window = std::make_unique<MainWindow>(
        WorkbenchPaths{m_own.filePath(QStringLiteral("settings.ini")), m_own.filePath(QStringLiteral("jobs.sqlite"))},
        m_appearance);
    connect(m_window.get(), &MainWindow::sessionStarted, this, [this](JobPage *page) { m_page = page; });
    m_window->resize(1280, 800);
    m_window->show();
    planFirst();
    for (const auto scheme : {Appearance::Scheme::Light, Appearance::Scheme::Dark}) {
        for (const QString &language : {QStringLiteral("en"), QStringLiteral("zh_CN")})
            planLook(scheme, language);
    }
    next();
}

void Shots::add(const QString &picture, const std::function<void()> &act, const std::function<bool()> &isReady)
{
    m_steps.push_back({act, isReady, picture});
}

void Shots::planFirst()
{
    add({}, [this] {
        m_appearance->setScheme(Appearance::Scheme::Light);
        m_appearance->setLanguage(QStringLiteral("en"));
        m_look = QStringLiteral("light-en");
    });
    add(QStringLiteral("first-start"), [] {});
    add(
        {}, [this] { m_window->launcher()->runDraft(checksumsOfAllHeaders(), SomeTasks); },
        [this] { return m_page && !m_page->session()->isActive() && m_page->isSettled(); });
}

void Shots::planLook(Appearance::Scheme scheme, const QString &language)
{
    add({}, [this, scheme, language] {
        m_appearance->setScheme(scheme);
        m_appearance->setLanguage(language);
        m_look = (scheme == Appearance::Scheme::Light ? QStringLiteral("light-") : QStringLiteral("dark-")) + language.left(2);
        m_window->showStart();
    });
    add(QStringLiteral("start"), [] {});
    planJob();
    planDialog();
    planPast();
}

void Shots::planJob()
{
    const auto count = [this](TaskState state) { return m_page->session()->summary().count(state); };
    add(
        QStringLiteral("job-workers"),
        [this] {
            m_page = nullptr;
            m_window->launcher()->runDraft(thumbnails(tr("Thumbnails")));
        },
        [this, count] { return m_page && count(TaskState::Done) > 30; });
    add(
        QStringLiteral("job-tasks"), [this] { m_page->showTask(4); }, [count] { return count(TaskState::Done) > 45; });
    add(
        QStringLiteral("job-backlog"), [this] { m_page->showTab(JobPage::Backlog); },
        [count] { return count(TaskState::Done) > 70; });
    add(
        QStringLiteral("job-failed-task"), [this] { m_page->showTask(12); },
        [this] { return m_page->taskModel()->record(12).state == TaskState::Failed; });
}

NewBatchDialog *Shots::openDialog(const BatchDraft &draft)
{
    if (m_dialog)
        m_dialog->reject();
    m_dialog = m_window->openNewBatch(draft);
    return m_dialog;
}

void Shots::planDialog()
{
    const auto isAnswered = [this] { return !m_dialog->preview().isPending(); };
    const auto addDialog = [this, isAnswered](const QString &picture, const std::function<void()> &act) {
        m_steps.push_back({act, isAnswered, picture, [this] { return m_dialog.data(); }});
    };
    addDialog(QStringLiteral("new-batch"), [this] {
        BatchDraft draft = checksumsOfAllHeaders();
        draft.command = QStringLiteral("gzip -9c {} > /tmp/{/.}.gz");
        openDialog(draft);
    });
    addDialog(QStringLiteral("new-batch-options"), [this] { m_dialog->findChild<QTabWidget *>()->setCurrentIndex(1); });
    addDialog(QStringLiteral("new-batch-problems"), [this] {
        BatchDraft draft = checksumsOfAllHeaders();
        draft.command = QStringLiteral("convert \"{} -resize 320x240 {.}-small.png");
        draft.sources.push_back({.kind = InputSource::Kind::Folder,
            .folder = QStringLiteral("/usr/share/no such folder"),
            .pattern = QStringLiteral("*.jpg")});
        openDialog(draft);
    });
    addDialog(QStringLiteral("new-batch-combined"), [this] {
        BatchDraft draft;
        draft.command = QStringLiteral("./simulate --seed {1} --model {2}");
        draft.sources = {{.kind = InputSource::Kind::Numbers, .first = 1, .last = 50},
            {.kind = InputSource::Kind::Typed, .text = QStringLiteral("Lennard-Jones 12-6\nMorse\nYukawa")}};
        openDialog(draft);
    });
    planFunctionDialog(addDialog);
    add({}, [this] { m_dialog->reject(); });
}

/// With the first library of tasks that there is, or what is said where there is none.
void Shots::planFunctionDialog(const std::function<void(const QString &, const std::function<void()> &)> &addDialog)
{
    addDialog(QStringLiteral("new-batch-function"), [this] {
        BatchDraft draft;
        draft.kind = BatchDraft::Kind::Function;
        draft.sources = {{.kind = InputSource::Kind::Folder,
            .folder = QStringLiteral("/usr/include/linux"),
            .pattern = QStringLiteral("*.h")}};
        openDialog(draft);
    });
    addDialog(QStringLiteral("new-batch-function-problem"), [this] {
        BatchDraft draft = m_dialog->draft();
        draft.function = QStringLiteral("thumbnail");
        openDialog(draft);
    });
}

void Shots::planPast()
{
    add(
        QStringLiteral("job-finished"),
        [this] {
            m_page->session()->job()->stop(StopMode::Kill);
            m_page->showTab(JobPage::Tasks);
        },
        [this] { return !m_page->session()->isActive() && m_page->isSettled(); });
    add(
        {},
        [this] {
            m_page = nullptr;
            m_window->launcher()->runDraft(thumbnails(tr("Thumbnails")));
        },
        [this] { return m_page && m_page->session()->summary().count(TaskState::Done) > 3; });
    m_steps.push_back({[this] { m_window->close(); }, {}, QStringLiteral("close-question"),
        [this] { return m_window->findChild<QMessageBox *>(QStringLiteral("closeQuestion")); }});
    add(
        {},
        [this] {
            m_window->findChild<QAbstractButton *>(QStringLiteral("doNotClose"))->click();
            m_page->session()->job()->stop(StopMode::Kill);
        },
        [this] { return !m_page->session()->isActive(); });
    add(
        QStringLiteral("notice"),
        [this] {
            BatchDefinition wrong;
            wrong.command = "echo 'unclosed";
            wrong.inputs = InputTable({InputList({"a"})});
            m_window->run(wrong, {});
        },
        [this] { return m_window->notices()->count() > 0; });
    add({}, [this] { m_window->findChild<QAbstractButton *>(QStringLiteral("dismiss"))->click(); });
}

void Shots::next()
{
    if (m_steps.empty()) {
        m_timer.stop();
        Q_EMIT finished(m_status);
        return;
    }
    m_since.start();
    m_isSettling = false;
    m_steps.front().act();
    m_timer.start(LookInterval);
}

void Shots::wait()
{
    const Step &step = m_steps.front();
    const bool isLate = m_since.elapsed() > Patience;
    if (!m_isSettling) {
        if (step.isReady && !step.isReady() && !isLate)
            return;
        m_isSettling = true;
        m_since.start();
    }
    if (m_since.elapsed() < (step.picture.isEmpty() ? 0 : SettleTime))
        return;
    m_timer.stop();
    if (isLate) {
        m_out << tr("Waited in vain for the view “%1”.").arg(step.picture) << Qt::endl;
        Q_EMIT finished(1);
        return;
    }
    takePicture(step);
    m_steps.pop_front();
    next();
}

void Shots::takePicture(const Step &step)
{
    if (step.picture.isEmpty())
        return;
    QWidget *widget = step.widget ? step.widget() : m_window.get();
    const QString file = m_folder.filePath(QStringLiteral("%1-%2.png").arg(step.picture, m_look));
    const bool isWritten = widget && widget->grab().save(file);
    m_out << (isWritten ? tr("Wrote %1") : tr("Could not write %1")).arg(file) << Qt::endl;
    if (!isWritten)
        m_status = 1;
}

} // namespace procession
