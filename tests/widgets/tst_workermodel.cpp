// SPDX-License-Identifier: GPL-3.0-or-later
#include "numberedtasks.h"

#include <procession/widgets/common/tableview.h>
#include <procession/widgets/progress/workermodel.h>
#include <procession/widgets/progress/workerview.h>

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>

using namespace procession;

class TestWorkerModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWorkers();
    void showsThatATaskSeemsToHang();
    void marksNewAndGoneWorkers();
    void measuresCpu();
    void sortsByNumbers();
    void asksBeforeItEndsATask();
    void asksNoMoreWhenToldSo();
    void sparesATaskThatNobodySpokeOf();
    void suspendsWithoutAsking();
    void actionsFitTheSelection();
    void copiesPids();
};

namespace {

constexpr qint64 Second = 1'000'000;
constexpr qint64 Start = 1'700'000'000 * Second;

WorkerSnapshot busyWorker(int id, TaskIndex task, qint64 taskStartedAt = Start)
{
    WorkerSnapshot worker;
    worker.id = id;
    worker.state = WorkerState::Busy;
    worker.pid = 4000 + id;
    worker.hasTask = true;
    worker.task = task;
    worker.taskStartedAt = taskStartedAt;
    return worker;
}

WorkerSnapshot idleWorker(int id)
{
    WorkerSnapshot worker;
    worker.id = id;
    return worker;
}

struct Fixture
{
    Fixture()
    {
        view.model()->setSource(std::make_shared<NumberedTasks>(100));
        view.resize(900, 300);
        view.show();
    }
    WorkerModel &model() { return *view.model(); }
    QString cell(int row, int column) { return model().index(row, column).data().toString(); }
    QMessageBox *question()
    {
        auto *box = view.findChild<QMessageBox *>();
        return box && box->isVisible() ? box : nullptr;
    }
    void press(const QString &text)
    {
        const auto buttons = question()->buttons();
        for (QAbstractButton *button : buttons) {
            if (button->text().remove(u'&') == text)
                return button->click();
        }
        QFAIL("no such button");
    }

    WorkerView view;
    QAbstractItemModelTester tester{view.model(), QAbstractItemModelTester::FailureReportingMode::QtTest};
    QSignalSpy requests{&view, &WorkerView::signalRequested};
};

} // namespace

void TestWorkerModel::showsWorkers()
{
    Fixture f;
    WorkerSnapshot worker = busyWorker(1, 7);
    worker.done = 203;
    worker.failed = 1;
    worker.memory = 81'000'000;
    f.model().update({worker, idleWorker(2)}, 0, Start + 2 * Second);
    QCOMPARE(f.model().rowCount(), 2);
    QCOMPARE(f.cell(0, WorkerModel::NameColumn), QStringLiteral("worker-1"));
    QCOMPARE(f.cell(0, WorkerModel::PidColumn), QStringLiteral("4001"));
    QCOMPARE(f.cell(0, WorkerModel::StateColumn), QStringLiteral("busy"));
    QCOMPARE(f.cell(0, WorkerModel::TaskColumn), QStringLiteral("input-7.txt"));
    QCOMPARE(f.cell(0, WorkerModel::ForColumn), QStringLiteral("0:02"));
    QCOMPARE(f.cell(0, WorkerModel::DoneColumn), QStringLiteral("203"));
    QCOMPARE(f.cell(0, WorkerModel::FailedColumn), QStringLiteral("1"));
    QCOMPARE(f.cell(0, WorkerModel::MemoryColumn), QStringLiteral("81 MB"));
    QCOMPARE(f.cell(1, WorkerModel::StateColumn), QStringLiteral("idle"));
    QCOMPARE(f.cell(1, WorkerModel::TaskColumn), QString());
    QCOMPARE(f.cell(1, WorkerModel::PidColumn), QString());
}

