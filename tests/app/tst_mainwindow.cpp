// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowfixture.h"

#include <procession/job/template/commandtemplate.h>
#include <procession/widgets/batch/newbatchdialog.h>
#include <procession/widgets/progress/workerview.h>
#include <procession/widgets/tasks/taskdetails.h>
#include <procession/widgets/tasks/taskmodel.h>
#include <procession/widgets/tasks/taskview.h>

#include <QtTest/QAbstractItemModelTester>
#include <QtWidgets/QtWidgets>

using namespace procession;

namespace {

template <typename Widget>
Widget *find(const QWidget &parent, const char *name)
{
    auto *found = parent.findChild<Widget *>(QString::fromLatin1(name));
    return found ? found : (qFatal("no widget is called %s", name), nullptr);
}

bool showsText(const QWidget &widget, const QString &text)
{
    const auto edits = widget.findChildren<QPlainTextEdit *>();
    return std::any_of(edits.begin(), edits.end(), [&](const auto *edit) { return edit->toPlainText().contains(text); });
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsABatchThroughTheDialog();
    void runsASampleWithOneClick();
    void killsARunningTask();
    void terminatesAWorkersTaskAfterAsking();
    void retriesWhatFailed();
    void changesTheNumberOfWorkersWhileItRuns();
    void pausesAndResumes();
    void stops_data();
    void stops();
    void runsSeveralJobsAtATime();
    void filtersTasksFromTheToolBar();
    void writesResultsIntoAFolder();
    void tellsWhyABatchCannotRun();
    void sessionsAreAProperModel();
};

void TestMainWindow::runsABatchThroughTheDialog()
{
    WindowFixture fixture;
    QTest::keyClick(&fixture.window(), Qt::Key_N, Qt::ControlModifier);
    auto *dialog = fixture.window().findChild<NewBatchDialog *>();
    QVERIFY(dialog);
    QTest::keyClicks(find<QLineEdit>(*dialog, "command"), QStringLiteral("echo hello from {}"));
    auto *kind = find<QComboBox>(*dialog, "kind");
    kind->setCurrentIndex(static_cast<int>(InputSource::Kind::Numbers));
    Q_EMIT kind->activated(kind->currentIndex());
    find<QSpinBox>(*dialog, "last")->setValue(25);
    auto *run = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QTRY_VERIFY(run->isEnabled());
    QTest::mouseClick(run, Qt::LeftButton);

    QTRY_VERIFY(fixture.window().currentPage());
    JobPage *page = fixture.window().currentPage();
    QCOMPARE(page->session()->name(), QStringLiteral("echo"));
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QCOMPARE(countOf(page, TaskState::Done), 25);
    QTRY_VERIFY(page->isSettled());
    page->showTask(6);
    QTRY_VERIFY(showsText(*page->details(), QStringLiteral("hello from 7")));
    QCOMPARE(page->tab(), JobPage::Tasks);
}

void TestMainWindow::runsASampleWithOneClick()
{
    WindowFixture fixture;
    QTest::mouseClick(fixture.find<QAbstractButton>("sample0"), Qt::LeftButton);
    QTRY_VERIFY(fixture.window().currentPage());
    JobPage *page = fixture.window().currentPage();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(page), JobState::Finished, 60'000);
    QCOMPARE(countOf(page, TaskState::Done), page->session()->summary().total());
    QTRY_VERIFY(page->isSettled());
    page->showTask(0);
    QTRY_VERIFY(showsText(*page->details(), QFile::decodeName(page->session()->source()->title(0))));
}

void TestMainWindow::killsARunningTask()
{
    WindowFixture fixture;
    JobPage *page = fixture.run("[ {} -ne 1 ] || sleep 600", 3, 2);
    QVERIFY(page);
    QTRY_COMPARE(countOf(page, TaskState::Done), 2);
    page->showTask(0);
    QTRY_VERIFY(page->taskView()->killAction()->isEnabled());
    page->taskView()->killAction()->trigger();
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QTRY_VERIFY(page->isSettled());
    const TaskRecord record = page->taskModel()->record(0);
    QCOMPARE(record.state, TaskState::Cancelled);
    QCOMPARE(record.cause, EndCause::Person);
    QCOMPARE(record.status, ExitStatus::signaled(9));
}

void TestMainWindow::terminatesAWorkersTaskAfterAsking()
{
    WindowFixture fixture;
    JobPage *page = fixture.run("sleep 600", 1, 1);
    QVERIFY(page);
    page->showTab(JobPage::Workers);
    WorkerView *workers = page->workerView();
    QTRY_COMPARE(workers->table()->model()->rowCount(), 1);
    QTRY_COMPARE(workers->model()->worker(0).state, WorkerState::Busy);
    workers->table()->selectRow(0);
    QTRY_VERIFY(workers->terminateAction()->isEnabled());
    workers->terminateAction()->trigger();
    QPointer<QMessageBox> question;
    QTRY_VERIFY((question = fixture.window().findChild<QMessageBox *>()));
    QCOMPARE(countOf(page, TaskState::Running), 1); // it waits for the answer
    const auto buttons = question->buttons();
    const auto at = std::find_if(buttons.begin(), buttons.end(),
        [&](QAbstractButton *button) { return question->buttonRole(button) != QMessageBox::RejectRole; });
    QVERIFY(at != buttons.end());
    (*at)->click();
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QTRY_VERIFY(page->isSettled());
    QCOMPARE(page->taskModel()->record(0).status, ExitStatus::signaled(15));
}

void TestMainWindow::retriesWhatFailed()
{
    WindowFixture fixture;
    const QString flag = fixture.path("flag");
    JobPage *page = fixture.run("[ {} -gt 2 ] || test -e " + shellQuoted(QFile::encodeName(flag)), 6, 2);
    QVERIFY(page);
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QCOMPARE(countOf(page, TaskState::Failed), 2);
    QFile file(flag);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTRY_VERIFY(fixture.find<QAction>("retryFailed")->isEnabled());
    fixture.trigger("retryFailed");
    QTRY_COMPARE(countOf(page, TaskState::Done), 6);
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QTRY_VERIFY(page->isSettled());
    QCOMPARE(page->taskModel()->record(0).attempts, quint16(2));
    QCOMPARE(page->taskModel()->record(5).attempts, quint16(1));
}

void TestMainWindow::changesTheNumberOfWorkersWhileItRuns()
{
    WindowFixture fixture;
    JobPage *page = fixture.run("sleep 600", 10, 2);
    QVERIFY(page);
    QTRY_COMPARE(page->session()->summary().busyWorkers, 2);
    auto *workers = fixture.find<QSpinBox>("workerCount");
    QCOMPARE(workers->value(), 2);
    workers->setValue(5);
    QTRY_COMPARE(page->session()->summary().busyWorkers, 5);
    QTest::keyClick(&fixture.window(), Qt::Key_Plus, Qt::ControlModifier);
    QTRY_COMPARE(page->session()->summary().busyWorkers, 6);
    QTest::keyClick(&fixture.window(), Qt::Key_Minus, Qt::ControlModifier);
    QTRY_COMPARE(page->session()->summary().workers, 5);
    QTRY_COMPARE(page->workerView()->table()->model()->rowCount(), 6); // it goes when its task ends
    fixture.trigger("stopKill");
    QTRY_COMPARE(stateOf(page), JobState::Finished);
}

void TestMainWindow::pausesAndResumes()
{
    WindowFixture fixture;
    JobPage *page = fixture.run("sleep 0.05; true {}", 40, 2);
    QVERIFY(page);
    QTRY_VERIFY(countOf(page, TaskState::Done) > 2);
    QTest::keyClick(&fixture.window(), Qt::Key_P, Qt::ControlModifier);
    QTRY_COMPARE(stateOf(page), JobState::Paused);
    QTRY_COMPARE(countOf(page, TaskState::Running), 0);
    const qint64 queued = countOf(page, TaskState::Queued);
    QVERIFY(queued > 0);
    QVERIFY(!fixture.find<QAction>("pause")->isEnabled());
    // Another worker gives the job every reason to start something.
    QTest::keyClick(&fixture.window(), Qt::Key_Plus, Qt::ControlModifier);
    QTRY_COMPARE(page->session()->summary().workers, 3);
    QCOMPARE(countOf(page, TaskState::Queued), queued);
    QTest::keyClick(&fixture.window(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(stateOf(page), JobState::Running);
    QTRY_COMPARE_WITH_TIMEOUT(countOf(page, TaskState::Done), 40, 20'000);
}

void TestMainWindow::stops_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<int>("done");
    QTest::newRow("let running ones finish") << QByteArray("stopFinish") << 2;
    QTest::newRow("terminate") << QByteArray("stopTerminate") << 0;
    QTest::newRow("kill") << QByteArray("stopKill") << 0;
}

void TestMainWindow::stops()
{
    QFETCH(QByteArray, action);
    QFETCH(int, done);
    WindowFixture fixture;
    const QString flag = fixture.path("flag");
    JobPage *page = fixture.run("until test -e " + shellQuoted(QFile::encodeName(flag)) + "; do sleep 0.02; done; true {}", 8, 2);
    QVERIFY(page);
    QTRY_COMPARE(countOf(page, TaskState::Running), 2);
    fixture.trigger(action.constData());
    if (done > 0) {
        QTRY_COMPARE(stateOf(page), JobState::Stopping);
        QFile file(flag);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QCOMPARE(countOf(page, TaskState::Done), done);
    QCOMPARE(countOf(page, TaskState::Cancelled), 8 - done);
}

void TestMainWindow::runsSeveralJobsAtATime()
{
    WindowFixture fixture;
    JobPage *first = fixture.run("sleep 600", 2, 1);
    JobPage *second = fixture.run("echo {}", 30, 2);
    QVERIFY(first && second && first != second);
    QTRY_COMPARE(stateOf(second), JobState::Finished);
    QCOMPARE(stateOf(first), JobState::Running);
    QCOMPARE(fixture.window().sessions()->sessions().size(), std::size_t(2));
    fixture.window().showSession(first->session());
    QCOMPARE(fixture.window().currentPage(), first);
    fixture.trigger("stopKill"); // acts on the job that is seen
    QTRY_COMPARE(stateOf(first), JobState::Finished);
    QTRY_VERIFY(fixture.find<QAction>("closeJob")->isEnabled());
    fixture.trigger("closeJob");
    QTRY_COMPARE(fixture.window().sessions()->sessions().size(), std::size_t(1));
    // What was closed is in the history, and can be looked at again.
    QTRY_COMPARE(fixture.window().sessions()->recentJobs().size(), 1);
    auto *tree = fixture.find<QTreeView>("sessions");
    const QModelIndex group = tree->model()->index(SessionsModel::RecentJobs, 0);
    Q_EMIT tree->activated(tree->model()->index(0, 0, group));
    QTRY_VERIFY(fixture.window().currentPage() && !fixture.window().currentPage()->session()->job());
    QCOMPARE(countOf(fixture.window().currentPage(), TaskState::Cancelled), 2);
}

void TestMainWindow::filtersTasksFromTheToolBar()
{
    WindowFixture fixture;
    JobPage *page = fixture.run("true {}", 30, 2);
    QVERIFY(page);
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QTest::keyClick(&fixture.window(), Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(fixture.find<QLineEdit>("filter"), QStringLiteral("17"));
    QCOMPARE(page->tab(), JobPage::Tasks);
    QTRY_COMPARE(page->taskView()->table()->model()->rowCount(), 1);
    fixture.find<QLineEdit>("filter")->clear();
    QTRY_COMPARE(page->taskView()->table()->model()->rowCount(), 30);
}

void TestMainWindow::writesResultsIntoAFolder()
{
    WindowFixture fixture;
    BatchDefinition definition;
    definition.name = QStringLiteral("results");
    definition.command = "echo out {}; echo err {} >&2";
    definition.inputs = InputTable({InputList({"a", "b"})});
    fixture.window().run(definition, fixture.path("results"));
    QTRY_VERIFY(fixture.window().currentPage());
    QTRY_VERIFY(fixture.window().currentPage()->isSettled() && stateOf(fixture.window().currentPage()) == JobState::Finished);
    const auto contents = [&](const char *name) {
        QFile file(fixture.path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    };
    QTRY_COMPARE(contents("results/1/b/stdout"), QByteArray("out b\n"));
    QCOMPARE(contents("results/1/a/stderr"), QByteArray("err a\n"));
}

void TestMainWindow::tellsWhyABatchCannotRun()
{
    WindowFixture fixture;
    BatchDefinition definition;
    definition.command = "echo 'unclosed";
    definition.inputs = InputTable({InputList({"a"})});
    fixture.window().run(definition, {});
    auto *notices = fixture.find<QWidget>("notices");
    QTRY_VERIFY(notices->isVisible());
    QVERIFY(!notices->findChild<QLabel *>()->text().isEmpty());
    QVERIFY(!fixture.window().currentPage());
    notices->findChild<QToolButton *>(QStringLiteral("dismiss"))->click();
    QTRY_VERIFY(!notices->isVisible());
}

void TestMainWindow::sessionsAreAProperModel()
{
    WindowFixture fixture;
    const QAbstractItemModelTester tester(fixture.window().sessions(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    JobPage *page = fixture.run("true {}", 3, 1);
    QVERIFY(page);
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QTRY_VERIFY(fixture.find<QAction>("closeJob")->isEnabled());
    fixture.trigger("closeJob");
    QTRY_COMPARE(fixture.window().sessions()->recentJobs().size(), 1);
    QVERIFY(fixture.run("true {}", 3, 1));
    QTRY_COMPARE(fixture.window().sessions()->sessions().size(), std::size_t(1));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
