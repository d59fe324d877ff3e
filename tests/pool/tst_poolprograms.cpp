// SPDX-License-Identifier: MIT
// Programs that tasks start and leave: they end with the task that is stopped, with the worker and with the pool.
#include "pipedprogram.h"
#include "processtest.h"

#include <procession/pool/pool.h>

#include <QtCore/QProcess>

#include <csignal>
#include <cstdlib>
#include <cstring>

using namespace procession;
using namespace std::chrono_literals;

namespace {

qint64 runProgram(const QByteArray &command)
{
    if (std::system(command.constData()) == -1)
        qFatal("no shell");
    return ::getpid();
}

/// The shell goes on in the background.
qint64 leaveProgram(const QByteArray &command) { return runProgram('(' + command + ") &"); }

qint64 runQProcess(const QByteArray &command)
{
    QProcess program;
    program.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromLocal8Bit(command)});
    program.waitForFinished(-1);
    return 0;
}

qint64 leaveProgramAndCrash(const QByteArray &command)
{
    leaveProgram(command);
    ::raise(SIGKILL);
    return 0;
}

qint64 leaveProgramThatIgnoresSigterm(const QByteArray &command) { return leaveProgram("trap '' TERM; " + command); }

qint64 ownPid() { return ::getpid(); }

PoolOptions withOneWorker(StartMethod method) { return {.processes = 1, .context = Context(method)}; }

/// The program whose pool's worker runs another one; it is killed by the test.
int runPool(StartMethod method, const QByteArray &command)
{
    Pool pool(withOneWorker(method));
    pool.apply(&runProgram, command);
    return 0;
}

} // namespace

class TestPoolPrograms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timeOut_data() { addStartMethods(false); }
    void timeOut();
    void cancelledQProcess_data() { addStartMethods(false); }
    void cancelledQProcess();
    void killedWorker_data() { addStartMethods(false); }
    void killedWorker();
    void crashedWorker_data() { addStartMethods(false); }
    void crashedWorker();
    void replacedWorker_data() { addStartMethods(false); }
    void replacedWorker();
    void closedPool_data() { addStartMethods(false); }
    void closedPool();
    void terminatedPool_data() { addStartMethods(false); }
    void terminatedPool();
    void killedProgram_data() { addStartMethods(false); }
    void killedProgram();
    void otherWorkersProgramsGoOn_data() { addStartMethods(false); }
    void otherWorkersProgramsGoOn();
};

void TestPoolPrograms::timeOut()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Pool pool(withOneWorker(method));
    QByteArray begun;
    for (auto timeout = 500ms; begun.isEmpty() && timeout < 20s; timeout *= 2) { // the shell may not have got so far
        const auto result = pool.applyAsync(TaskOptions{.timeout = timeout}, &runProgram, pipe.lastingCommand());
        QVERIFY_THROWS_EXCEPTION(TaskTimeout, result.get());
        begun = pipe.line(QDeadlineTimer(0));
    }
    QVERIFY(!begun.isEmpty());
    QVERIFY(pipe.isLeft());
}

void TestPoolPrograms::cancelledQProcess()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Pool pool(withOneWorker(method));
    auto result = pool.applyAsync(&runQProcess, pipe.lastingCommand());
    QVERIFY(!pipe.line().isEmpty());
    result.cancel();
    QVERIFY(pipe.isLeft());
}

void TestPoolPrograms::killedWorker()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Pool pool(withOneWorker(method));
    const qint64 worker = pool.apply(&ownPid);
    const auto result = pool.applyAsync(&runProgram, pipe.lastingCommand());
    QVERIFY(!pipe.line().isEmpty());
    QCOMPARE(::kill(static_cast<pid_t>(worker), SIGKILL), 0);
    QVERIFY_THROWS_EXCEPTION(WorkerLost, result.get());
    QVERIFY(pipe.isLeft());
}

void TestPoolPrograms::crashedWorker()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Pool pool(withOneWorker(method));
    const auto result = pool.applyAsync(&leaveProgramAndCrash, pipe.lastingCommand());
    QVERIFY_THROWS_EXCEPTION(WorkerLost, result.get());
    QVERIFY(pipe.isLeft()); // it may have been ended before it has opened the pipe
    pipe.line(QDeadlineTimer(0));
}

void TestPoolPrograms::replacedWorker()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    PoolOptions options = withOneWorker(method);
    options.maxTasksPerChild = 2;
    Pool pool(options);
    const qint64 worker = pool.apply(&leaveProgram, pipe.lastingCommand());
    QVERIFY(!pipe.line().isEmpty());
    QVERIFY(pipe.isHeld());
    QCOMPARE(pool.apply(&ownPid), worker);
    QVERIFY(pool.apply(&ownPid) != worker);
    QVERIFY(pipe.isLeft());
}

void TestPoolPrograms::closedPool()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Pool pool(withOneWorker(method));
    pool.apply(&leaveProgramThatIgnoresSigterm, pipe.lastingCommand());
    QVERIFY(!pipe.line().isEmpty());
    QVERIFY(pipe.isHeld());
    pool.close();
    pool.join();
    QVERIFY(pipe.isLeft());
}

void TestPoolPrograms::terminatedPool()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    {
        Pool pool(withOneWorker(method));
        const auto result = pool.applyAsync(&runProgram, "trap '' TERM; " + pipe.lastingCommand());
        QVERIFY(!pipe.line().isEmpty());
    }
    QVERIFY(pipe.isLeft());
}

void TestPoolPrograms::killedProgram()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    PipedProgram program({"--pool", QByteArray::number(static_cast<int>(method)), pipe.lastingCommand()});
    QVERIFY(!pipe.line().isEmpty());
    program.process().signal(SIGKILL);
    QVERIFY(pipe.isLeft());
    QVERIFY(program.isGone());
}

void TestPoolPrograms::otherWorkersProgramsGoOn()
{
    QFETCH(const StartMethod, method);
    NamedPipe stoppedOnes;
    NamedPipe otherOnes;
    Pool pool({.processes = 2, .context = Context(method)});
    auto stopped = pool.applyAsync(&runProgram, stoppedOnes.lastingCommand());
    const auto other = pool.applyAsync(&runProgram, otherOnes.lastingCommand());
    QVERIFY(!stoppedOnes.line().isEmpty());
    const QByteArray pid = otherOnes.line();
    stopped.cancel();
    QVERIFY(stoppedOnes.isLeft());
    QVERIFY(otherOnes.isHeld());
    QCOMPARE(::kill(pid.trimmed().toInt(), SIGKILL), 0);
    QVERIFY(other.get() > 0);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    if (argc == 4 && std::strcmp(argv[1], "--pool") == 0)
        return runPool(static_cast<StartMethod>(std::atoi(argv[2])), argv[3]);
    TestPoolPrograms test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_poolprograms.moc"
