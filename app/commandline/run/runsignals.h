// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/states.h>
#include <procession/platform/system/signalwatcher.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QString>

#include <chrono>
#include <memory>

namespace procession {

/// What signals ask of a `procession run`.
///
/// SIGINT, SIGTERM and SIGHUP end it: the first asks the tasks to end, the second kills them, the third ends this program as if nothing had
/// been caught. SIGUSR1 lets running tasks finish. SIGTSTP (Ctrl-Z) stops the program, with its tasks, until SIGCONT. Signals that are
/// ignored when this is made stay so.
///
/// Signals that belong together count once: timeout(1) signals the program and then its group, systemd sends SIGHUP after SIGTERM, a shell
/// and the kernel both send SIGHUP when a terminal goes, and npm passes on the Ctrl-C that its child has got itself.
///
/// Make it in the main thread before any other thread runs.
class RunSignals : public QObject
{
    Q_OBJECT

public:
    /// \throws SystemError
    RunSignals();

    /// Takes the signals that have come: for where no event loop runs.
    void look();
    /// From now on signals do what they did before.
    void release() { m_watcher.reset(); }
    /// The signal that ended the run, 0 when none did.
    int endedBy() const { return m_endedBy; }

    /// What `mode` does, in a line for people that names the signal that does more.
    static QString noticeOf(StopMode mode, int signalNumber, std::chrono::milliseconds grace);

Q_SIGNALS:
    void stopAsked(procession::StopMode mode, int signalNumber);
    void suspendAsked();
    void continued();

private:
    void act(int signalNumber, qint64 sender);
    void end(int signalNumber, qint64 sender);
    bool belongsToTheLast(int signalNumber, qint64 sender) const;

    std::unique_ptr<SignalWatcher> m_watcher;
    bool m_isToFinish = false;
    int m_endedBy = 0;
    int m_count = 0; // of ending signals
    int m_last = 0; // of those
    qint64 m_lastSender = 0;
    QElapsedTimer m_sinceLast;
};

} // namespace procession
