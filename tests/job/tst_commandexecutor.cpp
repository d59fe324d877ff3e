// SPDX-License-Identifier: MIT
#include "leakprobe.h"
#include "paths.h"

#include <procession/job/engine/job.h>
#include <procession/job/run/commandexecutor.h>
#include <procession/platform/base/poller.h>

#include <QtTest/QtTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// Keeps every attempt, for the test's thread to look at when the job has finished.
class AttemptLog : public JobObserver
{
public:
    void taskStarted(TaskIndex, const TaskRecord &) override { }
    void attemptEnded(const Attempt &attempt) override { attempts << attempt; }
    void taskChanged(TaskIndex task, const TaskRecord &record) override { records[task] = record; }
    void jobStateChanged(JobState) override { }

    QList<Attempt> attempts;
    QHash<TaskIndex, TaskRecord> records;
};

struct Run
{
    Run(const QByteArray &command, const QByteArrayList &inputs, const JobOptions &jobOptions = {},
        const CommandOptions &options = {}, bool adoptsOrphans = false)
    {
        BatchDefinition definition;
        definition.command = command;
        definition.inputs = InputTable({InputList(inputs)});
        definition.job = jobOptions;
        definition.options = options;
        auto batch = std::make_shared<CommandBatch>(definition);
        job = std::make_unique<Job>(batch,
            std::make_unique<CommandExecutor>(batch, ExecutorSetup{.spoolFolder = spool.path(), .adoptsOrphans = adoptsOrphans}),
            jobOptions, std::vector<std::shared_ptr<JobObserver>>{log});
        finished = std::make_unique<QSignalSpy>(job.get(), &Job::finished);
        job->start();
    }
    bool waitForEnd(int milliseconds = 30'000) { return !finished->isEmpty() || finished->wait(milliseconds); }

    QTemporaryDir spool;
    std::shared_ptr<AttemptLog> log = std::make_shared<AttemptLog>();
    std::unique_ptr<Job> job;
    std::unique_ptr<QSignalSpy> finished;
};

QByteArray contents(const CapturedStream &stream)
{
    if (!stream.isInFile())
        return stream.bytes;
    QFile file(stream.file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "cannot be read";
}

/// Whether the process has gone or goes soon; it need not be a child.
bool endsSoon(qint64 pid)
{
    const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (!process.isValid())
        return true;
    Poller poller;
    poller.add(process.get(), 1);
    std::vector<quint64> ready;
    poller.wait(QDeadlineTimer(10s), ready);
    return !ready.empty();
}

const QByteArrayList NastyNames{"plain", "two words", "it's", "\"double\"", "new\nline", "-rf", "--", "$(touch x)", "`id`",
    "back\\slash", "\xff\xfe invalid", "*", "~", "#hash", "semi;colon", "a|b", "tab\there", "中文"};

} // namespace

class tst_CommandExecutor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesSurvive_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("no shell") << QByteArray("printf '%s' {}");
        QTest::newRow("shell") << QByteArray("printf '%s' {} | cat");
        QTest::newRow("in double quotes") << QByteArray("printf '%s' \"{}\" | cat");
        QTest::newRow("in single quotes") << QByteArray("printf '%s' '{}' | cat");
    }
    void namesSurvive()
    {
        QFETCH(QByteArray, command);
        Run run(command, NastyNames, {.workers = 2});
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.log->attempts.size(), NastyNames.size());
        for (const Attempt &attempt : run.log->attempts) {
            QVERIFY(attempt.status.isSuccess());
            QCOMPARE(attempt.output.out.bytes, NastyNames[attempt.task]);
        }
    }

    void endings_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("value");
        const auto row = [](const char *name, const QByteArray &command, ExitStatus::Kind kind, int value) {
            QTest::newRow(name) << command << int(kind) << value;
        };
        row("success", "true", ExitStatus::Kind::Exited, 0);
        row("missing", "no-such-program-here", ExitStatus::Kind::Exited, 127); // the shell says so
        row("missing path", "absent/no-such-program", ExitStatus::Kind::FailedToStart, ENOENT);
        row("not executable", plainFile(), ExitStatus::Kind::FailedToStart, EACCES);
        row("exits 3", "sh -c 'exit 3'", ExitStatus::Kind::Exited, 3);
        row("segmentation fault", "sh -c 'kill -SEGV $$'", ExitStatus::Kind::Signaled, SIGSEGV);
        row("a line that is no command", "", ExitStatus::Kind::FailedToStart, EINVAL);
    }
    void endings()
    {
        QFETCH(QByteArray, command);
        QFETCH(int, kind);
        QFETCH(int, value);
        Run run(command, {"echo 'unclosed"});
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.log->attempts.size(), 1);
        const ExitStatus status = run.log->attempts.first().status;
        QCOMPARE(int(status.kind), kind);
        QCOMPARE(status.value, value);
    }

    void twoStreams()
    {
        Run run("echo out{}; echo err{} >&2; exit 1", {"1"});
        QVERIFY(run.waitForEnd());
        const Attempt attempt = run.log->attempts.value(0);
        QCOMPARE(attempt.output.out.bytes, "out1\n");
        QCOMPARE(attempt.output.err.bytes, "err1\n");
        QVERIFY(attempt.pid > 1);
        QVERIFY(attempt.duration > 0);
        QVERIFY(attempt.startedAt > 1'700'000'000'000'000);
    }

    void muchOutputGoesToAFile()
    {
        const qint64 size = 200'000'000;
        Run run("head -c {} /dev/zero", {QByteArray::number(size)});
        QVERIFY(run.waitForEnd());
        const CapturedStream stream = run.log->attempts.value(0).output.out;
        QVERIFY(stream.isInFile());
        QCOMPARE(stream.size, size);
        QCOMPARE(QFileInfo(stream.file).size(), size);
        QCOMPARE(stream.bytes.size(), 64 * 1024);
    }

    void outputNearTheLimitIsWhole_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 65'535, 65'536, 65'537, 300'000})
            QTest::newRow(QByteArray::number(size).constData()) << size;
    }
    void outputNearTheLimitIsWhole()
    {
        QFETCH(int, size);
        Run run("seq 1 100000 | head -c {}", {QByteArray::number(size)});
        QVERIFY(run.waitForEnd());
        QByteArray expected;
        for (int i = 1; expected.size() < size; ++i)
            expected += QByteArray::number(i) + '\n';
        QCOMPARE(contents(run.log->attempts.value(0).output.out), expected.left(size));
    }

    void closesItsOutputAndLivesOn()
    {
        QTemporaryDir dir;
        const QByteArray path = dir.filePath(QStringLiteral("done")).toLocal8Bit();
        Run run("exec >&- 2>&-; sleep 0.3; : > {}", {path});
        QVERIFY(run.waitForEnd());
        QVERIFY(run.log->attempts.value(0).status.isSuccess());
        QVERIFY(QFile::exists(QString::fromLocal8Bit(path))); // it was waited for
    }

    void leavesAGrandchild_data()
    {
        QTest::addColumn<bool>("keep");
        QTest::newRow("ended") << false;
        QTest::newRow("kept") << true;
    }
    void leavesAGrandchild()
    {
        QFETCH(bool, keep);
        Run run("sleep 1000.{} & echo $!", {"25"}, {}, {.keepGrandchildren = keep});
        QVERIFY(run.waitForEnd(5'000)); // it is not waited for, although it holds the pipe
        const Attempt attempt = run.log->attempts.value(0);
        QVERIFY(attempt.status.isSuccess());
        QVERIFY(attempt.leftProcesses);
        QVERIFY(run.log->records[0].leftProcesses);
        const qint64 pid = attempt.output.out.bytes.trimmed().toLongLong();
        QVERIFY(pid > 1);
        if (keep) {
            QCOMPARE(::kill(static_cast<pid_t>(pid), 0), 0);
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        }
        QVERIFY(endsSoon(pid));
    }

    void leavesADaemon_data()
    {
        QTest::addColumn<bool>("keep");
        QTest::addColumn<bool>("adopts");
        QTest::addColumn<bool>("isTimedOut");
        QTest::addColumn<bool>("isEnded");
        QTest::newRow("ended") << false << true << false << true;
        QTest::newRow("kept") << true << true << false << false;
        QTest::newRow("timed out") << false << true << true << true;
        QTest::newRow("timed out, kept") << true << true << true << false;
        QTest::newRow("in a program that takes in no orphans") << false << false << false << false;
        QTest::newRow("timed out in a program that takes in no orphans") << false << false << true << true;
    }
    void leavesADaemon()
    {
        QFETCH(bool, keep);
        QFETCH(bool, adopts);
        QFETCH(bool, isTimedOut);
        QFETCH(bool, isEnded);
        // The daemon has written its number before the task goes on.
        const QByteArray task = "x=$(setsid -f sh -c 'echo $$; exec sleep 1000 >/dev/null'); echo $x; : {}; "
            + QByteArray(isTimedOut ? "exec sleep 1000" : "exit 0");
        Run run(task, {"1"}, isTimedOut ? JobOptions{.timeout = 500ms} : JobOptions{}, {.keepGrandchildren = keep}, adopts);
        QVERIFY(run.waitForEnd());
        const Attempt attempt = run.log->attempts.value(0);
        if (!isTimedOut) // else SIGTERM may have ended the daemon first
            QCOMPARE(attempt.leftProcesses, isEnded);
        const qint64 pid = attempt.output.out.bytes.trimmed().toLongLong();
        QVERIFY(pid > 1);
        if (!isEnded) {
            QCOMPARE(::kill(static_cast<pid_t>(pid), 0), 0);
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        }
        run.job.reset();
        if (!isEnded && adopts)
            ::waitpid(static_cast<pid_t>(pid), nullptr, 0); // it is this program's by now
        QVERIFY(endsSoon(pid));
    }

    void hangsAndIsTimedOut()
    {
        Run run("trap '' TERM; sleep 1000 & wait; sleep {}", {"1000"}, {.timeout = 100ms, .killGrace = 100ms});
        QVERIFY(run.waitForEnd(10'000));
        QCOMPARE(run.log->attempts.value(0).status, ExitStatus::signaled(SIGKILL));
        QCOMPARE(run.log->attempts.value(0).cause, EndCause::TimedOut);
        QCOMPARE(run.log->records[0].state, TaskState::Failed);
    }

    void suspendAndResume()
    {
        Run run("echo started; sleep {}; echo done", {"0.2"});
        QTRY_COMPARE(run.job->workers().front().state, WorkerState::Busy);
        const auto processState = [&run] {
            QFile file(QStringLiteral("/proc/%1/stat").arg(run.job->workers().front().pid));
            const QByteArray stat = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            return stat.mid(stat.lastIndexOf(')') + 2, 1);
        };
        QTRY_VERIFY(run.job->workers().front().pid > 0);
        run.job->signalWorkers({1}, WorkerSignal::Suspend);
        QTRY_COMPARE(processState(), "T");
        run.job->signalWorkers({1}, WorkerSignal::Resume);
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.log->attempts.value(0).output.out.bytes, "started\ndone\n");
    }

    void terminateReachesASuspendedTask()
    {
        Run run("sleep {}", {"1000"});
        QTRY_VERIFY(run.job->workers().front().pid > 0);
        run.job->signalWorkers({1}, WorkerSignal::Suspend);
        run.job->signalWorkers({1}, WorkerSignal::Terminate);
        QVERIFY(run.waitForEnd(1'500)); // before the grace is over
        QCOMPARE(run.log->attempts.value(0).status, ExitStatus::signaled(SIGTERM));
    }

    void runningOutputAndUsage()
    {
        Run run("echo so far; sleep {}", {"1000"});
        run.job->setUsageInterval(10ms);
        TaskOutput output;
        QTRY_VERIFY([&] {
            QFuture<TaskOutput> future = run.job->runningOutput(0);
            future.waitForFinished();
            return future.result().out.bytes == "so far\n";
        }());
        QTRY_VERIFY(run.job->workers().front().memory > 100'000);
        run.job->stop(StopMode::Kill);
        QVERIFY(run.waitForEnd());
    }

    void wholeCommandLines()
    {
        Run run("", {"echo one", "echo 'two words' | tr a-z A-Z", "exit 4"});
        QVERIFY(run.waitForEnd());
        QHash<TaskIndex, Attempt> byTask;
        for (const Attempt &attempt : run.log->attempts)
            byTask[attempt.task] = attempt;
        QCOMPARE(byTask[0].output.out.bytes, "one\n");
        QCOMPARE(byTask[1].output.out.bytes, "TWO WORDS\n");
        QCOMPARE(byTask[2].status, ExitStatus::exited(4));
    }

    void fewDescriptors()
    {
        // With twenty workers and descriptors for fewer, everything is done all the same.
        rlimit before;
        ::getrlimit(RLIMIT_NOFILE, &before);
        QByteArrayList inputs;
        for (int i = 0; i < 60; ++i)
            inputs << QByteArray::number(i);
        rlimit few = before;
        few.rlim_cur = static_cast<rlim_t>(LeakProbe::openDescriptors().size() + 30);
        ::setrlimit(RLIMIT_NOFILE, &few);
        {
            Run run("sleep 0.01; : {}", inputs, {.workers = 20});
            const bool ended = run.waitForEnd();
            ::setrlimit(RLIMIT_NOFILE, &before);
            QVERIFY(ended);
            QCOMPARE(run.job->summary().count(TaskState::Done), 60);
        }
    }

    void nothingIsLeaked()
    {
        const auto before = LeakProbe::openDescriptors().size();
        {
            QByteArrayList inputs(200, "x");
            Run run("true {}", inputs, {.workers = 4});
            QVERIFY(run.waitForEnd());
        }
        QCOMPARE(LeakProbe::openDescriptors().size(), before);
        // Nor a zombie: this program has no children.
        QFile children(QStringLiteral("/proc/self/task/%1/children").arg(::getpid()));
        QVERIFY(children.open(QIODevice::ReadOnly));
        QCOMPARE(children.readAll(), "");
    }
};

QTEST_GUILESS_MAIN(tst_CommandExecutor)
#include "tst_commandexecutor.moc"
