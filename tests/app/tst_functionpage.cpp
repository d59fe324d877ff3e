// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths.h"
#include "windowfixture.h"

#include <procession/job/store/jobstore.h>
#include <procession/platform/processes/processalive.h>
#include <procession/pool/shared/taskprogress.h>
#include <procession/process/functions/registeredfunction.h>
#include <procession/process/functions/tasklibrary.h>
#include <procession/process/launch/freezesupport.h>
#include <procession/widgets/batch/newbatchdialog.h>
#include <procession/widgets/batch/startpage.h>
#include <procession/widgets/progress/workermodel.h>
#include <procession/widgets/progress/workerview.h>
#include <procession/widgets/tasks/taskview.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QThread>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
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
    std::printf("%s: frame %d has %d lights\n", qPrintable(scene), number, number * 3);
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
        QVERIFY(workers->index(0, WorkerModel::ProgressColumn).data(WorkerModel::RatioRole).toDouble() == 0.4);
        // At this size everything fits, and one can read what the workers do.
        QCOMPARE(table->horizontalHeader()->length(), table->viewport()->width());
        const QString task = workers->index(0, WorkerModel::TaskColumn).data().toString();
        QVERIFY(table->columnWidth(WorkerModel::TaskColumn) > table->fontMetrics().horizontalAdvance(task) + 12);
        const qint64 pid = workers->index(0, WorkerModel::PidColumn).data().toString().toLongLong();
        QVERIFY(isProcessAlive(pid));
        keepPictures(fixture, page);

        fixture.window().resize(fixture.window().minimumSizeHint());
        QTRY_VERIFY(table->horizontalHeader()->length() > table->viewport()->width());
        QVERIFY(table->columnWidth(WorkerModel::TaskColumn) > table->fontMetrics().horizontalAdvance(task));

        page->session()->job()->stop(StopMode::Terminate);
        QTRY_COMPARE(stateOf(page), JobState::Finished);
        QTRY_VERIFY(!isProcessAlive(pid));
        QCOMPARE(countOf(page, TaskState::Cancelled), 3);
    }

    void isWrittenInTheDialogAndGoesOnLater()
    {
        WindowFixture fixture;
        const QString first = fixture.path("first.txt");
        const QString later = fixture.path("later.txt");
        write(first, "one");
        BatchDraft draft;
        draft.kind = BatchDraft::Kind::Function;
        draft.library = TaskLibrary::find("imagetasks");
        draft.function = QStringLiteral("checksum");
        draft.sources = {{.kind = InputSource::Kind::Typed, .text = first + u'\n' + later}};
        const QPointer<NewBatchDialog> dialog = fixture.window().openNewBatch(draft);
        QTRY_VERIFY(dialog->preview().result().batch && !dialog->preview().isPending());
        QSignalSpy started(&fixture.window(), &MainWindow::sessionStarted);
        dialog->accept();
        QTRY_COMPARE(started.count(), 1);
        const JobPage *page = fixture.window().currentPage();
        QTRY_COMPARE(stateOf(page), JobState::Finished);
        QCOMPARE(countOf(page, TaskState::Done), 1);
        QCOMPARE(countOf(page, TaskState::Failed), 1);
        QCOMPARE(page->session()->name(), QStringLiteral("imagetasks:checksum"));
        QCOMPARE(page->session()->source()->description(0), "imagetasks:checksum " + QFile::encodeName(first));
        const qint64 job = page->session()->storedJob();

        fixture.close();
        write(later, "two");
        fixture.open();
        QTRY_COMPARE(fixture.window().sessions()->recentJobs().size(), 1);
        Q_EMIT fixture.window().findChild<StartPage *>()->recentActivated(fixture.window().sessions()->recentJobs().first());
        QTRY_VERIFY(fixture.window().currentPage());
        fixture.trigger("retryFailed");
        QTRY_VERIFY(fixture.window().currentPage() && fixture.window().currentPage()->session()->job());
        QTRY_COMPARE(stateOf(fixture.window().currentPage()), JobState::Finished);
        QCOMPARE(countOf(fixture.window().currentPage(), TaskState::Done), 2);
        QCOMPARE(fixture.window().currentPage()->session()->storedJob(), job);
        const JobStore store(fixture.path("jobs.sqlite"));
        QTRY_COMPARE(store.attempts(job, 1).size(), 2);
        const QByteArray hash = QCryptographicHash::hash("two", QCryptographicHash::Sha256).toHex();
        QCOMPARE(store.attempts(job, 1).last().output.out.bytes, hash + "  " + QFile::encodeName(later) + '\n');
    }

    void addedLibrariesAreOfferedTheNextTime()
    {
        WindowFixture fixture;
        const QString library = fixture.path("mine.so");
        QVERIFY(QFile::copy(QFile::decodeName(TaskLibrary::find("imagetasks")), library));
        fixture.window().openNewBatch()->setAddedLibraries({QFile::encodeName(library), absentPath("library.so")});
        fixture.window().findChild<NewBatchDialog *>()->reject();
        fixture.close();
        fixture.open();
        QCOMPARE(fixture.window().openNewBatch()->addedLibraries(), QByteArrayList{QFile::encodeName(library)});
    }

private:
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

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
