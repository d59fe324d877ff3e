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

/// An external program with the interface of a Process: QProcess starts it, and its output is
/// delivered by signals.
///
/// \code
/// ProgramProcess program(QStringLiteral("gzip"), {QStringLiteral("-9c"), path});
/// connect(&program, &ProgramProcess::standardOutput, &file, [&](const QByteArray &bytes) { file.write(bytes); });
/// connect(&program, &ProgramProcess::finished, &file, &QFile::deleteLater);
/// program.start();
/// \endcode
///
/// The program leads a session of its own, so it has no terminal; signals reach all its
/// descendants, whatever their sessions. Descendants that outlive the program are killed. All are
/// killed when the object is destroyed or this program dies, even by SIGKILL: a guard process
/// (OrphanGuard, one for each thread with such objects) kills them then. A descendant is not found
/// if it has lost its parent, left the session and cleared the environment of the program. To start
/// a program that must outlive this one, use QProcess::startDetached().
///
/// Needs an event loop in its thread, and must only be used there.
class ProgramProcess : public QObject
{
    Q_OBJECT

public:
    explicit ProgramProcess(const QString &program, const QStringList &arguments = {}, QObject *parent = nullptr);
    ~ProgramProcess() override;

    /// The program's name unless set.
    QString name() const { return objectName(); }
    void setName(const QString &name) { setObjectName(name); }
    /// To be called before start().
    void setWorkingDirectory(const QString &folder) { m_process.setWorkingDirectory(folder); }
    /// To be called before start(). A variable PROCESSION_TASK is added to the environment, by
    /// which descendants are identified.
    void setProcessEnvironment(const QProcessEnvironment &environment) { m_environment = environment; }

    /// Returns at once; started() or errorOccurred() follows.
    void start();
    /// Queues bytes for the program's standard input; they are sent as the program reads them.
    void write(const QByteArray &bytes) { m_process.write(bytes); }
    /// Closes the program's standard input once all queued bytes are sent.
    void closeWriteChannel() { m_process.closeWriteChannel(); }

    /// Blocks until the program has ended or the deadline passes, and returns whether it has ended.
    /// Emits signals in the meantime.
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever);
    bool isAlive() const { return m_process.state() != QProcess::NotRunning; }
    /// Sends SIGTERM to the program and all its descendants. Does nothing if the program is not
    /// running; the same holds for the four functions below.
    void terminate();
    void kill();
    /// Sends SIGINT, as Ctrl-C does.
    void interrupt();
    void suspend();
    void resume();

    /// 0 if the program is not running.
    qint64 pid() const { return m_process.processId(); }
    /// `-N` if signal N ended it; empty before it has ended and if it never ran.
    std::optional<int> exitCode() const { return m_status.exitCode(); }
    ExitStatus exitStatus() const { return m_status; }

Q_SIGNALS:
    void started();
    void standardOutput(const QByteArray &bytes);
    void standardError(const QByteArray &bytes);
    /// Emitted after all output has been delivered.
    void finished(const procession::ExitStatus &status);
    /// The program could not be started. \param message  names the program and the reason, in
    /// English
    void errorOccurred(const QString &message);

private:
    struct Tree;

    void onFinished(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    void sendSignal(int signal);

    QProcess m_process;
    QProcessEnvironment m_environment{QProcessEnvironment::InheritFromParent};
    std::unique_ptr<Tree> m_tree; ///< of the most recent start
    ExitStatus m_status;
};

} // namespace procession
