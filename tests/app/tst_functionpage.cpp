// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowfixture.h"

#include <procession/freezesupport.h>
#include <procession/processalive.h>
#include <procession/registeredfunction.h>
#include <procession/taskprogress.h>
#include <procession/taskview.h>
#include <procession/workermodel.h>
#include <procession/workerview.h>

#include <QtCore/QThread>
#include <QtWidgets/QApplication>
#include <QtWidgets/QTableView>

using namespace procession;

namespace {

constexpr int QuickTasks = 12;

/// The last ones tell how far they are, and wait until they are ended.
QString render(const QString &scene, int number)
{
    if (number % 5 == 0)
        throw std::runtime_error("frame " + std::to_string(number) + " of " + scene.toStdString() + " has no light");
    for (int row = 1; number > QuickTasks; row = std::min(row + 1, 40)) {
        reportProgress(row, 100, QStringLiteral("row %1").arg(row));
        QThread::msleep(2);
    }
    return scene + QLatin1Char(' ') + QString::number(number * number);
}

const bool registered = [] {
    registerFunction(QStringLiteral("render"), &render);
    return true;
}();

} // namespace

/// A job of function calls in the window of command batches.
class TestFunctionPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksAsABatchOfCommands()
    {
        WindowFixture fixture;
        fixture.window().resize(1200, 760);
        JobPage *page = begin(fixture);
        QVERIFY(page);
        QTRY_COMPARE(countOf(page, TaskState::Done), 10);
        QTRY_COMPARE(countOf(page, TaskState::Failed), 2);
        QTRY_COMPARE(countOf(page, TaskState::Running), 2);

        const auto *workers = page->findChild<WorkerView *>()->table()->model();
        QTRY_COMPARE(workers->rowCount(), 2);
        QTRY_COMPARE(workers->index(0, WorkerModel::ProgressColumn).data().toString(), QStringLiteral("40% row 40"));
        const QTableView *table = page->findChild<WorkerView *>()->table();
        QVERIFY(!table->isColumnHidden(WorkerModel::ProgressColumn));
        const qint64 pid = workers->index(0, WorkerModel::PidColumn).data().toString().toLongLong();
        QVERIFY(isProcessAlive(pid));
        keepPictures(fixture, page);

        page->session()->job()->stop(StopMode::Terminate);
        QTRY_COMPARE(stateOf(page), JobState::Finished);
        QTRY_VERIFY(!isProcessAlive(pid));
        QCOMPARE(countOf(page, TaskState::Cancelled), 3);
    }

private:
    static JobPage *begin(WindowFixture &fixture)
    {
        BatchDefinition definition;
        definition.name = QStringLiteral("render");
        definition.function = QStringLiteral("render");
        QByteArrayList numbers;
        for (int number = 1; number <= QuickTasks + 3; ++number)
            numbers.append(QByteArray::number(number == QuickTasks + 3 ? number + 1 : number));
        definition.inputs = InputTable({InputList({"harbour at night"}), InputList(numbers)});
        definition.job.workers = 2;
        QSignalSpy started(&fixture.window(), &MainWindow::sessionStarted);
        fixture.window().run(definition, {});
        return started.isEmpty() && !started.wait(10'000) ? nullptr : fixture.window().currentPage();
    }

    /// For who wants to look at it: PROCESSION_PICTURES names a folder.
    static void keepPictures(WindowFixture &fixture, JobPage *page)
    {
        const QString folder = qEnvironmentVariable("PROCESSION_PICTURES");
        if (folder.isEmpty())
            return;
        for (const JobPage::Tab tab : {JobPage::Tasks, JobPage::Workers}) {
            page->showTab(tab);
            QApplication::processEvents();
            QVERIFY(fixture.window().grab().save(folder + QStringLiteral("/functions-%1.png").arg(tab)));
        }
    }
};

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QApplication application(argc, argv);
    TestFunctionPage test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_functionpage.moc"
