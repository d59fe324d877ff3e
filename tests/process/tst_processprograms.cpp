// SPDX-License-Identifier: MIT
// Programs that children start: what ends them, and what they inherit of the handling of signals.
#include "pipedprogram.h"
#include "processtest.h"
#include "refusedsystemcall.h"

#include <procession/ipc/pipe.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sys/syscall.h>
#include <sys/wait.h>

using namespace procession;

namespace {

void runProgram(const QByteArray &command)
{
    const int status = std::system(command.constData());
    std::exit(WIFSIGNALED(status) ? 100 + WTERMSIG(status) : WEXITSTATUS(status));
}

void leaveProgram(const QByteArray &command) { runProgram("sh -c '" + command + "' &"); }

/// A copy of this child lives on, and says so when it is asked by SIGUSR1.
void leaveCopy(const QByteArray &pipe)
{
    int begun[2];
    if (::pipe(begun) != 0)
        return;
    if (::fork() != 0) { // it has let go of what this process holds when it comes back from there
        ::close(begun[1]);
        char byte = 0;
        static_cast<void>(::read(begun[0], &byte, 1));
        return;
    }
    ::close(begun[1]);
    const int out = ::open(pipe.constData(), O_WRONLY | O_CLOEXEC);
    sigset_t question;
    sigemptyset(&question);
    sigaddset(&question, SIGUSR1);
    ::sigprocmask(SIG_BLOCK, &question, nullptr);
    ::dprintf(out, "%d\n", ::getpid());
    int signal = 0;
    ::sigwait(&question, &signal);
    ::dprintf(out, "lives\n");
    ::_exit(0);
}

void crashBesideProgram(const QByteArray &command, const Connection &gate)
{
    static_cast<void>(std::system(('(' + command + ") &").constData()));
    gate.recv<int>();
    ::raise(SIGABRT);
}

/// Ends by itself when it is told to.
void handleSigterm(const QByteArray &command)
{
    std::signal(SIGTERM, [](int) { ::_exit(3); });
    runProgram(command);
}

void runProgramInChild(StartMethod method, const QByteArray &command)
{
    Process process({.context = Context(method)}, &runProgram, command);
    process.start();
    process.join();
}

/// In a program of its own, where a system before Linux 6.9 or a sandbox knows no signals to the group of a pidfd.
int killByNumber(StartMethod method)
{
    if (!refuseSystemCall(SYS_pidfd_send_signal, EINVAL))
        return 2;
    NamedPipe pipe;
    Process process({.context = Context(method)}, &runProgram, pipe.lastingCommand());
    process.start();
    if (pipe.line().isEmpty())
        return 3;
    process.kill();
    process.join();
    return pipe.isLeft() ? 0 : 1;
}

} // namespace

class TestProcessPrograms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killed_data() { addStartMethods(false); }
    void killed();
    void terminated_data() { addStartMethods(false); }
    void terminated();
    void terminatedThoughTheProgramIgnoresIt_data() { addStartMethods(false); }
    void terminatedThoughTheProgramIgnoresIt();
    void terminatedWithHandler_data() { addStartMethods(false); }
    void terminatedWithHandler();
    void suspended_data() { addStartMethods(false); }
    void suspended();
    void crashed_data() { addStartMethods(false); }
    void crashed();
    void killedGrandparent_data() { addStartMethods(false); }
    void killedGrandparent();
    void killedByNumber_data() { addStartMethods(false); }
    void killedByNumber();
    void leftOnPurpose_data() { addStartMethods(false); }
    void leftOnPurpose();
    void copyLeftOnPurpose_data() { addStartMethods(false); }
    void copyLeftOnPurpose();
    void programsHaveDefaultSignals_data();
    void programsHaveDefaultSignals();
};

// Whatever has started this test may ignore them.
void TestProcessPrograms::initTestCase()
{
    for (const int signal : {SIGHUP, SIGINT, SIGQUIT})
        std::signal(signal, SIG_DFL);
}

void TestProcessPrograms::killed()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Process process({.context = Context(method)}, &runProgram, pipe.lastingCommand());
    process.start();
    QVERIFY(!pipe.line().isEmpty());
    process.kill();
    QVERIFY(pipe.isLeft()); // nobody has joined it
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), -SIGKILL);
}

void TestProcessPrograms::terminated()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Process process({.context = Context(method)}, &runProgram, pipe.lastingCommand());
    process.start();
    QVERIFY(!pipe.line().isEmpty());
    process.terminate();
    QVERIFY(pipe.isLeft());
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), -SIGTERM);
}

