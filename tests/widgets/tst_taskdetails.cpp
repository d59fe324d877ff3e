// SPDX-License-Identifier: GPL-3.0-or-later
#include "numberedtasks.h"
#include "paths.h"

#include <procession/job/store/jobstoreerror.h>
#include <procession/widgets/common/eventloopprobe.h>
#include <procession/widgets/tasks/attemptfacts.h>
#include <procession/widgets/tasks/outputpane.h>
#include <procession/widgets/tasks/taskdetails.h>

#include <QtCore/QPromise>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>

#include <cerrno>
#include <csignal>

using namespace procession;
using namespace std::chrono_literals;

class TestTaskDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void invitesToSelectATask();
    void showsATaskThatHasNotRun();
    void showsTheLastAttempt();
    void showsAChosenAttempt();
    void followsARunningTask();
    void asksAgainForWhatTheStoreDoesNotHaveYet();
    void dropsAnswersAboutAnotherTask();
    void saysWhyThereIsNoOutput();
    void showsTheEndsOfLargeOutput();
    void breaksEndlessLines();
    void saysWhatCouldNotBeKept();
    void savesAllBytes();
};

namespace {

ProbedApplication &application() { return *static_cast<ProbedApplication *>(qApp); }

CapturedStream inMemory(const QByteArray &bytes) { return {bytes, {}, bytes.size(), 0}; }

Attempt attemptOf(TaskIndex task, int number, ExitStatus status, const QByteArray &out, const QByteArray &err = {})
{
    Attempt attempt;
    attempt.task = task;
    attempt.number = number;
    attempt.worker = number;
    attempt.pid = 4000 + number;
    attempt.startedAt = 1'700'000'000'000'000;
    attempt.duration = 2'500'000;
    attempt.cpuTime = 1'200'000;
    attempt.peakMemory = 81'000'000;
    attempt.status = status;
    attempt.output = {inMemory(out), inMemory(err)};
    return attempt;
}

template <typename T>
QFuture<T> answered(const T &answer)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(answer);
    promise.finish();
    return promise.future();
}

struct Fixture
{
    Fixture()
    {
        details.resize(900, 400);
        details.show();
        details.setJob(
            &model,
            [this](TaskIndex task) {
                ++attemptQuestions;
                return answered(attempts.value(task));
            },
            [this](TaskIndex) { return answered(running); });
    }
    void end(TaskIndex task, const QList<Attempt> &all)
    {
        attempts[task] = all;
        TaskRecord record = startedRecord(all.last().worker, all.last().startedAt);
        record.attempts = static_cast<quint16>(all.size());
        record.state = all.last().status.isSuccess() ? TaskState::Done : TaskState::Failed;
        record.status = all.last().status;
        record.duration = all.last().duration;
        feed->taskChanged(task, record);
        model.refresh();
    }
    QString out() const { return details.outPane()->textEdit()->toPlainText(); }
    QString err() const { return details.errPane()->textEdit()->toPlainText(); }
    QString fact(AttemptFacts::Fact fact) const { return details.facts()->text(fact); }

    std::shared_ptr<TaskFeed> feed = std::make_shared<TaskFeed>();
    TaskModel model{std::make_shared<NumberedTasks>(100), feed};
    QHash<TaskIndex, QList<Attempt>> attempts;
    TaskOutput running;
    int attemptQuestions = 0;
    TaskDetails details;
};

