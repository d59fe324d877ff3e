// SPDX-License-Identifier: GPL-3.0-or-later
#include "sanitizers.h"
#include "windowfixture.h"

#include <app/common/notices.h>
#include <procession/widgets/common/eventloopprobe.h>
#include <procession/widgets/tasks/taskmodel.h>
#include <procession/widgets/tasks/taskview.h>

#include <QtWidgets/QtWidgets>

#include <csignal>

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// Ends every task as soon as it has begun: nothing but the window and the job is at work.
class InstantExecutor : public Executor
{
public:
    void start(TaskIndex task, int number, int worker) override
    {
        Attempt attempt;
        attempt.task = task;
        attempt.number = number;
        attempt.worker = worker;
        attempt.startedAt = QDateTime::currentMSecsSinceEpoch() * 1000;
        attempt.duration = 1 + task % 5000;
        attempt.status = ExitStatus::exited(task % 1000 == 7 ? 3 : 0);
        m_ended.push_back(attempt);
    }
    void signal(int, WorkerSignal) override { }
    void wait(QDeadlineTimer deadline, std::vector<Attempt> &ended) override
    {
        std::unique_lock lock(m_mutex);
        const auto wakes = [this] { return m_isWoken || !m_ended.empty(); };
        if (deadline.isForever())
            m_wakeUp.wait(lock, wakes);
        else
            m_wakeUp.wait_for(lock, std::chrono::nanoseconds(deadline.remainingTimeNSecs()), wakes);
        m_isWoken = false;
        ended.insert(ended.end(), m_ended.begin(), m_ended.end());
        m_ended.clear();
    }
    void wake() override
    {
        const std::scoped_lock lock(m_mutex);
        m_isWoken = true;
        m_wakeUp.notify_all();
    }
    WorkerUsage usage(int) const override { return {}; }
    TaskOutput output(int) const override { return {}; }
    qint64 pid(int) const override { return 0; }

private:
    std::mutex m_mutex;
    std::condition_variable m_wakeUp;
    std::vector<Attempt> m_ended; // touched by the runner thread only
    bool m_isWoken = false;
};

class NumberedTasks : public TaskSource
{
public:
    explicit NumberedTasks(qsizetype count) : m_count(count) { }
    qsizetype count() const override { return m_count; }
    QByteArray title(TaskIndex task) const override { return "input-" + QByteArray::number(task) + ".dat"; }
    QByteArray description(TaskIndex task) const override { return "process " + title(task); }
    QByteArrayList arguments(TaskIndex task) const override { return {title(task)}; }

private:
    qsizetype m_count;
};

QStringList textsOf(const QWidget &window)
{
    QStringList texts;
    for (const QAction *action : window.findChildren<QAction *>())
        texts.append(action->text());
    for (const QLabel *label : window.findChildren<QLabel *>())
        texts.append(label->text());
    return texts;
}

bool hasChinese(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar character) { return character.script() == QChar::Script_Han; });
}

} // namespace

class TestWindowLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksBeforeClosingWhileJobsRun();
    void closesWhenItsJobsHaveStopped();
    void offersToResumeWhatWasInterrupted();
    void remembersItsLayout();
    void changesItsLanguageWithoutARestart();
    void changesItsColoursWithoutARestart();
    void everythingHasANameForThoseWhoCannotSee();
    void theKeyboardReachesEveryAction();
    void aHundredThousandTasksDoNotHoldItUp();
};

void TestWindowLife::asksBeforeClosingWhileJobsRun()
{
    WindowFixture fixture;
    JobPage *page = fixture.run("sleep 600", 2, 2);
    QVERIFY(page);
    QTRY_COMPARE(countOf(page, TaskState::Running), 2);
    QVERIFY(!fixture.window().close());
    QTRY_VERIFY(fixture.window().findChild<QMessageBox *>(QStringLiteral("closeQuestion")));
    fixture.find<QPushButton>("doNotClose")->click();
    QTRY_VERIFY(!fixture.window().findChild<QMessageBox *>(QStringLiteral("closeQuestion")));
    QVERIFY(fixture.window().isVisible());
    QCOMPARE(stateOf(page), JobState::Running);
    page->session()->job()->stop(StopMode::Kill);
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QVERIFY(fixture.window().isVisible()); // closing was called off
}

void TestWindowLife::closesWhenItsJobsHaveStopped()
{
    WindowFixture fixture;
    JobPage *page = fixture.run("sleep 600", 20, 2);
    QVERIFY(page);
    QTRY_COMPARE(countOf(page, TaskState::Running), 2);
    fixture.trigger("quit");
    QTRY_VERIFY(fixture.window().findChild<QMessageBox *>(QStringLiteral("closeQuestion")));
    fixture.find<QPushButton>("stopAndClose")->click();
    QTRY_VERIFY(!fixture.window().isVisible());
    QCOMPARE(stateOf(page), JobState::Finished);
}

