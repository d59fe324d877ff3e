// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths.h"

#include <procession/job/run/batchrun.h>
#include <procession/job/store/jobhistory.h>
#include <procession/widgets/common/eventloopprobe.h>
#include <procession/widgets/progress/depthchart.h>
#include <procession/widgets/progress/jobheader.h>
#include <procession/widgets/progress/workerview.h>
#include <procession/widgets/tasks/outputpane.h>
#include <procession/widgets/tasks/taskdetails.h>
#include <procession/widgets/tasks/taskview.h>

#include <QtCore/QDateTime>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAction>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTableView>

using namespace procession;
using namespace std::chrono_literals;

/// Real batches, seen through the views as a window connects them.
class TestBatchViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsHowTasksEnded_data();
    void showsHowTasksEnded();
    void showsOutputOfARunningTask();
    void killsFromTheViews();
    void retriesFromTheView();
    void staysResponsiveWhileABatchRuns();
};

namespace {

qint64 now() { return QDateTime::currentMSecsSinceEpoch() * 1000; }

ProbedApplication &application() { return *static_cast<ProbedApplication *>(qApp); }

/// A job with all its views, refreshed as in a window.
class Workbench
{
public:
    Workbench(const QByteArray &command, const QByteArrayList &inputs, int workers = 2)
        : m_run(prepare(command, inputs, workers), {.live = {m_feed}, .recorded = {}, .onStoreError = {}}),
          m_history(storePath()),
          model(m_run.job().source(), m_feed)
    {
        job().setUsageInterval(200ms);
        header.setJob(QStringLiteral("a batch"));
        workerView.model()->setSource(job().source());
        tasks.setModel(&model);
        details.setJob(
            &model, [this](TaskIndex task) { return m_history.attempts(m_run.storedJob(), task); },
            [this](TaskIndex task) { return job().runningOutput(task); });
        QObject::connect(&tasks, &TaskView::currentTaskChanged, &details, &TaskDetails::showTask);
        QObject::connect(&tasks, &TaskView::signalRequested, &job(), &Job::signalTasks);
        QObject::connect(&tasks, &TaskView::retryRequested, &job(), &Job::retry);
        QObject::connect(&workerView, &WorkerView::signalRequested, &job(), &Job::signalWorkers);
        for (QWidget *view : std::initializer_list<QWidget *>{&header, &tasks, &workerView, &chart, &details})
            view->show();
        QObject::connect(&m_timer, &QTimer::timeout, &model, [this] { refresh(); });
        m_timer.start(40ms);
        job().start();
    }

    /// Watches the models, at a price that grows with their rows.
    void testModels()
    {
        for (QAbstractItemModel *tested : std::initializer_list<QAbstractItemModel *>{&model, tasks.filter(), workerView.model()})
            new QAbstractItemModelTester(tested, QAbstractItemModelTester::FailureReportingMode::QtTest, tested);
    }

    Job &job() { return m_run.job(); }
    QString cell(int row, TaskModel::Column column) { return model.index(row, column).data().toString(); }

private:
    QString storePath() const { return m_folder.filePath(QStringLiteral("jobs.db")); }

    PreparedBatch prepare(const QByteArray &command, const QByteArrayList &inputs, int workers)
    {
        BatchRequest request;
        request.storePath = storePath();
        request.definition.command = command;
        request.definition.inputs = InputTable({InputList(inputs)});
        request.definition.job.workers = workers;
        return BatchRun::prepare(request);
    }

    void refresh()
    {
        const JobSummary summary = job().summary();
        model.refresh();
        header.setSummary(summary, now());
        workerView.model()->update(job().workers(), model.typicalDuration(), now());
        chart.addSample(summary.count(TaskState::Queued), summary.busyWorkers, now());
    }

    QTemporaryDir m_folder;
    std::shared_ptr<TaskFeed> m_feed = std::make_shared<TaskFeed>();
    BatchRun m_run;
    JobHistory m_history;
    QTimer m_timer;

public:
    TaskModel model;
    JobHeader header;
    TaskView tasks;
    WorkerView workerView;
    DepthChart chart;
    TaskDetails details;
};

} // namespace

void TestBatchViews::showsHowTasksEnded_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("exit");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("output");
    const auto row = [](const char *name, const char *command, const QByteArray &input, const char *state, const char *exit,
                         const char *title, const char *output) {
        QTest::newRow(name) << QByteArray(command) << input << QString::fromLatin1(state) << QString::fromLatin1(exit)
                            << QString::fromLatin1(title) << QString::fromLatin1(output);
    };
    row("done", "echo", "x", "Done", "exit code 0", "x", "x\n");
    row("exits 3", "sh -c 'exit 3'", "x", "Failed", "exit code 3", "x", "");
    row("crashes", "sh -c 'kill -SEGV $$'", "x", "Failed", "killed by SIGSEGV", "x", "");
    row("missing", "no-such-command-at-all", "x", "Failed", "exit code 127", "x", ""); // as the shell says, which may know it
    row("not executable", plainFile().constData(), "x", "Failed", "permission denied", "x", "");
    row("odd name", "echo", "a b\n'\"-\xff", "Done", "exit code 0", "a b\\n'\"-\\xff", "a b\n'\"-\\xff\n");
}

