// SPDX-License-Identifier: GPL-3.0-or-later
#include "numberedtasks.h"
#include "sanitizers.h"

#include <procession/widgets/common/eventloopprobe.h>
#include <procession/widgets/tasks/taskview.h>

#include <QtCore/QDateTime>
#include <QtTest/QtTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

#include <ctime>

using namespace procession;
using namespace std::chrono_literals;

/// A view of very many tasks stays responsive: no event takes the GUI thread more than 50 ms of CPU time.
class TestLargeJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void probeNoticesALongEvent();
    void staysResponsive_data();
    void staysResponsive();
};

namespace {

constexpr auto Limit = 50ms * Slowness;

ProbedApplication &application() { return *static_cast<ProbedApplication *>(qApp); }

void report(const char *what)
{
    const auto milliseconds = [](std::chrono::nanoseconds time) { return double(time.count()) / 1e6; };
    const ProbedApplication::Reading &worst = application().worst();
    qInfo("%-28s worst event: %6.1f ms CPU, %6.1f ms wall (%s), %lld events", what, milliseconds(worst.cpu),
        milliseconds(worst.wall), worst.event.constData(), static_cast<long long>(worst.events));
}

/// Feeds ended tasks as a job would: each is started and then ends.
class Runner : public QObject
{
public:
    Runner(std::shared_ptr<TaskFeed> feed, TaskIndex count) : m_feed(std::move(feed)), m_count(count) { startTimer(5ms); }

    TaskIndex ended() const { return m_next; }

protected:
    void timerEvent(QTimerEvent *) override
    {
        constexpr TaskIndex TasksAtATime = 100; // 20,000 a second
        for (TaskIndex i = 0; i < TasksAtATime && m_next < m_count; ++i, ++m_next) {
            const TaskRecord started = startedRecord(int(m_next % 8) + 1, QDateTime::currentMSecsSinceEpoch() * 1000);
            m_feed->taskStarted(m_next, started);
            m_feed->taskChanged(m_next, endedRecord(started, m_next % 10 == 0 ? 1 : 0, (m_next * 7919) % 1'000'000));
        }
    }

private:
    std::shared_ptr<TaskFeed> m_feed;
    TaskIndex m_count;
    TaskIndex m_next = 0;
};

#define VERIFY_RESPONSIVE(what)                                                                                                  \
    report(what);                                                                                                                \
    QVERIFY2(application().worst().cpu < Limit, what);                                                                           \
    application().resetProbe()

} // namespace

void TestLargeJob::probeNoticesALongEvent()
{
    application().resetProbe();
    bool done = false;
    QTimer::singleShot(0, this, [&done] {
        for (const std::clock_t begin = std::clock(); std::clock() - begin < CLOCKS_PER_SEC / 10;) { }
        done = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(done, 60'000);
    QVERIFY(application().worst().cpu >= 50ms); // the clock counts other threads too
    QVERIFY(application().worst().wall >= application().worst().cpu);
    QVERIFY(!application().worst().event.isEmpty());
}

void TestLargeJob::staysResponsive_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("100,000") << 100'000;
    QTest::newRow("1,000,000") << 1'000'000;
}

void TestLargeJob::staysResponsive()
{
    QFETCH(int, count);
    const auto feed = std::make_shared<TaskFeed>();
    TaskModel model(std::make_shared<NumberedTasks>(count), feed);
    TaskView view;
    view.resize(1000, 700);
    view.setModel(&model);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QTimer refresh;
    connect(&refresh, &QTimer::timeout, &model, &TaskModel::refresh);
    refresh.start(40ms);
    application().resetProbe();

    Runner runner(feed, TaskIndex(count));
    QTRY_VERIFY(runner.ended() > 10'000);
    VERIFY_RESPONSIVE("live");

    for (int i = 1; i <= 20; ++i) {
        view.table()->verticalScrollBar()->setValue(view.table()->verticalScrollBar()->maximum() / 20 * i);
        QTest::qWait(20);
    }
    VERIFY_RESPONSIVE("scrolling");

    for (const QChar letter : QStringLiteral("put-12")) {
        QTest::keyClick(view.filterEdit(), letter.toLatin1());
        QTest::qWait(30);
    }
    const int matching = count / 9; // as many begin with 12 as with any other two figures
    QTRY_VERIFY_WITH_TIMEOUT(view.filter()->rowCount() < matching && view.filter()->rowCount() > 0, 20'000);
    VERIFY_RESPONSIVE("typing a filter");

    view.filterEdit()->clear();
    QTRY_COMPARE_WITH_TIMEOUT(view.filter()->rowCount(), count, 20'000);
    VERIFY_RESPONSIVE("clearing the filter");

    view.table()->sortByColumn(TaskModel::DurationColumn, Qt::DescendingOrder);
    QTest::qWait(3000); // rows move while tasks go on
    QTRY_VERIFY_WITH_TIMEOUT(model.record(view.filter()->taskAt(0)).duration > 990'000, 20'000);
    QVERIFY(model.record(view.filter()->taskAt(count - 1)).duration == 0); // yet to run
    VERIFY_RESPONSIVE("sorted by duration, live");

    TaskCriteria criteria = view.filter()->criteria();
    criteria.states = {};
    criteria.states.set(TaskState::Failed, true);
    criteria.key = TaskSortKey::Title;
    view.filter()->setCriteria(criteria);
    QTRY_VERIFY_WITH_TIMEOUT(view.filter()->rowCount() < count / 2, 20'000);
    QTest::qWait(1000);
    VERIFY_RESPONSIVE("failed ones by title, live");

    view.filter()->setCriteria({});
    QTRY_COMPARE_WITH_TIMEOUT(view.filter()->rowCount(), count, 20'000);
    view.table()->selectAll();
    QTest::qWait(300);
    VERIFY_RESPONSIVE("all selected");
    view.filterEdit()->setText(QStringLiteral("12"));
    QTRY_VERIFY_WITH_TIMEOUT(!view.filter()->isBusy() || view.filter()->rowCount() < count, 20'000);
    view.table()->sortByColumn(TaskModel::DurationColumn, Qt::DescendingOrder);
    QTest::qWait(1000);
    VERIFY_RESPONSIVE("selected and filtered");
}

int main(int argc, char **argv)
{
    ProbedApplication app(argc, argv);
    TestLargeJob test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_largejob.moc"