void TestWindowLife::offersToResumeWhatWasInterrupted()
{
    WindowFixture fixture;
    fixture.close();
    // Another program, killed in the middle of the job.
    const QString done = fixture.path("done");
    QVERIFY(QDir().mkdir(done));
    QProcess program;
    const QString command = QStringLiteral("[ {} -le 2 ] || [ -e %1/go ] || sleep 600; echo once >> %1/{}").arg(done);
    program.start(QCoreApplication::applicationDirPath() + QStringLiteral("/procession"),
        {QStringLiteral("run"), QStringLiteral("-j2"), QStringLiteral("--store"), fixture.path("jobs.sqlite"), command,
            QStringLiteral(":::"), QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("4")});
    QVERIFY(program.waitForStarted());
    const auto isRecorded = [&] {
        JobStore store(fixture.path("jobs.sqlite"));
        const QList<StoredJob> jobs = store.jobs();
        return !jobs.isEmpty() && jobs.constFirst().tasks[static_cast<std::size_t>(TaskState::Done)] == 2
            && jobs.constFirst().tasks[static_cast<std::size_t>(TaskState::Running)] == 2;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRecorded(), 20'000);
    program.kill();
    QVERIFY(program.waitForFinished());

    fixture.open();
    QTRY_COMPARE(fixture.window().notices()->count(), 1);
    QFile go(done + QStringLiteral("/go"));
    QVERIFY(go.open(QIODevice::WriteOnly));
    fixture.find<QPushButton>("noticeAction")->click();
    QTRY_VERIFY(fixture.window().currentPage());
    JobPage *page = fixture.window().currentPage();
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QCOMPARE(countOf(page, TaskState::Done), 4);
    QCOMPARE(fixture.window().notices()->count(), 0);
    for (const char *task : {"1", "2", "3", "4"}) {
        QFile file(done + u'/' + QString::fromLatin1(task));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("once\n")); // nothing twice, nothing left out
    }
}

void TestWindowLife::remembersItsLayout()
{
    WindowFixture fixture;
    JobPage *page = fixture.run("true {}", 3, 1);
    QVERIFY(page);
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    fixture.window().resize(1111, 777);
    fixture.find<QDockWidget>("sessionsDock")->hide();
    fixture.find<QAction>("showDetails")->setChecked(false);
    page->taskView()->table()->setColumnWidth(1, 333);
    fixture.trigger("scheme2");
    QVERIFY(fixture.window().close());
    fixture.close();
    fixture.appearance().setScheme(Appearance::Scheme::System);

    fixture.open();
    QCOMPARE(fixture.window().size(), QSize(1111, 777));
    QVERIFY(!fixture.find<QDockWidget>("sessionsDock")->isVisible());
    QVERIFY(!fixture.find<QAction>("showDetails")->isChecked());
    QCOMPARE(fixture.appearance().scheme(), Appearance::Scheme::Dark);
    QVERIFY(fixture.find<QAction>("scheme2")->isChecked());
    page = fixture.run("true {}", 3, 1);
    QVERIFY(page);
    QCOMPARE(page->taskView()->table()->columnWidth(1), 333);
    fixture.trigger("scheme0");
}

void TestWindowLife::changesItsLanguageWithoutARestart()
{
    WindowFixture fixture;
    fixture.trigger("language_en");
    QVERIFY(fixture.run("true {}", 3, 1));
    const QStringList english = textsOf(fixture.window());
    QVERIFY(std::none_of(english.begin(), english.end(),
        [](const QString &text) { return hasChinese(text) && !text.contains(QChar(0x7b80)); })); // 简体中文 names itself
    fixture.trigger("language_zh_CN");
    QTRY_VERIFY(hasChinese(fixture.find<QAction>("pause")->text()));
    QTRY_VERIFY(hasChinese(fixture.find<QAction>("newBatchAction")->text()));
    QVERIFY(hasChinese(fixture.window().currentPage()->findChild<QTabWidget *>()->tabText(0)));
    QVERIFY(hasChinese(fixture.window().menuBar()->actions().constFirst()->text()));
    QVERIFY(hasChinese(fixture.window().sessions()->index(0, 0).data().toString()));
    QVERIFY(hasChinese(fixture.find<QAbstractButton>("sample0")->text()));
    fixture.trigger("language_en");
    QTRY_COMPARE(fixture.find<QAction>("pause")->text(), QStringLiteral("&Pause"));
    fixture.trigger("language_");
}

void TestWindowLife::changesItsColoursWithoutARestart()
{
    WindowFixture fixture;
    fixture.trigger("scheme2");
    QTRY_VERIFY(fixture.window().palette().color(QPalette::Window).lightness() < 80);
    QVERIFY(fixture.window().palette().color(QPalette::WindowText).lightness() > 180);
    fixture.trigger("scheme1");
    QTRY_VERIFY(fixture.window().palette().color(QPalette::Window).lightness() > 180);
    fixture.trigger("scheme0");
}

