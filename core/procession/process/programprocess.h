// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/processes/exitstatus.h>

#include <QtCore/QByteArray>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QObject>
#include <QtCore/QProcess>
#include <QtCore/QStringList>

#include <memory>
#include <optional>

namespace procession {

/// An external program with the face of a Process: QProcess starts it, and what it writes comes as signals.
///
/// \code
/// ProgramProcess program(QStringLiteral("gzip"), {QStringLiteral("-9c"), path});
/// connect(&program, &ProgramProcess::standardOutput, &file, [&](const QByteArray &bytes) { file.write(bytes); });
/// connect(&program, &ProgramProcess::finished, this, &Archive::next);
/// program.start();
/// \endcode
///
/// The program leads a session of its own, so it has no terminal, and signals reach all that it has started, in whatever session that is. What it leaves
/// behind when it ends is killed, and so is all of it when the object goes or when this program dies, even by SIGKILL: a guard process kills it then
/// (OrphanGuard), one for each thread that has such objects. Not found is what has no parent, session and environment of the program any more. A program that
/// is to live on is started by QProcess::startDetached().
///
/// Needs an event loop in its thread, and belongs to that thread. Start it from there.
class ProgramProcess : public QObject
{
    Q_OBJECT

public:
    explicit ProgramProcess(const QString &program, const QStringList &arguments = {}, QObject *parent = nullptr);
    ~ProgramProcess() override;

    /// The program's name unless set.
    QString name() const { return objectName(); }
    void setName(const QString &name) { setObjectName(name); }
    /// Before start().
    void setWorkingDirectory(const QString &folder) { m_process.setWorkingDirectory(folder); }
    /// Before start(). A variable PROCESSION_TASK is added to it, by which what the program starts is known.
    void setProcessEnvironment(const QProcessEnvironment &environment) { m_environment = environment; }

    /// Returns at once; started() or errorOccurred() follows.
    void start();
    /// Bytes for its standard input; they are sent as it reads them.
    void write(const QByteArray &bytes) { m_process.write(bytes); }
    /// Ends its standard input once all is sent.
    void closeWriteChannel() { m_process.closeWriteChannel(); }

    /// Blocks until it has ended or the deadline passes, and returns whether it has ended. Signals are emitted meanwhile.
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever);
    bool isAlive() const { return m_process.state() != QProcess::NotRunning; }
    /// SIGTERM to the program and all that it has started. Nothing happens when it does not run; likewise the four below.
    void terminate();
    void kill();
    /// SIGINT, as Ctrl-C.
    void interrupt();
    void suspend();
    void resume();

    /// 0 when it does not run.
    qint64 pid() const { return m_process.processId(); }
    /// `-N` when signal N ended it; empty before it has ended and when it never ran.
    std::optional<int> exitCode() const { return m_status.exitCode(); }
    ExitStatus exitStatus() const { return m_status; }

Q_SIGNALS:
    void started();
    void standardOutput(const QByteArray &bytes);
    void standardError(const QByteArray &bytes);
    /// After all of its output.
    void finished(const procession::ExitStatus &status);
    /// It could not be started. \param message  names the program and the reason, in English
    void errorOccurred(const QString &message);

private:
    struct Tree;

    void onFinished(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    void sendSignal(int signal);

    QProcess m_process;
    QProcessEnvironment m_environment{QProcessEnvironment::InheritFromParent};
    std::unique_ptr<Tree> m_tree; ///< of the last start
    ExitStatus m_status;
};

} // namespace procession
