// SPDX-License-Identifier: MIT
#include "paths.h"
#include "processtest.h"
#include "sanitizers.h"
#include "storeprobe.h"
#include "waiting.h"

#include <procession/job/run/batchrun.h>
#include <procession/job/task/taskfeed.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/platform/processes/processalive.h>
#include <procession/pool/shared/taskprogress.h>
#include <procession/process/functions/registeredfunction.h>

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <csignal>
#include <cstdlib>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr int QuickTasks = 20; // of a batch that is killed
constexpr int AllTasks = 30;

int squared(int x) { return x * x; }
QString shown(const QString &text, double number, bool is)
{
    return text + QString::number(number) + (is ? QStringLiteral("yes") : QStringLiteral("no"));
}
QVariantMap described(const QString &name)
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("sizes"), QVariantList{1, 2.5}}};
}
QByteArray same(const QByteArray &bytes) { return bytes; }
QByteArray large(int size) { return QByteArray(size, 'x'); }
void refuse(const QString &what) { throw std::out_of_range("no " + what.toStdString()); }
void die(int signal) { ::raise(signal); }
void leave(int code) { ::_exit(code); }
QString folderAndVariable(const QString &name) { return QDir::currentPath() + u' ' + qEnvironmentVariable(qPrintable(name)); }

void note(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::Append) || file.write("x") != 1)
        throw std::runtime_error("cannot write " + path.toStdString());
}

/// Dies by SIGKILL as often as there are not yet so many notes, and then returns how many there are.
int dieUntil(const QString &path, int times)
{
    note(path);
    const auto notes = static_cast<int>(QFileInfo(path).size());
    if (notes < times)
        ::raise(SIGKILL);
    return notes;
}

void wait(const QString &path)
{
    note(path);
    for (;;)
        ::pause();
}

/// Notes the seconds that pass while it is not stopped.
void tick(const QString &path)
{
    for (;;) {
        note(path);
        QThread::msleep(1);
    }
}

/// Runs a program that writes its process id and a newline, and then lasts.
void runProgram(const QString &path)
{
    static_cast<void>(std::system(("echo $$ >'" + path.toStdString() + "'; exec sleep 1000").c_str()));
}

int count(const QString &go)
{
    for (int i = 1; i <= 7; ++i)
        reportProgress(i, 9, QStringLiteral("step %1").arg(i));
    reportProgress(9, 9, QStringLiteral("nearly"));
    while (!QFile::exists(go))
        QThread::msleep(1);
    return 9;
}

/// Of a batch that is killed: says that it began; the first tasks end, the others not before there is a file "go".
QString step(const QString &folder, int number)
{
    note(folder + QStringLiteral("/%1").arg(number));
    while (number > QuickTasks && !QFile::exists(folder + QStringLiteral("/go")))
        QThread::msleep(1);
    return QStringLiteral("result %1").arg(number);
}

// Before main(): workers that are started anew know them, too.
const bool registered = [] {
    registerFunction(QStringLiteral("squared"), &squared);
    registerFunction(QStringLiteral("shown"), &shown);
    registerFunction(QStringLiteral("described"), &described);
    registerFunction(QStringLiteral("same"), &same);
    registerFunction(QStringLiteral("large"), &large);
    registerFunction(QStringLiteral("refuse"), &refuse);
    registerFunction(QStringLiteral("die"), &die);
    registerFunction(QStringLiteral("leave"), &leave);
    registerFunction(QStringLiteral("folderAndVariable"), &folderAndVariable);
    registerFunction(QStringLiteral("dieUntil"), &dieUntil);
    registerFunction(QStringLiteral("wait"), &wait);
    registerFunction(QStringLiteral("tick"), &tick);
    registerFunction(QStringLiteral("runProgram"), &runProgram);
    registerFunction(QStringLiteral("count"), &count);
    registerFunction(QStringLiteral("step"), &step);
    return true;
}();

