// SPDX-License-Identifier: GPL-3.0-or-later
#include "numberedtasks.h"

#include <procession/widgets/tasks/taskmodel.h>

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

using namespace procession;

class TestTaskModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsQueuedTasksAtFirst();
    void showsRecordsOfAnEarlierRun();
    void followsTheFeed();
    void joinsNeighboursIntoOneRange();
    void boundsTheNumberOfRanges();
    void takesAFloodInSlices();
    void showsBytesThatAreNotText();
    void tellsTheTypicalDuration();
    void snapshotsDoNotChange();
};

namespace {

constexpr qint64 Millisecond = 1000;

QString cell(const TaskModel &model, int row, int column) { return model.index(row, column).data().toString(); }

} // namespace

void TestTaskModel::showsQueuedTasksAtFirst()
{
    TaskModel model(std::make_shared<NumberedTasks>(3), nullptr);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, TaskModel::NumberColumn), QStringLiteral("1"));
    QCOMPARE(cell(model, 2, TaskModel::TitleColumn), QStringLiteral("input-2.txt"));
    QCOMPARE(cell(model, 2, TaskModel::StateColumn), QStringLiteral("Queued"));
    QCOMPARE(cell(model, 2, TaskModel::WorkerColumn), QString());
    QCOMPARE(cell(model, 2, TaskModel::ExitColumn), QString());
    QCOMPARE(model.counts()[static_cast<int>(TaskState::Queued)], 3);
}

void TestTaskModel::showsRecordsOfAnEarlierRun()
{
    const TaskRecord failed = endedRecord(startedRecord(2, 1'000'000), 3, 2500 * Millisecond);
    TaskModel model(std::make_shared<NumberedTasks>(2), nullptr, {TaskRecord(), failed});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(cell(model, 1, TaskModel::StateColumn), QStringLiteral("Failed"));
    QCOMPARE(cell(model, 1, TaskModel::WorkerColumn), QStringLiteral("worker-2"));
    QCOMPARE(cell(model, 1, TaskModel::ExitColumn), QStringLiteral("exit code 3"));
    QCOMPARE(cell(model, 1, TaskModel::DurationColumn), QStringLiteral("2.50 s"));
    QCOMPARE(model.counts()[static_cast<int>(TaskState::Queued)], 1);
    QCOMPARE(model.counts()[static_cast<int>(TaskState::Failed)], 1);
}

void TestTaskModel::followsTheFeed()
{
    const auto feed = std::make_shared<TaskFeed>();
    TaskModel model(std::make_shared<NumberedTasks>(10), feed);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy changes(&model, &TaskModel::tasksChanged);

    const TaskRecord started = startedRecord(1, 1'000'000);
    feed->taskStarted(4, started);
    model.refresh();
    QCOMPARE(cell(model, 4, TaskModel::StateColumn), QStringLiteral("Running"));
    QCOMPARE(model.runningTasks(), std::set<TaskIndex>{4});
    QVERIFY(changes.count() >= 1);

    feed->taskChanged(4, endedRecord(started, 0, 40 * Millisecond));
    model.refresh();
    QCOMPARE(cell(model, 4, TaskModel::StateColumn), QStringLiteral("Done"));
    QVERIFY(model.runningTasks().empty());
    QCOMPARE(model.counts()[static_cast<int>(TaskState::Done)], 1);
    QCOMPARE(model.counts()[static_cast<int>(TaskState::Running)], 0);
    QCOMPARE(model.counts()[static_cast<int>(TaskState::Queued)], 9);
}

void TestTaskModel::joinsNeighboursIntoOneRange()
{
    const auto feed = std::make_shared<TaskFeed>();
    TaskModel model(std::make_shared<NumberedTasks>(10), feed);
    QSignalSpy changes(&model, &TaskModel::dataChanged);
    for (const TaskIndex task : {5, 3, 4, 9, 3})
        feed->taskChanged(task, endedRecord({}, 0, 1));
    model.refresh();
    QCOMPARE(changes.count(), 2);
    QCOMPARE(changes[0][0].toModelIndex().row(), 3);
    QCOMPARE(changes[0][1].toModelIndex().row(), 5);
    QCOMPARE(changes[0][1].toModelIndex().column(), TaskModel::ColumnCount - 1);
    QCOMPARE(changes[1][0].toModelIndex().row(), 9);
}

void TestTaskModel::boundsTheNumberOfRanges()
{
    const auto feed = std::make_shared<TaskFeed>();
    TaskModel model(std::make_shared<NumberedTasks>(1000), feed);
    QSignalSpy changes(&model, &TaskModel::dataChanged);
    for (TaskIndex task = 0; task < 1000; task += 2)
        feed->taskChanged(task, endedRecord({}, 0, 1));
    model.refresh();
    QCOMPARE(changes.count(), 1);
    QCOMPARE(changes[0][0].toModelIndex().row(), 0);
    QCOMPARE(changes[0][1].toModelIndex().row(), 998);
}

void TestTaskModel::takesAFloodInSlices()
{
    constexpr TaskIndex Count = 1'000'000;
    const auto feed = std::make_shared<TaskFeed>();
    TaskModel model(std::make_shared<NumberedTasks>(Count), feed);
    for (TaskIndex task = 0; task < Count; ++task)
        feed->taskChanged(task, endedRecord({}, 0, 1));
    int slices = 0;
    while (model.counts()[static_cast<int>(TaskState::Done)] < Count) {
        model.refresh();
        ++slices;
    }
    QVERIFY(slices > 1);
    QCOMPARE(model.counts()[static_cast<int>(TaskState::Queued)], 0);
}

void TestTaskModel::showsBytesThatAreNotText()
{
    class OddTitle : public NumberedTasks
    {
    public:
        using NumberedTasks::NumberedTasks;
        QByteArray title(TaskIndex) const override { return "a\nb\xff"; }
    };
    TaskModel model(std::make_shared<OddTitle>(1), nullptr);
    QCOMPARE(cell(model, 0, TaskModel::TitleColumn), QStringLiteral("a\\nb\\xff"));
}

void TestTaskModel::tellsTheTypicalDuration()
{
    const auto feed = std::make_shared<TaskFeed>();
    TaskModel model(std::make_shared<NumberedTasks>(100), feed);
    QCOMPARE(model.typicalDuration(), 0);
    for (TaskIndex task = 0; task < 99; ++task) {
        const TaskRecord started = startedRecord(1, 1);
        feed->taskStarted(task, started);
        feed->taskChanged(task, endedRecord(started, 0, (task < 50 ? 100 : 9000) * Millisecond));
    }
    model.refresh();
    QVERIFY2(std::abs(model.typicalDuration() - 100 * Millisecond) < 10 * Millisecond,
        QByteArray::number(model.typicalDuration()).constData());
}

void TestTaskModel::snapshotsDoNotChange()
{
    const auto feed = std::make_shared<TaskFeed>();
    TaskModel model(std::make_shared<NumberedTasks>(10'000), feed);
    const TaskTable before = model.records();
    feed->taskChanged(9'999, endedRecord({}, 0, 1));
    model.refresh();
    QVERIFY(before.at(9'999).state == TaskState::Queued);
    QVERIFY(model.records().at(9'999).state == TaskState::Done);
    QVERIFY(model.records().at(1).state == TaskState::Queued);
}

QTEST_MAIN(TestTaskModel)
#include "tst_taskmodel.moc"
