// SPDX-License-Identifier: MIT
// A program on a terminal, and what Ctrl-C does to its children and to what they have started.
#include "processtest.h"
#include "terminalprogram.h"

#include <procession/pool/pool.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sys/wait.h>

using namespace procession;

namespace {

int runProgram(const QByteArray &command)
{
    const int status = std::system(command.constData());
    return WIFSIGNALED(status) ? 100 + WTERMSIG(status) : WEXITSTATUS(status);
}

int squared(int x) { return x * x; }

int noticePipe = -1;

void notice(int) { static_cast<void>(::write(noticePipe, "c", 1)); }

enum class Answer { Die, GoOn };

/// The program on the terminal: it has a pool of two, of which one runs another program.
int runOnTerminal(StartMethod method, Answer answer, const QByteArray &pipe, const QByteArray &command)
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    noticePipe = writeEnd.get();
    if (answer == Answer::GoOn)
        std::signal(SIGINT, notice);
    Pool pool({.processes = 2, .context = Context(method)});
    const auto result = pool.applyAsync(&runProgram, command);
    waitReadable(readEnd.get(), QDeadlineTimer::Forever);
    // Ctrl-C has been answered. Neither the worker that does nothing nor the program of the other one has had it.
    const bool isRight = pool.apply(&squared, 7) == 49 && !result.wait(QDeadlineTimer(0));
    const Descriptor out(::open(pipe.constData(), O_WRONLY | O_CLOEXEC));
    const QByteArray told = isRight ? "goes on\n" : "is disturbed\n";
    return ::write(out.get(), told.constData(), static_cast<std::size_t>(told.size())) == told.size() ? 0 : 1;
}

/// Writes to the terminal where that stops who is in the background.
void writeToTerminal()
{
    if (::write(STDERR_FILENO, "written\n", 8) != 8)
        std::exit(2);
}

/// Reads the terminal, which is not the child's to read.
void readTerminal()
{
    const Descriptor terminal(::open("/dev/tty", O_RDONLY | O_CLOEXEC));
    char byte = 0;
    std::exit(::read(terminal.get(), &byte, 1) == -1 && errno == EIO ? 0 : 2);
}

int useTerminal(StartMethod method)
{
    for (void (*function)() : {&writeToTerminal, &readTerminal}) {
        Process process({.context = Context(method)}, function);
        process.start();
        if (!process.join(TimeToGo) || process.exitCode() != 0)
            return 1;
    }
    return 0;
}

/// Prints with what the program ended that a child has run.
int printProgramsEnd(StartMethod method, const QByteArray &command)
{
    Pool pool({.processes = 1, .context = Context(method)});
    std::printf("%d\n", pool.apply(&runProgram, command));
    return 0;
}

/// This very test program, started anew with arguments that its main() knows.
QByteArrayList ownProgram(const QByteArrayList &arguments) { return QByteArrayList{"test"} + arguments; }
constexpr char OwnFile[] = "/proc/self/exe";
constexpr char CtrlC = '\x03';

QByteArray numberOf(StartMethod method) { return QByteArray::number(static_cast<int>(method)); }

} // namespace

class TestTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ctrlCEndsAll_data() { addStartMethods(false); }
    void ctrlCEndsAll();
    void ctrlCIsTheParentsToAnswer_data() { addStartMethods(false); }
    void ctrlCIsTheParentsToAnswer();
    void childrenUseTheTerminal_data() { addStartMethods(false); }
    void childrenUseTheTerminal();
    void ignoredByTheCaller_data();
    void ignoredByTheCaller();
};

void TestTerminal::ctrlCEndsAll()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    const TerminalProgram program(ownProgram({"--run", numberOf(method), "0", pipe.path(), pipe.lastingCommand()}), OwnFile);
    QVERIFY(!pipe.line().isEmpty());
    program.press(CtrlC);
    QVERIFY(pipe.isLeft());
    const int status = program.nextStatus();
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGINT);
}

void TestTerminal::ctrlCIsTheParentsToAnswer()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    const TerminalProgram program(ownProgram({"--run", numberOf(method), "1", pipe.path(), pipe.lastingCommand()}), OwnFile);
    QVERIFY(!pipe.line().isEmpty());
    program.press(CtrlC);
    QCOMPARE(pipe.line(), QByteArray("goes on\n"));
    QCOMPARE(program.nextStatus(), 0);
    QVERIFY(pipe.isLeft()); // with the pool
}

// Children are in the background, where the terminal stops who reads it, and who writes to it when it is told to.
void TestTerminal::childrenUseTheTerminal()
{
    QFETCH(const StartMethod, method);
    const TerminalProgram program(ownProgram({"--use", numberOf(method)}), OwnFile);
    program.stopBackgroundWriters();
    QCOMPARE(program.nextStatus(), 0);
}

void TestTerminal::ignoredByTheCaller_data()
{
    QTest::addColumn<StartMethod>("method");
    QTest::addColumn<QByteArray>("signal");
    for (const StartMethod method : {StartMethod::ForkServer, StartMethod::Spawn, StartMethod::Fork}) {
        for (const char *name : {"INT", "QUIT", "HUP"})
            QTest::addRow("%s, %s", qPrintable(nameOf(method)), name) << method << QByteArray(name);
    }
}

// As nohup does, and a shell without job control for what it starts in the background.
void TestTerminal::ignoredByTheCaller()
{
    QFETCH(const StartMethod, method);
    QFETCH(const QByteArray, signal);
    const int number = signal == "INT" ? SIGINT : signal == "QUIT" ? SIGQUIT : SIGHUP;
    const auto before = std::signal(number, SIG_IGN);
    PipedProgram program({"--end", numberOf(method), "kill -" + signal + " $$; exit 5"});
    std::signal(number, before);
    QVERIFY(program.isGone());
    QCOMPARE(program.text(), QByteArray("5\n"));
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    const auto method = argc > 2 ? static_cast<StartMethod>(std::atoi(argv[2])) : StartMethod::Fork;
    if (argc == 6 && std::strcmp(argv[1], "--run") == 0)
        return runOnTerminal(method, static_cast<Answer>(std::atoi(argv[3])), argv[4], argv[5]);
    if (argc == 3 && std::strcmp(argv[1], "--use") == 0)
        return useTerminal(method);
    if (argc == 4 && std::strcmp(argv[1], "--end") == 0)
        return printProgramsEnd(method, argv[3]);
    TestTerminal test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_terminal.moc"
