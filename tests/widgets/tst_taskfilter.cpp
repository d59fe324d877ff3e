// SPDX-License-Identifier: GPL-3.0-or-later
#include "numberedtasks.h"

#include <procession/widgets/tasks/taskfilter.h>

#include <QtCore/QRandomGenerator>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

using namespace procession;

class TestTaskFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsEverythingAtFirst();
    void filtersByText();
    void filtersByState();
    void filtersByWorker();
    void sorts_data();
    void sorts();
    void followsChanges();
    void agreesWithARebuildAfterRandomChanges_data();
    void agreesWithARebuildAfterRandomChanges();
    void keepsSelectedTasks();
    void changesOfCriteriaReplaceEachOther();
    void outlivesItsModel();
};

namespace {

struct Fixture
{
    explicit Fixture(qsizetype count) : model(std::make_shared<NumberedTasks>(count), feed) { filter.setTaskModel(&model); }

    std::vector<TaskIndex> rows() const
    {
        std::vector<TaskIndex> all;
        for (int row = 0; row < filter.rowCount(); ++row)
            all.push_back(filter.taskAt(row));
        return all;
    }
    void end(TaskIndex task, int exitCode, qint64 duration, int worker = 1)
    {
        feed->taskChanged(task, endedRecord(startedRecord(worker, 1), exitCode, duration));
    }

