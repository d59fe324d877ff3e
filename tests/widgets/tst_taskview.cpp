// SPDX-License-Identifier: GPL-3.0-or-later
#include "numberedtasks.h"

#include <procession/widgets/common/tableview.h>
#include <procession/widgets/tasks/taskview.h>

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolButton>

using namespace procession;

class TestTaskView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chipsCountAndFilter();
    void typingFilters();
    void saysWhyThereAreNoRows();
    void sortsByClickingAHeader();
    void tellsTheCurrentTask();
    void showsATaskThatAFilterHides();
    void showsOneWorkersTasks();
    void actionsFitTheSelection();
    void asksForWhatIsWanted();
    void copiesCommands();
    void remembersItsColumns();
};

namespace {

struct Fixture
{
    Fixture()
    {
        for (TaskIndex task = 0; task < 3; ++task)
            feed->taskChanged(task, endedRecord(startedRecord(1, 1'000'000), 0, 1000));
        feed->taskChanged(3, endedRecord(startedRecord(2, 1'000'000), 3, 1000));
        feed->taskStarted(4, startedRecord(2, 1'000'000));
        model.refresh();
        view.resize(1000, 400);
        view.setModel(&model);
        view.show();
    }

    QToolButton *chip(const QString &state)
    {
        const auto buttons = view.findChildren<QToolButton *>();
        for (QToolButton *button : buttons) {
            if (button->text().startsWith(state))
                return button;
        }
        return nullptr;
    }
    void select(int first, int last)
    {
        const QItemSelection rows(view.filter()->index(first, 0), view.filter()->index(last, 0));
        view.table()->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }

    std::shared_ptr<TaskFeed> feed = std::make_shared<TaskFeed>();
    TaskModel model{std::make_shared<NumberedTasks>(100), feed};
    TaskView view;
};

using Tasks = std::vector<TaskIndex>;

} // namespace

void TestTaskView::chipsCountAndFilter()
{
    Fixture f;
    QVERIFY(f.chip(QStringLiteral("Done 3")));
    QVERIFY(f.chip(QStringLiteral("Queued 95")));
    f.chip(QStringLiteral("Failed 1"))->click();
    QTRY_COMPARE(f.view.filter()->rowCount(), 1);
    QCOMPARE(f.view.filter()->taskAt(0), 3);
    f.chip(QStringLiteral("Done"))->click(); // and these
    QTRY_COMPARE(f.view.filter()->rowCount(), 4);
    f.feed->taskChanged(4, endedRecord(startedRecord(2, 1'000'000), 0, 1000));
    f.model.refresh();
    QTRY_VERIFY(f.chip(QStringLiteral("Done 4")));
    QTRY_COMPARE(f.view.filter()->rowCount(), 5);
    f.chip(QStringLiteral("Done"))->click();
    f.chip(QStringLiteral("Failed"))->click();
    QTRY_COMPARE(f.view.filter()->rowCount(), 100);
}

void TestTaskView::typingFilters()
{
    Fixture f;
    QTest::keyClicks(f.view.filterEdit(), QStringLiteral("PUT-4"));
    QTRY_COMPARE(f.view.filter()->rowCount(), 11);
    f.view.filterEdit()->clear();
    QTRY_COMPARE(f.view.filter()->rowCount(), 100);
}

void TestTaskView::saysWhyThereAreNoRows()
{
    Fixture f;
    auto *table = qobject_cast<TableView *>(f.view.table());
    QCOMPARE(table->emptyText(), QString());
    f.view.filterEdit()->setText(QStringLiteral("nothing is called so"));
    QTRY_COMPARE(table->emptyText(), QStringLiteral("No task matches the filter."));
    f.view.setModel(nullptr);
    QCOMPARE(table->emptyText(), QStringLiteral("No job is shown."));
}

