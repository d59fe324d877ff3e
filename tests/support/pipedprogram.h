// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/readiness.h>
#include <procession/platform/child/childprocess.h>
#include <procession/platform/child/programlaunch.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QTemporaryDir>

#include <array>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

/// After which a process that should have gone is said to live on.
inline constexpr std::chrono::seconds TimeToGo{20};

/// Reads until the pipe's last writer has gone: its end proves that all processes that had it are gone.
/// \returns whether that was before the deadline
inline bool readToEnd(int pipe, QByteArray &text, QDeadlineTimer deadline = QDeadlineTimer(TimeToGo))
{
    while (procession::waitReadable(pipe, deadline)) {
        std::array<char, 4096> bytes;
        const auto count = ::read(pipe, bytes.data(), bytes.size());
        if (count == 0)
            return true;
        if (count > 0)
            text.append(bytes.data(), count);
    }
    return false;
}

/// This very test program, started anew with arguments that its main() knows. Its standard output is a pipe, which all that it starts
/// inherits.
class PipedProgram
{
public:
    explicit PipedProgram(const QByteArrayList &arguments)
    {
        auto [readEnd, writeEnd] = procession::Descriptor::pipe();
        m_output = std::move(readEnd);
        QByteArrayList texts = QByteArrayList{"test"} + arguments;
        std::vector<char *> pointers;
        for (QByteArray &text : texts)
            pointers.push_back(text.data());
        pointers.push_back(nullptr);
        const procession::Descriptor null = procession::openNull();
        procession::ProgramLaunch launch;
        launch.program = "/proc/self/exe";
        launch.arguments = pointers.data();
        launch.environment = environ;
        launch.input = null.get();
        launch.output = writeEnd.get();
        const auto stack = std::make_unique<std::byte[]>(procession::ProgramLaunch::StackSize);
        m_process = procession::launchProgram(launch, {stack.get(), procession::ProgramLaunch::StackSize});
    }
    ~PipedProgram()
    {
        if (m_isReaped)
            return;
        m_process.signal(SIGKILL);
        m_process.reap();
    }
    Q_DISABLE_COPY_MOVE(PipedProgram)

    const procession::ChildProcess &process() const { return m_process; }
    /// Whether the program and all that it has started are gone in time.
    bool isGone() { return readToEnd(m_output.get(), m_text); }
    /// What they have written. \pre isGone()
    const QByteArray &text() const { return m_text; }
    procession::ExitStatus status()
    {
        m_isReaped = true;
        return m_process.reap().status;
    }

private:
    procession::Descriptor m_output;
    procession::ChildProcess m_process;
    QByteArray m_text;
    bool m_isReaped = false;
};

/// A named pipe in a folder of its own, for programs that inherit no descriptors: what has opened it, and what it starts, keeps it open.
class NamedPipe
{
public:
    NamedPipe() : m_path(m_folder.filePath(QStringLiteral("pipe")).toLocal8Bit())
    {
        if (::mkfifo(m_path.constData(), 0600) != 0)
            qFatal("mkfifo");
        m_readEnd = procession::Descriptor(::open(m_path.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    }

    const QByteArray &path() const { return m_path; }
    /// A shell's command that writes its process id and a newline, and then lasts and keeps the pipe open.
    QByteArray lastingCommand() const { return "exec 9>" + m_path + "; echo $$ >&9; exec sleep 1000"; }
    /// The next line, of which there is one in time, or nothing.
    QByteArray line(QDeadlineTimer deadline = QDeadlineTimer(TimeToGo))
    {
        QByteArray text;
        char byte = 0;
        while (
            !text.endsWith('\n') && procession::waitReadable(m_readEnd.get(), deadline) && ::read(m_readEnd.get(), &byte, 1) == 1)
            text.append(byte);
        return text;
    }
    /// Whether all that had it open are gone in time; also when none has ever opened it.
    bool isLeft()
    {
        // The system tells of an end only where there was a beginning.
        procession::Descriptor(::open(m_path.constData(), O_WRONLY | O_NONBLOCK | O_CLOEXEC)).reset();
        QByteArray text;
        return readToEnd(m_readEnd.get(), text);
    }
    /// Whether somebody has it open.
    bool isHeld() const { return !procession::waitReadable(m_readEnd.get(), QDeadlineTimer(0)); }

private:
    QTemporaryDir m_folder;
    QByteArray m_path;
    procession::Descriptor m_readEnd;
};
