// SPDX-License-Identifier: GPL-3.0-or-later
#include "programrun.h"
#include "windowfixture.h"

#include <app/common/samples.h>
#include <procession/job/output/resultsfolder.h>

using namespace procession;

namespace {

/// Far longer than it takes on an idle machine: the batch shares this one with other tests.
constexpr int Patience = 300'000;

QByteArray contents(const QByteArray &path)
{
    QFile file(QFile::decodeName(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "not readable: " + path;
}

/// The inputs of all tasks, each ended by a NUL.
QByteArray inputsOf(const JobSession &session)
{
    QByteArray inputs;
    for (qsizetype task = 0; task < session.source()->count(); ++task)
        inputs += session.source()->arguments(static_cast<TaskIndex>(task)).first() + '\0';
    return inputs;
}

/// What all tasks wrote, in their order.
QByteArray outputsOf(const JobSession &session, const QByteArray &resultsFolder)
{
    const ResultsFolder results(resultsFolder);
    QByteArray outputs;
    for (qsizetype task = 0; task < session.source()->count(); ++task) {
        const QByteArrayList arguments = session.source()->arguments(static_cast<TaskIndex>(task));
        outputs += contents(results.folder(arguments) + "/stdout");
    }
    return outputs;
}

} // namespace

/// All headers of the machine in the window, held against what xargs makes of them.
class TestRealInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHeader_data();
    void everyHeader();
};

void TestRealInput::everyHeader_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("sha256sum") << QStringLiteral("sha256sum");
    QTest::newRow("gzip") << QStringLiteral("gzip -9c");
}

void TestRealInput::everyHeader()
{
    QFETCH(QString, command);
    const ProgramRunner programs;
    WindowFixture fixture;
    BatchDraft draft = checksumsOfAllHeaders();
    draft.command = command + QStringLiteral(" {}");
    draft.resultsFolder = programs.path(QStringLiteral("results"));
    QSignalSpy started(&fixture.window(), &MainWindow::sessionStarted);
    fixture.window().launcher()->runDraft(draft);
    QVERIFY(started.count() > 0 || started.wait(Patience));
    const JobPage *page = fixture.window().currentPage();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(page), JobState::Finished, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(page->isSettled(), Patience);
    const JobSession &session = *page->session();
    QCOMPARE(countOf(page, TaskState::Done), session.source()->count());

    const QByteArray inputs = inputsOf(session);
    const ProgramResult found = programs.shell("find /usr/include -name '*.h' ! -type d -print0 | sort -z | sha256sum");
    QCOMPARE(programs.shell("sort -z | sha256sum", inputs).out, found.out);
    const ProgramResult xargs = programs.shell("xargs -0 -n1 " + command.toUtf8(), inputs);
    QCOMPARE(xargs.status, 0);
    const QByteArray ours = outputsOf(session, draft.resultsFolder.toUtf8());
    QCOMPARE(ours.size(), xargs.out.size());
    QVERIFY(ours == xargs.out);
}

QTEST_MAIN(TestRealInput)
#include "tst_realinput.moc"