void TestWindowLife::everythingHasANameForThoseWhoCannotSee()
{
    WindowFixture fixture;
    QVERIFY(fixture.run("true {}", 3, 1));
    for (QWidget *widget : fixture.window().findChildren<QWidget *>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible())
            continue;
        const QAccessibleInterface *access = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(access);
        const QByteArray what = QByteArray(widget->metaObject()->className()) + ' ' + widget->objectName().toUtf8();
        const bool isNamed = !access->text(QAccessible::Name).isEmpty() || access->role() == QAccessible::PageTabList
            || access->role() == QAccessible::Splitter || access->role() == QAccessible::Client;
        QVERIFY2(isNamed, what.constData());
    }
}

void TestWindowLife::theKeyboardReachesEveryAction()
{
    WindowFixture fixture;
    QVERIFY(fixture.run("true {}", 3, 1));
    QList<QAction *> reached;
    QList<QMenu *> menus;
    for (const QAction *top : fixture.window().menuBar()->actions())
        menus.append(top->menu());
    for (qsizetype i = 0; i < menus.size(); ++i) {
        for (QAction *action : menus[i]->actions()) {
            reached.append(action);
            if (action->menu())
                menus.append(action->menu());
        }
    }
    for (const char *name : {"pause", "resume", "stopFinish", "stopTerminate", "stopKill", "retryFailed", "moreWorkers",
             "fewerWorkers", "newBatchAction", "showStart", "closeJob", "quit", "find", "tab0", "tab1", "tab2", "showDetails",
             "scheme0", "scheme1", "scheme2", "language_en", "language_zh_CN", "about"})
        QVERIFY2(reached.contains(fixture.find<QAction>(name)), name);
    const TaskView *tasks = fixture.window().currentPage()->taskView();
    for (QAction *action : {tasks->cancelAction(), tasks->killAction(), tasks->retryAction(), tasks->copyCommandAction()})
        QVERIFY2(reached.contains(action), qPrintable(action->text()));
    QSet<QKeySequence> taken; // two actions of one key are as good as none
    for (QAction *action : fixture.window().findChildren<QAction *>()) {
        if (action->shortcutContext() == Qt::WidgetWithChildrenShortcut || action->shortcutContext() == Qt::WidgetShortcut)
            continue;
        for (const QKeySequence &key : action->shortcuts()) {
            QVERIFY2(!taken.contains(key), qPrintable(key.toString() + u' ' + action->text()));
            taken.insert(key);
        }
    }
}

void TestWindowLife::aHundredThousandTasksDoNotHoldItUp()
{
    constexpr qsizetype Count = 100'000;
    WindowFixture fixture;
    auto &probed = *static_cast<ProbedApplication *>(qApp);
    auto feed = std::make_shared<TaskFeed>();
    JobOptions options;
    options.workers = 8;
    auto job = std::make_unique<Job>(std::make_shared<NumberedTasks>(Count), std::make_unique<InstantExecutor>(), options,
        std::vector<std::shared_ptr<JobObserver>>{feed});
    Job *running = job.get();
    JobPage *page
        = fixture.window().addSession(std::make_unique<JobSession>(QStringLiteral("many"), std::move(job), std::move(feed)));
    page->showTab(JobPage::Tasks);
    page->taskView()->table()->sortByColumn(TaskModel::DurationColumn, Qt::DescendingOrder);
    QCoreApplication::processEvents(); // the page is laid out before what is measured
    probed.resetProbe();
    running->start();
    QTRY_VERIFY_WITH_TIMEOUT(countOf(page, TaskState::Done) > Count / 10, 60'000);
    page->setFilterText(QStringLiteral("77"));
    QTRY_VERIFY_WITH_TIMEOUT(countOf(page, TaskState::Done) > Count / 3, 60'000);
    page->setFilterText({});
    page->showTab(JobPage::Backlog);
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(page) == JobState::Finished && page->isSettled(), 60'000);
    page->showTab(JobPage::Tasks);
    page->taskView()->table()->scrollToBottom();
    page->showTask(Count / 2);
    QTRY_VERIFY(!page->taskView()->filter()->isBusy());
    const ProbedApplication::Reading worst = probed.worst();
    qInfo() << "worst event:" << worst.event << worst.cpu.count() / 1000 << "us CPU," << worst.wall.count() / 1000 << "us;"
            << worst.events << "events";
    QCOMPARE(countOf(page, TaskState::Failed), Count / 1000);
    QVERIFY(worst.cpu < 50ms * Slowness);
}

int main(int argc, char **argv)
{
    ProbedApplication app(argc, argv);
    QTEST_SET_MAIN_SOURCE_PATH
    TestWindowLife test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_windowlife.moc"
