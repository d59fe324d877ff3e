// SPDX-License-Identifier: MIT
#include <procession/process/programprocess.h>

#include <procession/platform/base/processerror.h>
#include <procession/platform/child/orphanguard.h>
#include <procession/platform/processes/descendants.h>
#include <procession/platform/processes/pidfd.h>
#include <procession/platform/processes/taskmark.h>

#include <QtCore/QCoreApplication>

#include <cerrno>
#include <csignal>

namespace procession {

/// The program and its descendants. Kept after they have ended, and with it the guard, for the next
/// start.
struct ProgramProcess::Tree
{
    /// State shared by all programs of a thread.
    struct Guarded
    {
        TaskMark mark;
        OrphanGuard guard{mark.ofRun()};
        qint64 owner = QCoreApplication::applicationPid();
        quint64 lastNumber = 0;

        static std::shared_ptr<Guarded> ofThisThread()
        {
            thread_local std::weak_ptr<Guarded> present;
            std::shared_ptr<Guarded> guarded = present.lock();
            // A copy of this process needs its own.
            if (!guarded || guarded->owner != QCoreApplication::applicationPid())
                present = guarded = std::make_shared<Guarded>();
            return guarded;
        }
    };

    Tree() : entry(guarded->guard.reserve()), number(++guarded->lastNumber) { }
    ~Tree() { guarded->guard.release(entry); }
    Q_DISABLE_COPY_MOVE(Tree)

    std::atomic<int> *slot() const { return guarded->guard.slot(entry); }
    void signal(qint64 leader, int signal) const
    {
        Descendants descendants(leader, guarded->mark.ofTask(number));
        descendants.look(); // while the program still lives: its end breaks the links to the others
        signalWithGroup({}, leader, signal); // only this thread reaps, so the pid is still valid
        descendants.signal(signal);
        if (signal == SIGSTOP || signal == SIGKILL)
            descendants.signalAll(signal);
    }
    /// Called if the program could not be executed.
    void forget() const { slot()->store(0, std::memory_order_release); }
    /// Kills what a program has left behind at its end.
    void end() const
    {
        const int leader = slot()->load(std::memory_order_acquire);
        if (leader <= 1)
            return;
        signalGroup({}, leader, SIGKILL);
        Descendants(leader, guarded->mark.ofTask(number)).signalAll(SIGKILL);
        forget();
    }

    std::shared_ptr<Guarded> guarded = Guarded::ofThisThread();
    OrphanGuard::Entry entry;
    quint64 number;
};

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
    kill();
    m_process.waitForFinished();
    m_tree->end();
}

void ProgramProcess::start()
{
    if (isAlive()) {
        m_process.start(); // which reports the error
        return;
    }
    m_status = {};
    try {
        m_tree = std::make_unique<Tree>();
    } catch (const SystemError &error) {
        m_status = ExitStatus::failedToStart(error.number());
        QMetaObject::invokeMethod(
            this, [this, text = QString::fromUtf8(error.what())] { Q_EMIT errorOccurred(text); }, Qt::QueuedConnection);
        return;
    }
    QProcessEnvironment environment
        = m_environment.inheritsFromParent() ? QProcessEnvironment::systemEnvironment() : m_environment;
    const QByteArray variable = m_tree->guarded->mark.variable(m_tree->number);
    const qsizetype separator = variable.indexOf('=');
    environment.insert(QString::fromLatin1(variable.first(separator)), QString::fromUtf8(variable.sliced(separator + 1)));
    m_process.setProcessEnvironment(environment);
    m_process.setChildProcessModifier([slot = m_tree->slot()] { OrphanGuard::leadSession(slot); });
    m_process.start();
}

bool ProgramProcess::join(QDeadlineTimer deadline)
{
    if (!isAlive())
        return true;
    const qint64 left = deadline.remainingTime(); // -1: no deadline
    return m_process.waitForFinished(static_cast<int>(std::min<qint64>(left, std::numeric_limits<int>::max())));
}

void ProgramProcess::onFinished(int exitCode, QProcess::ExitStatus status)
{
    m_status = status == QProcess::NormalExit ? ExitStatus::exited(exitCode) : ExitStatus::signaled(exitCode);
    m_tree->end();
    Q_EMIT finished(m_status);
}

void ProgramProcess::onError(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return; // a crash is an end like any other, and reading and writing fail only after it
    m_tree->forget();
    m_status = ExitStatus::failedToStart(ENOENT);
    Q_EMIT errorOccurred(QStringLiteral("%1: %2").arg(m_process.program(), m_process.errorString()));
}

void ProgramProcess::sendSignal(int signal)
{
    if (pid() > 0)
        m_tree->signal(pid(), signal);
}

void ProgramProcess::terminate() { sendSignal(SIGTERM); }

void ProgramProcess::kill() { sendSignal(SIGKILL); }

void ProgramProcess::interrupt() { sendSignal(SIGINT); }

void ProgramProcess::suspend() { sendSignal(SIGSTOP); }

void ProgramProcess::resume() { sendSignal(SIGCONT); }

} // namespace procession