BatchRequest requestFor(const QString &function, const std::vector<QByteArrayList> &columns, const QString &store)
{
    BatchRequest request;
    request.definition.name = function;
    request.definition.function = function;
    std::vector<InputList> lists;
    for (const QByteArrayList &column : columns)
        lists.emplace_back(column);
    request.definition.inputs = InputTable(std::move(lists));
    request.definition.job.workers = 2;
    request.storePath = store;
    return request;
}

BatchRequest stepsFor(const QString &store, const QString &folder)
{
    QByteArrayList numbers;
    for (int number = 1; number <= AllTasks; ++number)
        numbers.append(QByteArray::number(number));
    return requestFor(QStringLiteral("step"), {{QFile::encodeName(folder)}, numbers}, store);
}

/// What this program does when it is to be killed.
int runSteps(const QStringList &words)
{
    setStartMethod(*startMethodNamed(words.at(2)), true);
    BatchRun run(BatchRun::prepare(stepsFor(words.at(3), words.at(4))), {});
    run.job().start();
    return QCoreApplication::exec();
}

} // namespace

class TestFunctionJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (qstrcmp(QTest::currentDataTag(), "fork") == 0)
            SKIP_COPIES_WITH_THREADS();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = m_folder->filePath(QStringLiteral("jobs.sqlite"));
    }
    void cleanup() { m_run.reset(); }

    void resultsAreOutput_data() { addStartMethods(); }
    void resultsAreOutput()
    {
        useMethod();
        run(QStringLiteral("squared"), {{"2", "3", "-4"}});
        QCOMPARE(outputs(), (QByteArrayList{"4\n", "9\n", "16\n"}));
        QCOMPARE(JobStore(m_store).jobs().first().kind, QStringLiteral("function"));
        QCOMPARE(m_run->batch()->description(1), "squared 3");
    }

    void argumentsAreConverted()
    {
        run(QStringLiteral("shown"), {{"a b"}, {"2.5"}, {"true", "false"}});
        QCOMPARE(outputs(), (QByteArrayList{"a b2.5yes\n", "a b2.5no\n"}));
        run(QStringLiteral("described"), {{"é"}});
        QCOMPARE(outputs(), (QByteArrayList{"{\"name\":\"é\",\"sizes\":[1,2.5]}\n"}));
        run(QStringLiteral("same"), {{"\xff\xfe"}});
        QCOMPARE(outputs(), (QByteArrayList{"\xff\xfe\n"}));
    }

    void argumentsThatCannotBeConverted()
    {
        run(QStringLiteral("squared"), {{"two", "3"}});
        QCOMPARE(summary().count(TaskState::Failed), 1);
        const Attempt attempt = attemptOf(0);
        QCOMPARE(attempt.status, ExitStatus::exited(1));
        VERIFY_CONTAINS(attempt.output.err.bytes.toStdString(), "argument 1");
        VERIFY_CONTAINS(attempt.output.err.bytes.toStdString(), "int");
        run(QStringLiteral("refuse"), {{"\xff"}});
        VERIFY_CONTAINS(attemptOf(0).output.err.bytes.toStdString(), "not UTF-8");
    }

    void whatCannotRunIsRefusedBefore()
    {
        const auto problemOf = [this](const QString &function, const std::vector<QByteArrayList> &columns) {
            try {
                BatchRun::prepare(requestFor(function, columns, m_store));
            } catch (const InvalidInput &error) {
                return QByteArray(error.problem()) + '|' + error.input() + '|' + error.detail();
            }
            return QByteArray();
        };
        QVERIFY(problemOf(QStringLiteral("cubed"), {{"1"}}).startsWith("function.unknown|cubed|count, described,"));
        QCOMPARE(problemOf(QStringLiteral("squared"), {{"1"}, {"2"}}), "function.arguments|2|squared(int)");
        QVERIFY(JobStore(m_store).jobs().isEmpty());
    }

    void largeResultsGoToFiles()
    {
        run(QStringLiteral("large"), {{"200000"}});
        const CapturedStream out = attemptOf(0).output.out;
        QVERIFY(out.isInFile());
        QCOMPARE(out.size, 200001);
        QCOMPARE(QFileInfo(out.file).size(), 200001);
    }

    void exceptionsAreErrors_data() { addStartMethods(); }
    void exceptionsAreErrors()
    {
        useMethod();
        run(QStringLiteral("refuse"), {{"milk"}});
        const Attempt attempt = attemptOf(0);
        QCOMPARE(attempt.status, ExitStatus::exited(1));
        QCOMPARE(attempt.output.err.bytes, "no milk\n");
        QCOMPARE(attempt.output.out.size, 0);
    }

    void deathsAreTold_data() { addStartMethods(false); }
    void deathsAreTold()
    {
        useMethod();
        run(QStringLiteral("die"), {{QByteArray::number(SIGSEGV), QByteArray::number(SIGKILL)}});
        QCOMPARE(summary().count(TaskState::Failed), 2);
        QCOMPARE(attemptOf(0).status.value, SIGSEGV);
        QCOMPARE(attemptOf(1).status, ExitStatus::signaled(SIGKILL));
        QVERIFY(attemptOf(1).pid > 0);
        VERIFY_CONTAINS(attemptOf(1).output.err.bytes.toStdString(), "SIGKILL");
        run(QStringLiteral("leave"), {{"7", "0"}});
        QCOMPARE(attemptOf(0).status, ExitStatus::exited(7));
        QCOMPARE(attemptOf(1).status, ExitStatus::exited(1)); // it did not return
        QCOMPARE(summary().count(TaskState::Failed), 2);
    }

    void killedWorkersAreRetried_data() { addStartMethods(false); }
    void killedWorkersAreRetried()
    {
        useMethod();
        BatchRequest request = requestFor(
            QStringLiteral("dieUntil"), {{QFile::encodeName(m_folder->filePath(QStringLiteral("notes")))}, {"3"}}, m_store);
        request.definition.job.maxAttempts = 5;
        run(request);
        QCOMPARE(summary().count(TaskState::Done), 1);
        const QList<Attempt> attempts = JobStore(m_store).attempts(m_run->storedJob(), 0);
        QCOMPARE(attempts.size(), 3);
        QCOMPARE(attempts.at(0).status, ExitStatus::signaled(SIGKILL));
        QCOMPARE(attempts.at(1).status, ExitStatus::signaled(SIGKILL));
        QCOMPARE(attempts.at(2).output.out.bytes, "3\n");
    }

    void runsOutOfTime_data() { addStartMethods(false); }
    void runsOutOfTime()
    {
        useMethod();
        BatchRequest request = requestFor(QStringLiteral("wait"), {{path("a")}}, m_store);
        request.definition.job.timeout = 300ms;
        run(request);
        QCOMPARE(summary().count(TaskState::Failed), 1);
        QCOMPARE(attemptOf(0).cause, EndCause::TimedOut);
        QCOMPARE(attemptOf(0).status, ExitStatus::signaled(SIGKILL));
    }

    void runningCallsAreCancelled_data() { addStartMethods(false); }
    void runningCallsAreCancelled()
    {
        useMethod();
        begin(requestFor(QStringLiteral("wait"), {{path("a"), path("b"), path("c")}}, m_store));
        QTRY_VERIFY(hasBegun("a") && hasBegun("b"));
        m_run->job().setUsageInterval(1ms);
        QTRY_VERIFY(worker(1).pid > 0);
        const qint64 pid = worker(1).pid;
        QVERIFY(isProcessAlive(pid));
        m_run->job().cancel({0});
        QTRY_COMPARE(summary().count(TaskState::Cancelled), 1);
        QTRY_VERIFY(!isProcessAlive(pid));
        QTRY_VERIFY(hasBegun("c"));
        m_run->job().stop(StopMode::Terminate);
        QTRY_COMPARE(summary().state, JobState::Finished);
        QCOMPARE(summary().count(TaskState::Cancelled), 3);
        QTRY_COMPARE(JobStore(m_store).jobs().first().state, JobState::Finished);
        QCOMPARE(attemptOf(0).cause, EndCause::Person);
        QCOMPARE(attemptOf(0).pid, pid);
    }

    void callsAreSuspendedAndGoOn_data() { addStartMethods(false); }
    void callsAreSuspendedAndGoOn()
    {
        useMethod();
        begin(requestFor(QStringLiteral("tick"), {{path("a")}}, m_store));
        QTRY_VERIFY(hasBegun("a"));
        m_run->job().setUsageInterval(1ms);
        QTRY_VERIFY(worker(1).pid > 0);
        m_run->job().signalTasks({0}, WorkerSignal::Suspend);
        QTRY_COMPARE(worker(1).state, WorkerState::Suspended);
        untilStopped(worker(1).pid);
        const qint64 notes = notesOf("a");
        m_run->job().signalTasks({0}, WorkerSignal::Resume);
        QTRY_VERIFY(notesOf("a") > notes);
        m_run->job().signalTasks({0}, WorkerSignal::Suspend);
        untilStopped(worker(1).pid);
        m_run->job().cancel({0}); // a stopped one, too
        QTRY_COMPARE(summary().state, JobState::Finished);
    }

    void programsOfCallsAreSuspendedToo_data() { addStartMethods(false); }
    void programsOfCallsAreSuspendedToo()
    {
        useMethod();
        begin(requestFor(QStringLiteral("runProgram"), {{path("a")}}, m_store));
        QTRY_VERIFY(hasBegun("a"));
        QFile file(QFile::decodeName(path("a")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const int program = file.readAll().trimmed().toInt();
        QVERIFY(program > 0);
        m_run->job().signalTasks({0}, WorkerSignal::Suspend);
        QTRY_VERIFY(isStopped(program));
        m_run->job().signalTasks({0}, WorkerSignal::Resume);
        QTRY_VERIFY(!isStopped(program));
        m_run->job().cancel({0});
        QTRY_COMPARE(summary().state, JobState::Finished);
    }

    void progressIsSeen_data() { addStartMethods(); }
    void progressIsSeen()
    {
        useMethod();
        begin(requestFor(QStringLiteral("count"), {{path("go")}}, m_store));
        m_run->job().setUsageInterval(1ms);
        QTRY_COMPARE(worker(1).progress, (AttemptProgress{9, 9, QStringLiteral("nearly")}));
        note(m_folder->filePath(QStringLiteral("go")));
        QTRY_COMPARE(summary().state, JobState::Finished);
        QCOMPARE(worker(1).progress, AttemptProgress());
    }

    void folderAndEnvironment_data() { addStartMethods(false); }
    void folderAndEnvironment()
    {
        useMethod();
        BatchRequest request = requestFor(QStringLiteral("folderAndVariable"), {{"PROCESSION_TESTED"}}, m_store);
        request.definition.options.workingDirectory = ownFolder();
        request.definition.options.environment = {"PROCESSION_TESTED=a=b"};
        run(request);
        QCOMPARE(attemptOf(0).output.out.bytes, ownFolder() + " a=b\n");
        QVERIFY(qEnvironmentVariableIsEmpty("PROCESSION_TESTED"));
        request.definition.options.workingDirectory = absentPath("folder");
        run(request);
        QCOMPARE(attemptOf(0).status, ExitStatus::failedToStart(ENOENT));
        VERIFY_CONTAINS(attemptOf(0).output.err.bytes.toStdString(), absentPath("folder").toStdString());
    }

    void moreWorkersThanAtFirst()
    {
        begin(requestFor(QStringLiteral("wait"), {{path("a"), path("b"), path("c"), path("d")}}, m_store));
        QTRY_VERIFY(hasBegun("b"));
        QVERIFY(!hasBegun("c"));
        m_run->job().setWorkerCount(4);
        QTRY_VERIFY(hasBegun("c") && hasBegun("d"));
    }

    void definitionsAreKept()
    {
        const BatchDefinition definition = requestFor(QStringLiteral("squared"), {{"1"}}, {}).definition;
        QCOMPARE(BatchDefinition::fromJson(definition.toJson(), definition.inputs).function, QStringLiteral("squared"));
        BatchDefinition other = definition;
        other.function = QStringLiteral("same");
        QVERIFY(BatchRun::resumeKey(other) != BatchRun::resumeKey(definition));
        other.function.clear();
        QVERIFY(!other.toJson().contains(QStringLiteral("function")));
    }

    void goesOnAfterAKill_data() { addStartMethods(false); }
    void goesOnAfterAKill()
    {
        useMethod();
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedChannels);
        program.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--steps"), nameOf(startMethod()), m_store, m_folder->path()});
        QTRY_VERIFY(QFile::exists(m_store));
        QTRY_VERIFY(notesOf("21") == 1 && notesOf("22") == 1);
        QTRY_COMPARE(count(JobStore(m_store).jobs().value(0), TaskState::Done), qint64(QuickTasks));
        program.kill();
        QVERIFY(program.waitForFinished());

        BatchRequest request;
        request.begin = BatchRequest::Begin::ContinueJob;
        request.job = 1;
        request.storePath = m_store;
        note(m_folder->filePath(QStringLiteral("go")));
        run(request);
        QVERIFY(m_run->isContinued());
        QCOMPARE(summary().count(TaskState::Done), qint64(AllTasks));
        for (int number = 1; number <= AllTasks; ++number) {
            const bool wasKilled = number == QuickTasks + 1 || number == QuickTasks + 2;
            QCOMPARE(notesOf(QByteArray::number(number)), wasKilled ? 2 : 1);
            QCOMPARE(
                attemptOf(static_cast<TaskIndex>(number - 1)).output.out.bytes, "result " + QByteArray::number(number) + '\n');
        }
    }

private:
    static void useMethod()
    {
        QFETCH(const StartMethod, method);
        setStartMethod(method, true);
    }
    QByteArray path(const char *name) const { return QFile::encodeName(m_folder->filePath(QString::fromLatin1(name))); }
    qint64 notesOf(const QByteArray &name) const { return QFileInfo(QFile::decodeName(path(name.constData()))).size(); }
    bool hasBegun(const char *name) const { return notesOf(name) > 0; }

    void begin(const BatchRequest &request)
    {
        m_run = std::make_unique<BatchRun>(BatchRun::prepare(request), BatchRun::Observers{});
        m_run->job().start();
    }
    void run(const BatchRequest &request)
    {
        begin(request);
        QTRY_COMPARE_WITH_TIMEOUT(summary().state, JobState::Finished, 20'000);
        QTRY_COMPARE(JobStore(m_store).job(m_run->storedJob())->state, JobState::Finished);
    }
    void run(const QString &function, const std::vector<QByteArrayList> &columns) { run(requestFor(function, columns, m_store)); }
    JobSummary summary() const { return m_run->job().summary(); }
    WorkerSnapshot worker(int id) const { return m_run->job().workers().at(static_cast<std::size_t>(id) - 1); }
    Attempt attemptOf(TaskIndex task) const { return JobStore(m_store).attempts(m_run->storedJob(), task).last(); }
    QByteArrayList outputs() const
    {
        QByteArrayList all;
        for (TaskIndex task = 0; task < m_run->batch()->count(); ++task)
            all.append(attemptOf(task).output.out.bytes);
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_store;
    std::unique_ptr<BatchRun> m_run;
};

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    if (const QStringList words = QCoreApplication::arguments(); words.value(1) == u"--steps")
        return runSteps(words);
    TestFunctionJob test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_functionjob.moc"
