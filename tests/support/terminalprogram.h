// SPDX-License-Identifier: MIT
#pragma once

#include "pipedprogram.h"

#include <procession/platform/base/descriptor.h>

#include <csignal>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>

/// A program in the foreground of a terminal of its own, as a shell starts it, which stays: where the first process of a session ends, the
/// system ends those in the foreground too.
///
/// \code
/// TerminalProgram program({"sleep", "10"});
/// program.press('\x1a');                            // Ctrl-Z
/// QVERIFY(WIFSTOPPED(program.nextStatus()));
/// program.goOn();
/// \endcode
class TerminalProgram
{
public:
    /// \param arguments  of the program, its name first
    /// \param file       what is executed, when it is not what that name says
    explicit TerminalProgram(QByteArrayList arguments, const QByteArray &file = {})
    {
        const QByteArray path = file.isEmpty() ? arguments.first() : file;
        std::vector<char *> pointers;
        for (QByteArray &text : arguments)
            pointers.push_back(text.data());
        pointers.push_back(nullptr);
        auto [readEnd, writeEnd] = procession::Descriptor::pipe();
        m_status = std::move(readEnd);
        int terminal = -1;
        m_shell = ::forkpty(&terminal, nullptr, nullptr, nullptr);
        if (m_shell == 0)
            runShell(path.constData(), pointers.data(), writeEnd.get());
        m_terminal = procession::Descriptor(terminal);
        ::fcntl(terminal, F_SETFD, FD_CLOEXEC); // or other children of this test would keep it from hanging up
        m_program = nextStatus();
    }
    ~TerminalProgram()
    {
        ::kill(m_shell, SIGKILL);
        ::waitpid(m_shell, nullptr, 0);
    }
    Q_DISABLE_COPY_MOVE(TerminalProgram)

    pid_t pid() const { return m_program; }
    void press(char key) const
    {
        if (::write(m_terminal.get(), &key, 1) != 1)
            qFatal("the terminal takes no key");
    }
    void stopBackgroundWriters() const
    {
        termios settings{};
        ::tcgetattr(m_terminal.get(), &settings);
        settings.c_lflag |= TOSTOP;
        ::tcsetattr(m_terminal.get(), TCSANOW, &settings);
    }
    /// With what the program has ended or been stopped, as waitpid() gives it; -1 when it goes on.
    int nextStatus() const
    {
        int status = -1;
        const bool isThere = procession::waitReadable(m_status.get(), QDeadlineTimer(TimeToGo));
        return isThere && ::read(m_status.get(), &status, sizeof status) == sizeof status ? status : -1;
    }
    /// What fg does.
    void goOn() const { ::kill(-m_program, SIGCONT); }
    /// What it has shown so far.
    const QByteArray &screen()
    {
        std::array<char, 4096> bytes;
        while (m_terminal.isValid() && procession::waitReadable(m_terminal.get(), QDeadlineTimer(0))) {
            const auto count = ::read(m_terminal.get(), bytes.data(), bytes.size());
            if (count <= 0)
                break;
            m_screen.append(bytes.data(), count);
        }
        return m_screen;
    }
    /// As when ssh loses its connection, or a window is closed.
    void hangUp() { m_terminal.reset(); }

private:
    [[noreturn]] static void runShell(const char *path, char **arguments, int statusPipe)
    {
        const auto tell = [statusPipe](int number) {
            if (::write(statusPipe, &number, sizeof number) != sizeof number)
                ::_exit(1);
        };
        const pid_t program = ::fork();
        if (program == 0) {
            std::signal(SIGTTOU, SIG_IGN);
            ::setpgid(0, 0);
            ::tcsetpgrp(STDIN_FILENO, ::getpid());
            for (const int signal :
                {SIGTTOU, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP}) // whatever has started this test may ignore them
                std::signal(signal, SIG_DFL);
            ::execvp(path, arguments);
            ::_exit(127);
        }
        std::signal(SIGHUP, SIG_DFL);
        tell(program);
        int status = 0;
        while (::waitpid(program, &status, WUNTRACED) == program) {
            tell(status);
            if (!WIFSTOPPED(status))
                break;
        }
        for (;;)
            ::pause();
    }

    pid_t m_shell = -1;
    pid_t m_program = -1;
    procession::Descriptor m_terminal;
    procession::Descriptor m_status;
    QByteArray m_screen;
};
