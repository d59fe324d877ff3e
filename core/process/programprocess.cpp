// SPDX-License-Identifier: MIT
#include <procession/programprocess.h>

#include <procession/pidfd.h>

#include <cerrno>
#include <csignal>

namespace procession {

ProgramProcess::ProgramProcess(const QString &program, const QStringList &arguments, QObject *parent) : QObject(parent)
{
    setObjectName(program);
    m_process.setProgram(program);
    m_process.setArguments(arguments);
    connect(&m_process, &QProcess::started, this, &ProgramProcess::started);
    connect(&m_process, &QProcess::readyReadStandardOutput, this,
        [this] { Q_EMIT standardOutput(m_process.readAllStandardOutput()); });
    connect(
        &m_process, &QProcess::readyReadStandardError, this, [this] { Q_EMIT standardError(m_process.readAllStandardError()); });
    connect(&m_process, &QProcess::finished, this, &ProgramProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, &ProgramProcess::onError);
}

ProgramProcess::~ProgramProcess()
{
    m_process.disconnect(this);
    if (!isAlive())
        return;
    m_process.kill();
    m_process.waitForFinished();
}

void ProgramProcess::start()
{
    m_status = {};
    m_process.start();
}

bool ProgramProcess::join(QDeadlineTimer deadline)
{
    if (!isAlive())
        return true;
    const qint64 left = deadline.remainingTime(); // -1: for ever
    return m_process.waitForFinished(static_cast<int>(std::min<qint64>(left, std::numeric_limits<int>::max())));
}

void ProgramProcess::onFinished(int exitCode, QProcess::ExitStatus status)
{
    m_status = status == QProcess::NormalExit ? ExitStatus::exited(exitCode) : ExitStatus::signaled(exitCode);
    Q_EMIT finished(m_status);
}

void ProgramProcess::onError(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return; // a crash is an end like others, and reading and writing fail only when it has ended
    m_status = ExitStatus::failedToStart(ENOENT);
    Q_EMIT errorOccurred(QStringLiteral("%1: %2").arg(m_process.program(), m_process.errorString()));
}

void ProgramProcess::sendSignal(int signal)
{
    // QProcess reaps in this thread alone, so the number is still the program's.
    if (pid() > 0)
        procession::sendSignal({}, pid(), signal);
}

void ProgramProcess::terminate() { sendSignal(SIGTERM); }

void ProgramProcess::kill() { sendSignal(SIGKILL); }

void ProgramProcess::interrupt() { sendSignal(SIGINT); }

void ProgramProcess::suspend() { sendSignal(SIGSTOP); }

void ProgramProcess::resume() { sendSignal(SIGCONT); }

} // namespace procession