void TestTaskView::sortsByClickingAHeader()
{
    Fixture f;
    QHeaderView *header = f.view.table()->horizontalHeader();
    const auto click = [header](int column) {
        const QPoint place(header->sectionViewportPosition(column) + 10, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
    };
    click(TaskModel::StateColumn);
    click(TaskModel::StateColumn);
    QTRY_COMPARE(f.view.filter()->taskAt(0), 3); // failed
    click(TaskModel::NumberColumn);
    QTRY_COMPARE(f.view.filter()->taskAt(0), 0);
}

void TestTaskView::tellsTheCurrentTask()
{
    Fixture f;
    QSignalSpy current(&f.view, &TaskView::currentTaskChanged);
    const QRect cell = f.view.table()->visualRect(f.view.filter()->index(3, TaskModel::TitleColumn));
    QTest::mouseClick(f.view.table()->viewport(), Qt::LeftButton, {}, cell.center());
    QCOMPARE(current.count(), 1);
    QCOMPARE(current[0][0].toLongLong(), 3);
    // When its row goes away the details stay with it.
    f.chip(QStringLiteral("Done"))->click();
    QTRY_COMPARE(f.view.filter()->rowCount(), 3);
    QCOMPARE(current.count(), 1);
    QTest::keyClick(f.view.table(), Qt::Key_Up);
    QCOMPARE(current.count(), 2);
    f.view.setModel(nullptr);
    QCOMPARE(current.count(), 3);
    QCOMPARE(current[2][0].toLongLong(), -1);
}

void TestTaskView::showsATaskThatAFilterHides()
{
    Fixture f;
    f.chip(QStringLiteral("Failed"))->click();
    f.view.filterEdit()->setText(QStringLiteral("input-3"));
    QTRY_COMPARE(f.view.filter()->rowCount(), 1);
    f.view.selectTask(80);
    QTRY_COMPARE(f.view.selectedTasks(), Tasks{80});
    QCOMPARE(f.view.filter()->rowCount(), 100);
    QVERIFY(f.view.filterEdit()->text().isEmpty());
    QVERIFY(!f.chip(QStringLiteral("Failed"))->isChecked());
}

void TestTaskView::showsOneWorkersTasks()
{
    Fixture f;
    f.view.showWorker(2);
    QTRY_COMPARE(f.view.filter()->rowCount(), 2);
    QToolButton *chip = f.chip(QStringLiteral("worker-2"));
    QVERIFY(chip && chip->isVisible());
    chip->click();
    QTRY_COMPARE(f.view.filter()->rowCount(), 100);
    QVERIFY(!chip->isVisible());
}

void TestTaskView::actionsFitTheSelection()
{
    Fixture f;
    QVERIFY(!f.view.cancelAction()->isEnabled());
    f.select(4, 4); // running
    QTRY_VERIFY(f.view.killAction()->isEnabled());
    QVERIFY(f.view.cancelAction()->isEnabled());
    QVERIFY(!f.view.retryAction()->isEnabled());
    f.select(50, 60); // queued
    QTRY_VERIFY(!f.view.killAction()->isEnabled());
    QVERIFY(f.view.cancelAction()->isEnabled());
    f.select(3, 3); // failed
    QTRY_VERIFY(f.view.retryAction()->isEnabled());
    QVERIFY(!f.view.cancelAction()->isEnabled());
    f.view.setControllable(false);
    QVERIFY(!f.view.retryAction()->isEnabled());
    QVERIFY(f.view.copyCommandAction()->isEnabled());
}

void TestTaskView::asksForWhatIsWanted()
{
    Fixture f;
    QSignalSpy cancels(&f.view, &TaskView::cancelRequested);
    QSignalSpy signalled(&f.view, &TaskView::signalRequested);
    QSignalSpy retries(&f.view, &TaskView::retryRequested);
    f.select(3, 5);
    QTRY_VERIFY(f.view.killAction()->isEnabled());
    f.view.cancelAction()->trigger();
    f.view.killAction()->trigger();
    f.view.retryAction()->trigger();
    QCOMPARE(cancels[0][0].value<Tasks>(), (Tasks{3, 4, 5}));
    QCOMPARE(signalled[0][0].value<Tasks>(), (Tasks{3, 4, 5}));
    QVERIFY(signalled[0][1].value<WorkerSignal>() == WorkerSignal::Kill);
    QCOMPARE(retries[0][0].value<Tasks>(), (Tasks{3, 4, 5}));
}

void TestTaskView::copiesCommands()
{
    Fixture f;
    f.select(1, 2);
    QTRY_VERIFY(f.view.copyCommandAction()->isEnabled());
    f.view.table()->setFocus();
    f.view.copyCommandAction()->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("gzip -k9 input-1.txt\ngzip -k9 input-2.txt\n"));
    f.select(2, 2);
    f.view.copyCommandAction()->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("gzip -k9 input-2.txt"));
}

void TestTaskView::remembersItsColumns()
{
    QByteArray state;
    {
        Fixture f;
        f.view.table()->setColumnHidden(TaskModel::AttemptsColumn, true);
        f.view.table()->setColumnWidth(TaskModel::WorkerColumn, 123);
        state = f.view.saveState();
    }
    Fixture f;
    QVERIFY(f.view.restoreState(state));
    QVERIFY(f.view.table()->isColumnHidden(TaskModel::AttemptsColumn));
    QCOMPARE(f.view.table()->columnWidth(TaskModel::WorkerColumn), 123);
    QVERIFY(!f.view.restoreState("no state"));
}

QTEST_MAIN(TestTaskView)
#include "tst_taskview.moc"