bool showsText(const TaskDetails &details, const QString &text)
{
    const auto labels = details.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(),
        [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

} // namespace

void TestTaskDetails::invitesToSelectATask()
{
    Fixture f;
    QVERIFY(showsText(f.details, QStringLiteral("Select a task")));
    f.details.showTask(5);
    QVERIFY(!showsText(f.details, QStringLiteral("Select a task")));
    f.details.setJob(nullptr, {}, {});
    QVERIFY(showsText(f.details, QStringLiteral("Select a task")));
}

void TestTaskDetails::showsATaskThatHasNotRun()
{
    Fixture f;
    f.details.showTask(5);
    QVERIFY(showsText(f.details, QStringLiteral("Task 6: input-5.txt")));
    QCOMPARE(f.details.commandEdit()->toPlainText(), QStringLiteral("gzip -k9 input-5.txt"));
    QCOMPARE(f.fact(AttemptFacts::State), QStringLiteral("Queued"));
    QCOMPARE(f.fact(AttemptFacts::Arguments), QStringLiteral("input-5.txt"));
    QCOMPARE(f.fact(AttemptFacts::Exit), QString());
    QCOMPARE(f.details.outPane()->textEdit()->placeholderText(), QStringLiteral("It has not run yet."));
    QCOMPARE(f.attemptQuestions, 0);
}

void TestTaskDetails::showsTheLastAttempt()
{
    Fixture f;
    f.end(5, {attemptOf(5, 1, ExitStatus::exited(3), "out\xff\n", "complaint\n")});
    f.details.showTask(5);
    QTRY_COMPARE(f.out(), QStringLiteral("out\\xff\n"));
    QTRY_COMPARE(f.err(), QStringLiteral("complaint\n"));
    QCOMPARE(f.fact(AttemptFacts::State), QStringLiteral("Failed"));
    QCOMPARE(f.fact(AttemptFacts::Exit), QStringLiteral("exit code 3"));
    QCOMPARE(f.fact(AttemptFacts::Cause), QStringLiteral("ended by itself"));
    QCOMPARE(f.fact(AttemptFacts::Pid), QStringLiteral("4001"));
    QCOMPARE(f.fact(AttemptFacts::Duration), QStringLiteral("2.50 s"));
    QCOMPARE(f.fact(AttemptFacts::CpuTime), QStringLiteral("1.20 s"));
    QCOMPARE(f.fact(AttemptFacts::PeakMemory), QStringLiteral("81 MB"));
    QVERIFY(!f.details.attemptBox()->isVisible());
}

void TestTaskDetails::showsAChosenAttempt()
{
    Fixture f;
    f.end(5, {attemptOf(5, 1, ExitStatus::signaled(SIGSEGV), "first"), attemptOf(5, 2, ExitStatus::exited(0), "second")});
    f.details.showTask(5);
    QTRY_COMPARE(f.out(), QStringLiteral("second"));
    QVERIFY(f.details.attemptBox()->isVisible());
    QCOMPARE(f.details.attemptBox()->count(), 2);
    QCOMPARE(f.details.attemptBox()->itemText(0), QStringLiteral("Attempt 1: killed by SIGSEGV"));
    QTest::keyClick(f.details.attemptBox(), Qt::Key_Up);
    QTRY_COMPARE(f.out(), QStringLiteral("first"));
    QCOMPARE(f.fact(AttemptFacts::Exit), QStringLiteral("killed by SIGSEGV"));
}

void TestTaskDetails::followsARunningTask()
{
    Fixture f;
    f.feed->taskStarted(5, startedRecord(1, 1'700'000'000'000'000));
    f.model.refresh();
    f.running.out = inMemory("one\n");
    f.details.showTask(5);
    QTRY_COMPARE(f.out(), QStringLiteral("one\n"));
    QCOMPARE(f.fact(AttemptFacts::State), QStringLiteral("Running"));
    f.running.out = inMemory("one\ntwo\n");
    QTRY_COMPARE(f.out(), QStringLiteral("one\ntwo\n")); // asked again after a second
    f.end(5, {attemptOf(5, 1, ExitStatus::exited(0), "one\ntwo\nthree\n")});
    QTRY_COMPARE(f.out(), QStringLiteral("one\ntwo\nthree\n"));
    QCOMPARE(f.fact(AttemptFacts::State), QStringLiteral("Done"));
}

void TestTaskDetails::asksAgainForWhatTheStoreDoesNotHaveYet()
{
    Fixture f;
    f.end(5, {attemptOf(5, 1, ExitStatus::exited(0), "text")});
    const QList<Attempt> later = f.attempts.take(5);
    f.details.showTask(5);
    QTRY_VERIFY(f.attemptQuestions >= 2);
    f.attempts[5] = later;
    QTRY_COMPARE(f.out(), QStringLiteral("text"));
}

void TestTaskDetails::dropsAnswersAboutAnotherTask()
{
    Fixture f;
    f.end(5, {attemptOf(5, 1, ExitStatus::exited(0), "five")});
    f.end(6, {attemptOf(6, 1, ExitStatus::exited(0), "six")});
    QPromise<QList<Attempt>> slow;
    slow.start();
    f.details.setJob(&f.model, [&](TaskIndex task) { return task == 5 ? slow.future() : answered(f.attempts.value(task)); }, {});
    f.details.showTask(5);
    f.details.showTask(6);
    QTRY_COMPARE(f.out(), QStringLiteral("six"));
    slow.addResult(f.attempts.value(5));
    slow.finish();
    QTest::qWait(50);
    QCOMPARE(f.out(), QStringLiteral("six"));
}

void TestTaskDetails::saysWhyThereIsNoOutput()
{
    Fixture f;
    f.end(5, {attemptOf(5, 1, ExitStatus::exited(0), "five")});
    f.details.setJob(&f.model,
        [](TaskIndex) {
            QPromise<QList<Attempt>> promise;
            promise.start();
            promise.setException(
                std::make_exception_ptr(JobStoreError(JobStoreError::Reason::Damaged, QStringLiteral("/x/jobs.db"), {}, {})));
            promise.finish();
            return promise.future();
        },
        {});
    f.details.showTask(5);
    QTRY_VERIFY(showsText(f.details, QStringLiteral("The database /x/jobs.db is damaged.")));
}

void TestTaskDetails::showsTheEndsOfLargeOutput()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("large")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray lines;
    for (int i = 0; i < 10'000; ++i)
        lines += "line " + QByteArray::number(i) + " of a program that writes a lot\n";
    file.write("the first\n");
    constexpr int Repetitions = 500;
    for (int i = 0; i < Repetitions; ++i)
        QCOMPARE(file.write(lines), lines.size());
    file.write("the last\n");
    file.close();

    Fixture f;
    application().resetProbe();
    Attempt attempt = attemptOf(5, 1, ExitStatus::exited(0), {});
    attempt.output.out = {"the first\n", file.fileName(), file.size(), 0};
    f.end(5, {attempt});
    f.details.showTask(5);
    QTRY_VERIFY_WITH_TIMEOUT(f.details.outPane()->isSettled() && !f.out().isEmpty(), 20'000);
    qInfo("%.0f MB: worst event %.1f ms CPU", double(file.size()) / 1e6, double(application().worst().cpu.count()) / 1e6);
    QVERIFY2(application().worst().cpu < 50ms, application().worst().event.constData());
    QVERIFY(f.out().startsWith(QStringLiteral("the first\nline 0 of")));
    QVERIFY(f.out().endsWith(QStringLiteral("line 9999 of a program that writes a lot\nthe last\n")));
    QVERIFY(f.out().size() < 2 * OutputExcerpt::PartSize + 1000);
    QVERIFY(f.details.outPane()->note()->text().startsWith(QStringLiteral("the first and the last part of ")));
}

void TestTaskDetails::breaksEndlessLines()
{
    Fixture f;
    application().resetProbe();
    f.end(5, {attemptOf(5, 1, ExitStatus::exited(0), QByteArray(900'000, 'x'))});
    f.details.showTask(5);
    QTRY_VERIFY(f.details.outPane()->isSettled() && f.details.outPane()->textEdit()->blockCount() == 450);
    QVERIFY2(application().worst().cpu < 50ms, application().worst().event.constData());
}

void TestTaskDetails::saysWhatCouldNotBeKept()
{
    OutputPane pane;
    CapturedStream stream = inMemory("some of it");
    stream.error = ENOSPC;
    pane.setStream(stream);
    QTRY_VERIFY(pane.note()->text().contains(QStringLiteral("No space left on device")));
    QCOMPARE(pane.textEdit()->toPlainText(), QStringLiteral("some of it"));

    stream = {"the beginning", QFile::decodeName(absentPath("file")), 1'000'000, 0};
    pane.setStream(stream);
    QTRY_VERIFY(pane.note()->text().contains(QStringLiteral("No such file or directory")));
    QTRY_COMPARE(pane.textEdit()->toPlainText(), QStringLiteral("the beginning"));
}

void TestTaskDetails::savesAllBytes()
{
    const QTemporaryDir folder;
    QByteArray bytes;
    for (quint32 i = 0; i < 3'000'000; ++i)
        bytes += static_cast<char>(i * 7919U >> 3);
    QFile file(folder.filePath(QStringLiteral("spooled")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    OutputPane pane;
    pane.setStream({bytes.first(100), file.fileName(), bytes.size(), 0});
    const QString path = folder.filePath(QStringLiteral("saved"));
    pane.saveTo(path);
    QTRY_VERIFY(pane.note()->text().contains(QStringLiteral("saved as ")));
    QFile saved(path);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), bytes);

    pane.saveTo(QFile::decodeName(absentPath("folder/file")));
    QTRY_VERIFY(pane.note()->text().contains(QStringLiteral("not saved: ")));
}

int main(int argc, char **argv)
{
    ProbedApplication app(argc, argv);
    TestTaskDetails test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_taskdetails.moc"
