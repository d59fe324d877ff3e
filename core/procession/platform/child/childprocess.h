// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>
#include <procession/platform/processes/exitstatus.h>

#include <QtCore/qglobal.h>

namespace procession {

/// How a child ended and what it used.
struct ChildEnd
{
    ExitStatus status;
    qint64 cpuTime = 0; ///< microseconds, user and system, of the child and of the children it waited for
    qint64 peakMemory = 0; ///< bytes; 0 unless it is known to exceed this program's own
};

/// A child of this program, identified by its pidfd: the only class that starts, signals and reaps
/// children.
///
/// Made by launchProgram(), ChildLauncher::launch() or forkProcess(). A move-only value, to be used
/// from one thread at a time; it must be reaped before it is destroyed.
class ChildProcess
{
public:
    ChildProcess() = default;
    /// \param pidfd  of the child, from the call that created it
    ChildProcess(qint64 pid, Descriptor pidfd) : m_pid(pid), m_pidfd(std::move(pidfd)) { }
    /// A child that had ended, and whose status other code had taken, before it got a pidfd.
    static ChildProcess lost(qint64 pid);

    qint64 pid() const { return m_pid; }
    /// Readable once the child has ended: for poll and epoll.
    int pidfd() const { return m_pidfd.get(); }

    /// Whether the child has ended, so that reap() returns at once. Does not block.
    bool hasEnded() const;
    /// Sends a signal to the child alone. Does nothing if it has ended.
    void signal(int signal) const;
    /// Sends a signal to every process of the group that the child leads, including the child.
    /// \pre not reaped, or hasLeftProcesses(): otherwise, before Linux 6.9, the number may be
    /// another group's
    /// \returns false if there is no such group: the child does not lead one yet, or all its
    /// processes have ended
    bool signalGroup(int signal) const;
    /// Whether a signal ended the child. \pre hasEnded(), not reaped
    bool wasKilled() const;

    /// Takes the exit status; blocks until the child has ended (never if pidfd() is readable). The
    /// status is `Lost` if it was already taken: by code that waits for any child, or by the system
    /// because this program ignores SIGCHLD.
    ChildEnd reap();
    /// Kills the child and its group, and blocks until the child has ended. Does nothing for a
    /// child that was never launched.
    void abandon();
    /// Whether processes of its group have outlived the child. \pre reaped
    bool hasLeftProcesses() const;

private:
    qint64 m_pid = 0;
    Descriptor m_pidfd;
    bool m_isReaped = false;
};

} // namespace procession