void TestProcessPrograms::terminatedThoughTheProgramIgnoresIt()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Process process({.context = Context(method)}, &runProgram, "trap '' TERM; " + pipe.lastingCommand());
    process.start();
    QVERIFY(!pipe.line().isEmpty());
    process.terminate();
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), -SIGTERM);
    QVERIFY(pipe.isLeft());
}

// The program gets the signal too, and the child handles it once.
void TestProcessPrograms::terminatedWithHandler()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Process process({.context = Context(method)}, &handleSigterm, pipe.lastingCommand());
    process.start();
    QVERIFY(!pipe.line().isEmpty());
    process.terminate();
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 3);
    QVERIFY(pipe.isLeft());
}

void TestProcessPrograms::suspended()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Process process({.context = Context(method)}, &runProgram, pipe.lastingCommand());
    process.start();
    const int program = pipe.line().trimmed().toInt();
    QVERIFY(program > 0);
    process.suspend();
    const auto isStopped = [program] {
        QFile file(QStringLiteral("/proc/%1/stat").arg(program));
        return file.open(QIODevice::ReadOnly) && file.readAll().contains(") T ");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isStopped(), 20'000);
    process.resume();
    QTRY_VERIFY_WITH_TIMEOUT(!isStopped(), 20'000);
    process.kill();
    QVERIFY(process.join());
    QVERIFY(pipe.isLeft());
}

void TestProcessPrograms::crashed()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    auto [ours, childs] = procession::pipe();
    Process process({.context = Context(method)}, &crashBesideProgram, pipe.lastingCommand(), childs);
    process.start();
    QVERIFY(!pipe.line().isEmpty());
    ours.send(1);
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), -SIGABRT);
    QVERIFY(pipe.isLeft());
}

void TestProcessPrograms::killedGrandparent()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Process process({.context = Context(method)}, &runProgramInChild, method, pipe.lastingCommand());
    process.start();
    QVERIFY(!pipe.line().isEmpty());
    process.kill();
    QVERIFY(process.join());
    QVERIFY(pipe.isLeft());
}

void TestProcessPrograms::killedByNumber()
{
    QFETCH(const StartMethod, method);
    PipedProgram program({"--by-number", QByteArray::number(static_cast<int>(method))});
    QVERIFY(program.isGone());
    QCOMPARE(program.status(), ExitStatus::exited(0));
}

// As in the reference: a child that ends by itself leaves what it has started.
void TestProcessPrograms::leftOnPurpose()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    Process process({.context = Context(method)}, &leaveProgram, pipe.lastingCommand());
    process.start();
    const int program = pipe.line().trimmed().toInt();
    QVERIFY(program > 0);
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(pipe.isHeld());
    QCOMPARE(::kill(program, SIGKILL), 0);
    QVERIFY(pipe.isLeft());
}

// What the parent holds for its child does not end copies of that when it lets go.
void TestProcessPrograms::copyLeftOnPurpose()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    {
        Process process({.context = Context(method)}, &leaveCopy, pipe.path());
        process.start();
        QVERIFY(process.join());
        QCOMPARE(process.exitCode(), 0);
    }
    const int copy = pipe.line().trimmed().toInt();
    QVERIFY(copy > 0);
    QCOMPARE(::kill(copy, SIGUSR1), 0);
    QCOMPARE(pipe.line(), QByteArray("lives\n"));
    QVERIFY(pipe.isLeft());
}

void TestProcessPrograms::programsHaveDefaultSignals_data()
{
    QTest::addColumn<StartMethod>("method");
    QTest::addColumn<QByteArray>("signal");
    QTest::addColumn<int>("exitCode");
    for (const StartMethod method : {StartMethod::ForkServer, StartMethod::Spawn, StartMethod::Fork}) {
        for (const auto &[name, number] : {std::pair{"INT", SIGINT}, {"QUIT", SIGQUIT}, {"TERM", SIGTERM}, {"HUP", SIGHUP}})
            QTest::addRow("%s, %s", qPrintable(nameOf(method)), name) << method << QByteArray(name) << 100 + number;
    }
}

void TestProcessPrograms::programsHaveDefaultSignals()
{
    QFETCH(const StartMethod, method);
    QFETCH(const QByteArray, signal);
    QFETCH(const int, exitCode);
    Process process({.context = Context(method)}, &runProgram, "kill -" + signal + " $$; exit 5");
    process.start();
    QVERIFY(process.join(TimeToGo));
    QCOMPARE(process.exitCode(), exitCode);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    if (argc == 3 && std::strcmp(argv[1], "--by-number") == 0)
        return killByNumber(static_cast<StartMethod>(std::atoi(argv[2])));
    TestProcessPrograms test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_processprograms.moc"