void TestWorkerModel::showsThatATaskSeemsToHang()
{
    Fixture f;
    const qint64 typical = 2 * Second;
    f.model().update({busyWorker(1, 7)}, typical, Start + 15 * Second);
    QVERIFY(!f.model().isHung(0)); // 8 × 2 s are not over
    f.model().update({busyWorker(1, 7)}, typical, Start + 17 * Second);
    QVERIFY(f.model().isHung(0));
    QCOMPARE(f.cell(0, WorkerModel::StateColumn), QStringLiteral("hung?"));
    f.model().update({busyWorker(1, 7)}, 0, Start + 17 * Second);
    QVERIFY(!f.model().isHung(0)); // there are no peers to tell by
    f.model().update({busyWorker(1, 7)}, Second / 1000, Start + 9 * Second);
    QVERIFY(!f.model().isHung(0)); // a slow one among very short ones
}

void TestWorkerModel::marksNewAndGoneWorkers()
{
    Fixture f;
    const auto mark = [&f](int row) { return WorkerModel::Mark(f.model().index(row, 0).data(WorkerModel::MarkRole).toInt()); };
    f.model().update({idleWorker(1), idleWorker(3)}, 0, Start);
    QVERIFY(mark(0) == WorkerModel::Mark::None);
    f.model().update({idleWorker(1), idleWorker(2), idleWorker(3)}, 0, Start + Second);
    QCOMPARE(f.cell(1, WorkerModel::NameColumn), QStringLiteral("worker-2"));
    QVERIFY(mark(1) == WorkerModel::Mark::New);
    f.model().update({idleWorker(1), idleWorker(2)}, 0, Start + 4 * Second);
    QVERIFY(mark(1) == WorkerModel::Mark::None);
    QVERIFY(mark(2) == WorkerModel::Mark::Gone);
    QCOMPARE(f.cell(2, WorkerModel::StateColumn), QStringLiteral("gone"));
    f.model().update({idleWorker(1), idleWorker(2)}, 0, Start + 7 * Second);
    QCOMPARE(f.model().rowCount(), 2);
}

void TestWorkerModel::measuresCpu()
{
    Fixture f;
    WorkerSnapshot worker = busyWorker(1, 7);
    worker.memory = 1;
    for (int second = 0; second <= 3; ++second) {
        worker.cpuTime = second * Second / 2;
        f.model().update({worker}, 0, Start + second * Second);
    }
    QCOMPARE(f.cell(0, WorkerModel::CpuColumn), QStringLiteral("50%"));
    const auto history = f.model().index(0, 0).data(WorkerModel::HistoryRole).value<QList<double>>();
    QCOMPARE(history, (QList<double>{0, 0.5, 0.5, 0.5}));
    // A new attempt begins to count anew.
    worker.taskStartedAt += 3 * Second;
    worker.cpuTime = Second / 4;
    f.model().update({worker}, 0, Start + 4 * Second);
    QCOMPARE(f.cell(0, WorkerModel::CpuColumn), QStringLiteral("25%"));
}

void TestWorkerModel::sortsByNumbers()
{
    Fixture f;
    std::vector<WorkerSnapshot> workers{idleWorker(1), idleWorker(2), idleWorker(10)};
    workers[0].done = 9;
    workers[1].done = 100;
    f.model().update(workers, 0, Start);
    const auto name = [&f](int row) { return f.view.table()->model()->index(row, 0).data().toString(); };
    QCOMPARE(name(2), QStringLiteral("worker-10"));
    f.view.table()->sortByColumn(WorkerModel::DoneColumn, Qt::DescendingOrder);
    QCOMPARE(name(0), QStringLiteral("worker-2"));
    QCOMPARE(name(1), QStringLiteral("worker-1"));
}