void TestBatchViews::showsHowTasksEnded()
{
    QFETCH(QByteArray, command);
    QFETCH(QByteArray, input);
    Workbench bench(command, {input});
    bench.testModels();
    QTRY_VERIFY(bench.cell(0, TaskModel::StateColumn) != QStringLiteral("Queued")
        && bench.cell(0, TaskModel::StateColumn) != QStringLiteral("Running"));
    QTEST(bench.cell(0, TaskModel::StateColumn), "state");
    QTEST(bench.cell(0, TaskModel::ExitColumn), "exit");
    QTEST(bench.cell(0, TaskModel::TitleColumn), "title");
    bench.tasks.selectTask(0);
    QFETCH(QString, output);
    QTRY_COMPARE(bench.details.outPane()->textEdit()->toPlainText(), output);
}

void TestBatchViews::showsOutputOfARunningTask()
{
    Workbench bench("sh -c 'echo started; exec sleep 60'", {"x"});
    bench.tasks.selectTask(0);
    QTRY_COMPARE(bench.details.outPane()->textEdit()->toPlainText(), QStringLiteral("started\n"));
    QTRY_COMPARE(bench.workerView.model()->index(0, WorkerModel::StateColumn).data().toString(), QStringLiteral("busy"));
    QTRY_VERIFY(!bench.workerView.model()->index(0, WorkerModel::MemoryColumn).data().toString().isEmpty());
}

void TestBatchViews::killsFromTheViews()
{
    Workbench bench("sleep", {"60", "60", "60"}, 3);
    bench.testModels();
    bench.tasks.table()->selectRow(1);
    QTRY_VERIFY(bench.tasks.killAction()->isEnabled());
    bench.tasks.killAction()->trigger();
    QTRY_COMPARE(bench.cell(1, TaskModel::StateColumn), QStringLiteral("Cancelled"));
    QCOMPARE(bench.cell(1, TaskModel::ExitColumn), QStringLiteral("ended by you"));
    QCOMPARE(bench.cell(0, TaskModel::StateColumn), QStringLiteral("Running"));

    bench.workerView.table()->selectRow(2);
    QTRY_VERIFY(bench.workerView.suspendAction()->isEnabled());
    bench.workerView.suspendAction()->trigger();
    QTRY_COMPARE(bench.workerView.model()->index(2, WorkerModel::StateColumn).data().toString(), QStringLiteral("suspended"));
    QVERIFY(bench.workerView.resumeAction()->isEnabled());
    bench.workerView.resumeAction()->trigger();
    QTRY_COMPARE(bench.workerView.model()->index(2, WorkerModel::StateColumn).data().toString(), QStringLiteral("busy"));
}

void TestBatchViews::retriesFromTheView()
{
    const QTemporaryDir folder;
    const QByteArray mark = folder.filePath(QStringLiteral("mark")).toUtf8();
    Workbench bench("sh -c 'test -e \"$0\" && echo again || { touch \"$0\"; exit 1; }'", {mark});
    bench.testModels();
    QTRY_COMPARE(bench.cell(0, TaskModel::StateColumn), QStringLiteral("Failed"));
    bench.tasks.table()->selectRow(0);
    QTRY_VERIFY(bench.tasks.retryAction()->isEnabled());
    bench.tasks.retryAction()->trigger();
    QTRY_COMPARE(bench.cell(0, TaskModel::StateColumn), QStringLiteral("Done"));
    QTRY_COMPARE(bench.details.outPane()->textEdit()->toPlainText(), QStringLiteral("again\n"));
}

void TestBatchViews::staysResponsiveWhileABatchRuns()
{
    QByteArrayList inputs;
    for (int i = 0; i < 100'000; ++i)
        inputs += QByteArray::number(i);
    Workbench bench("true", inputs, 2);
    QTRY_VERIFY(bench.model.counts()[static_cast<std::size_t>(TaskState::Done)] > 0);
    application().resetProbe();
    QTRY_VERIFY_WITH_TIMEOUT(bench.model.counts()[static_cast<std::size_t>(TaskState::Done)] > 1000, 30'000);
    bench.tasks.table()->sortByColumn(TaskModel::StartedColumn, Qt::DescendingOrder);
    bench.job().stop(StopMode::Kill);
    QTRY_VERIFY(bench.job().summary().state == JobState::Finished);
    QTRY_VERIFY(bench.model.counts()[static_cast<std::size_t>(TaskState::Queued)] == 0);
    QTRY_VERIFY(!bench.tasks.filter()->isBusy());
    const ProbedApplication::Reading worst = application().worst();
    qInfo("worst event: %.1f ms CPU, %.1f ms wall (%s)", double(worst.cpu.count()) / 1e6, double(worst.wall.count()) / 1e6,
        worst.event.constData());
    QVERIFY2(worst.cpu < 50ms, worst.event.constData());
}

int main(int argc, char **argv)
{
    ProbedApplication app(argc, argv);
    TestBatchViews test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_batchviews.moc"
