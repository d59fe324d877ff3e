// SPDX-License-Identifier: MIT
// A program on a terminal, and what Ctrl-C does to its children and to what they have started.
#include "pipedprogram.h"
#include "processtest.h"

#include <procession/pool.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>

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

/// This test program in the foreground of a terminal of its own, as a shell starts it, which stays: where the first process of a session
/// ends, the system ends those in the foreground too.
class TerminalProgram
{
public:
    explicit TerminalProgram(QByteArrayList arguments)
    {
        arguments.prepend("test");
        std::vector<char *> pointers;
        for (QByteArray &text : arguments)
            pointers.push_back(text.data());
        pointers.push_back(nullptr);
        auto [readEnd, writeEnd] = Descriptor::pipe();
        m_status = std::move(readEnd);
        int terminal = -1;
        m_shell = ::forkpty(&terminal, nullptr, nullptr, nullptr);
        if (m_shell == 0)
            runShell(pointers.data(), writeEnd.get());
        m_terminal = Descriptor(terminal);
    }
    ~TerminalProgram()
    {
        ::kill(m_shell, SIGKILL);
        ::waitpid(m_shell, nullptr, 0);
    }
    Q_DISABLE_COPY_MOVE(TerminalProgram)

    void pressCtrlC() const { QCOMPARE(::write(m_terminal.get(), "\x03", 1), 1); }
    void stopBackgroundWriters() const
    {
        termios settings{};
        ::tcgetattr(m_terminal.get(), &settings);
        settings.c_lflag |= TOSTOP;
        ::tcsetattr(m_terminal.get(), TCSANOW, &settings);
    }
    /// With what the program has ended, as waitpid() gives it; -1 when it goes on.
    int end() const
    {
        int status = -1;
        if (!waitReadable(m_status.get(), TimeToGo) || ::read(m_status.get(), &status, sizeof status) != sizeof status)
            return -1;
        return status;
    }

private:
    [[noreturn]] static void runShell(char **arguments, int statusPipe)
    {
        const pid_t program = ::fork();
        if (program == 0) {
            std::signal(SIGTTOU, SIG_IGN);
            ::setpgid(0, 0);
            ::tcsetpgrp(STDIN_FILENO, ::getpid());
            for (const int signal : {SIGTTOU, SIGHUP, SIGINT, SIGQUIT}) // whatever has started this test may ignore them
                std::signal(signal, SIG_DFL);
            ::execv("/proc/self/exe", arguments);
            ::_exit(127);
        }
        int status = -1;
        ::waitpid(program, &status, 0);
        if (::write(statusPipe, &status, sizeof status) != sizeof status)
            ::_exit(1);
        for (;;)
            ::pause();
    }

    pid_t m_shell = -1;
    Descriptor m_terminal;
    Descriptor m_status;
};

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
    const TerminalProgram program({"--run", numberOf(method), "0", pipe.path(), pipe.lastingCommand()});
    QVERIFY(!pipe.line().isEmpty());
    program.pressCtrlC();
    QVERIFY(pipe.isLeft());
    const int status = program.end();
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGINT);
}

void TestTerminal::ctrlCIsTheParentsToAnswer()
{
    QFETCH(const StartMethod, method);
    NamedPipe pipe;
    const TerminalProgram program({"--run", numberOf(method), "1", pipe.path(), pipe.lastingCommand()});
    QVERIFY(!pipe.line().isEmpty());
    program.pressCtrlC();
    QCOMPARE(pipe.line(), QByteArray("goes on\n"));
    QCOMPARE(program.end(), 0);
    QVERIFY(pipe.isLeft()); // with the pool
}

// Children are in the background, where the terminal stops who reads it, and who writes to it when it is told to.
void TestTerminal::childrenUseTheTerminal()
{
    QFETCH(const StartMethod, method);
    const TerminalProgram program({"--use", numberOf(method)});
    program.stopBackgroundWriters();
    QCOMPARE(program.end(), 0);
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