void TestWorkerModel::asksBeforeItEndsATask()
{
    Fixture f;
    f.model().update({busyWorker(1, 7), busyWorker(2, 8)}, 0, Start + Second);
    f.view.table()->selectRow(1);
    f.view.killAction()->trigger();
    QVERIFY(f.question());
    QVERIFY(f.question()->informativeText().contains(QStringLiteral("input-8.txt")));
    QVERIFY(!f.question()->informativeText().contains(QStringLiteral("input-7.txt")));
    f.question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!f.question());
    QCOMPARE(f.requests.count(), 0);

    f.view.killAction()->trigger();
    QTRY_VERIFY(f.question());
    f.press(QStringLiteral("Kill"));
    QCOMPARE(f.requests.count(), 1);
    QCOMPARE(f.requests[0][0].value<std::vector<int>>(), std::vector<int>{2});
    QVERIFY(f.requests[0][1].value<WorkerSignal>() == WorkerSignal::Kill);
}

void TestWorkerModel::asksNoMoreWhenToldSo()
{
    Fixture f;
    f.model().update({busyWorker(1, 7), busyWorker(2, 8)}, 0, Start + Second);
    f.view.table()->selectAll();
    f.view.terminateAction()->trigger();
    QVERIFY(f.question());
    f.question()->checkBox()->setChecked(true);
    f.press(QStringLiteral("Terminate"));
    QCOMPARE(f.requests.count(), 1);
    QTRY_VERIFY(!f.question());
    f.view.killAction()->trigger();
    QVERIFY(!f.question());
    QCOMPARE(f.requests.count(), 2);
    QCOMPARE(f.requests[1][0].value<std::vector<int>>(), (std::vector<int>{1, 2}));
}

void TestWorkerModel::sparesATaskThatNobodySpokeOf()
{
    Fixture f;
    f.model().update({busyWorker(1, 7), busyWorker(2, 8)}, 0, Start + Second);
    f.view.table()->selectAll();
    f.view.killAction()->trigger();
    QVERIFY(f.question());
    f.model().update({busyWorker(1, 9, Start + Second), busyWorker(2, 8)}, 0, Start + 2 * Second);
    f.press(QStringLiteral("Kill"));
    QCOMPARE(f.requests.count(), 1);
    QCOMPARE(f.requests[0][0].value<std::vector<int>>(), std::vector<int>{2});
}

void TestWorkerModel::suspendsWithoutAsking()
{
    Fixture f;
    f.model().update({busyWorker(1, 7)}, 0, Start + Second);
    f.view.table()->selectRow(0);
    f.view.suspendAction()->trigger();
    QVERIFY(!f.question());
    QCOMPARE(f.requests.count(), 1);
    QVERIFY(f.requests[0][1].value<WorkerSignal>() == WorkerSignal::Suspend);
}

void TestWorkerModel::actionsFitTheSelection()
{
    Fixture f;
    WorkerSnapshot suspended = busyWorker(3, 9);
    suspended.state = WorkerState::Suspended;
    f.model().update({busyWorker(1, 7), idleWorker(2), suspended}, 0, Start + Second);
    QVERIFY(!f.view.killAction()->isEnabled());
    f.view.table()->selectRow(0);
    QVERIFY(f.view.killAction()->isEnabled());
    QVERIFY(f.view.suspendAction()->isEnabled());
    QVERIFY(!f.view.resumeAction()->isEnabled());
    f.view.table()->selectRow(1);
    QVERIFY(!f.view.killAction()->isEnabled());
    QVERIFY(f.view.showTasksAction()->isEnabled());
    f.view.table()->selectRow(2);
    QVERIFY(f.view.resumeAction()->isEnabled());
    QVERIFY(!f.view.suspendAction()->isEnabled());
    f.view.setControllable(false);
    QVERIFY(!f.view.resumeAction()->isEnabled());
    QVERIFY(f.view.copyPidAction()->isEnabled());
}

void TestWorkerModel::copiesPids()
{
    Fixture f;
    f.model().update({busyWorker(1, 7), busyWorker(2, 8)}, 0, Start + Second);
    f.view.table()->selectAll();
    f.view.copyPidAction()->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("4001 4002"));
}

QTEST_MAIN(TestWorkerModel)
#include "tst_workermodel.moc"