    std::shared_ptr<TaskFeed> feed = std::make_shared<TaskFeed>();
    TaskModel model;
    TaskFilter filter;
    QAbstractItemModelTester tester{&filter, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

TaskStates only(TaskState state)
{
    TaskStates states;
    states.set(state, true);
    return states;
}

using Rows = std::vector<TaskIndex>;

} // namespace

void TestTaskFilter::showsEverythingAtFirst()
{
    Fixture f(5);
    QCOMPARE(f.rows(), (Rows{0, 1, 2, 3, 4}));
    QCOMPARE(f.filter.index(3, TaskModel::TitleColumn).data().toString(), QStringLiteral("input-3.txt"));
    QVERIFY(!f.filter.isBusy());
}

void TestTaskFilter::filtersByText()
{
    Fixture f(200);
    TaskCriteria criteria;
    criteria.text = QStringLiteral("PUT-19");
    f.filter.setCriteria(criteria);
    QTRY_VERIFY(!f.filter.isBusy());
    QCOMPARE(f.rows(), (Rows{19, 190, 191, 192, 193, 194, 195, 196, 197, 198, 199}));
    QCOMPARE(f.filter.rowOf(190), std::optional(1));
    QVERIFY(!f.filter.rowOf(20));
    QCOMPARE(f.filter.index(1, TaskModel::NumberColumn).data().toString(), QStringLiteral("191"));

    f.filter.setCriteria({});
    QTRY_COMPARE(f.filter.rowCount(), 200);
}

void TestTaskFilter::filtersByState()
{
    Fixture f(6);
    f.end(1, 3, 10);
    f.end(4, 1, 10);
    f.end(5, 0, 10);
    f.model.refresh();
    TaskCriteria criteria;
    criteria.states = only(TaskState::Failed);
    f.filter.setCriteria(criteria);
    QTRY_COMPARE(f.rows(), (Rows{1, 4}));
    criteria.states = {};
    f.filter.setCriteria(criteria);
    QTRY_COMPARE(f.filter.rowCount(), 0);
}

void TestTaskFilter::filtersByWorker()
{
    Fixture f(6);
    f.end(1, 0, 10, 1);
    f.end(4, 0, 10, 2);
    f.model.refresh();
    TaskCriteria criteria;
    criteria.worker = 2;
    f.filter.setCriteria(criteria);
    QTRY_COMPARE(f.rows(), (Rows{4}));
}

void TestTaskFilter::sorts_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QList<int>>("expected");
    const auto up = Qt::AscendingOrder;
    const auto down = Qt::DescendingOrder;
    QTest::newRow("number down") << int(TaskModel::NumberColumn) << down << QList<int>{10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    QTest::newRow("title up") << int(TaskModel::TitleColumn) << up << QList<int>{0, 1, 10, 2, 3, 4, 5, 6, 7, 8, 9};
    QTest::newRow("title down") << int(TaskModel::TitleColumn) << down << QList<int>{9, 8, 7, 6, 5, 4, 3, 2, 10, 1, 0};
    // queued, done, failed
    QTest::newRow("state up") << int(TaskModel::StateColumn) << up << QList<int>{0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 2};
    QTest::newRow("duration down") << int(TaskModel::DurationColumn) << down << QList<int>{2, 10, 0, 1, 3, 4, 5, 6, 7, 8, 9};
    QTest::newRow("worker down") << int(TaskModel::WorkerColumn) << down << QList<int>{10, 2, 0, 1, 3, 4, 5, 6, 7, 8, 9};
    QTest::newRow("exit down") << int(TaskModel::ExitColumn) << down << QList<int>{2, 10, 0, 1, 3, 4, 5, 6, 7, 8, 9};
}

void TestTaskFilter::sorts()
{
    QFETCH(int, column);
    QFETCH(Qt::SortOrder, order);
    QFETCH(QList<int>, expected);
    Fixture f(11);
    f.end(2, 3, 900, 1);
    f.end(10, 0, 500, 2);
    f.model.refresh();
    f.filter.sort(column, order);
    QTRY_VERIFY(!f.filter.isBusy());
    const Rows rows(expected.begin(), expected.end());
    QCOMPARE(f.rows(), rows);
}

void TestTaskFilter::followsChanges()
{
    Fixture f(100);
    TaskCriteria criteria;
    criteria.states = only(TaskState::Failed);
    f.filter.setCriteria(criteria);
    QTRY_COMPARE(f.filter.rowCount(), 0);
    f.end(50, 1, 1);
    f.end(7, 1, 1);
    f.end(8, 0, 1);
    f.model.refresh();
    QTRY_COMPARE(f.rows(), (Rows{7, 50}));
    f.feed->taskChanged(7, {}); // queued again by a person
    f.model.refresh();
    QTRY_COMPARE(f.rows(), (Rows{50}));

    QSignalSpy dataChanged(&f.filter, &QAbstractItemModel::dataChanged);
    f.end(50, 2, 1);
    f.model.refresh();
    QCOMPARE(dataChanged.count(), 1);
    QCOMPARE(dataChanged[0][0].toModelIndex().row(), 0);
}

void TestTaskFilter::agreesWithARebuildAfterRandomChanges_data()
{
    QTest::addColumn<TaskSortKey>("key");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<QString>("text");
    QTest::newRow("number, text") << TaskSortKey::Number << false << QStringLiteral("7");
    QTest::newRow("number down") << TaskSortKey::Number << true << QString();
    QTest::newRow("title, text") << TaskSortKey::Title << false << QStringLiteral("3");
    QTest::newRow("state") << TaskSortKey::State << false << QString();
    QTest::newRow("duration down, text") << TaskSortKey::Duration << true << QStringLiteral("1");
    QTest::newRow("exit") << TaskSortKey::Exit << false << QString();
}

void TestTaskFilter::agreesWithARebuildAfterRandomChanges()
{
    QFETCH(TaskSortKey, key);
    QFETCH(bool, descending);
    QFETCH(QString, text);
    constexpr TaskIndex Count = 300;
    Fixture f(Count);
    TaskCriteria criteria;
    criteria.key = key;
    criteria.descending = descending;
    criteria.text = text;
    criteria.states.set(TaskState::Done, false);
    f.filter.setCriteria(criteria);
    QRandomGenerator random(20240531);
    for (int round = 0; round < 16; ++round) {
        for (quint32 i = random.bounded(1U, 60U); i > 0; --i) {
            const TaskIndex task = random.bounded(Count);
            if (random.bounded(4) == 0)
                f.feed->taskChanged(task, {});
            else
                f.end(task, random.bounded(3), random.bounded(100), random.bounded(1, 4));
        }
        f.model.refresh();
        if (round % 3 == 0) // at other times changes come while the thread is at work
            QTRY_VERIFY(!f.filter.isBusy());
    }
    QTRY_VERIFY(!f.filter.isBusy());
    const TaskOrder order(f.model.source(), f.model.records(), criteria, 0);
    QCOMPARE(f.rows(), order.build(false));
    QVERIFY(f.filter.rowCount() > 10);
}

void TestTaskFilter::keepsSelectedTasks()
{
    Fixture f(1000);
    QItemSelectionModel selection(&f.filter);
    selection.select(f.filter.index(500, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    selection.setCurrentIndex(f.filter.index(501, 0), QItemSelectionModel::NoUpdate);
    const auto selectedTasks = [&] {
        Rows tasks;
        const QModelIndexList rows = selection.selectedRows();
        for (const QModelIndex &index : rows)
            tasks.push_back(index.data(TaskModel::TaskRole).toUInt());
        return tasks;
    };
    TaskCriteria criteria;
    criteria.text = QStringLiteral("50");
    criteria.key = TaskSortKey::Number;
    criteria.descending = true;
    f.filter.setCriteria(criteria);
    QTRY_VERIFY(!f.filter.isBusy());
    QVERIFY(f.filter.rowCount() < 100);
    QCOMPARE(selectedTasks(), Rows{500});
    QCOMPARE(selection.currentIndex().data(TaskModel::TaskRole).toUInt(), 501);
    f.filter.setCriteria({});
    QTRY_COMPARE(f.filter.rowCount(), 1000);
    QCOMPARE(selectedTasks(), Rows{500});
    QCOMPARE(selection.currentIndex().row(), 501);
}

void TestTaskFilter::changesOfCriteriaReplaceEachOther()
{
    Fixture f(100'000);
    TaskCriteria criteria;
    for (const char *text : {"1", "12", "123", "1234"}) {
        criteria.text = QString::fromLatin1(text);
        f.filter.setCriteria(criteria);
    }
    QSignalSpy settled(&f.filter, &TaskFilter::settled);
    QTRY_VERIFY(!f.filter.isBusy());
    QCOMPARE(settled.count(), 1);
    QCOMPARE(f.filter.rowCount(), 20);
}

void TestTaskFilter::outlivesItsModel()
{
    TaskFilter filter;
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto model = std::make_unique<TaskModel>(std::make_shared<NumberedTasks>(10'000), nullptr);
    filter.setTaskModel(model.get());
    filter.sort(TaskModel::TitleColumn, Qt::DescendingOrder);
    model.reset();
    QCOMPARE(filter.rowCount(), 0);
    QVERIFY(!filter.isBusy());
}

QTEST_MAIN(TestTaskFilter)
#include "tst_taskfilter.moc"
