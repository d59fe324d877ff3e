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
    qint64 peakMemory = 0; ///< bytes; 0 when it is not known to be more than this program's own
};

/// A child of this program, known by its pidfd: the one thing that starts, signals and reaps children everywhere.
///
/// Made by launchProgram(), ChildLauncher::launch() or forkProcess(). A move-only value, to be used from one thread at a time; it must
/// be reaped before it goes.
class ChildProcess
{
public:
    ChildProcess() = default;
    /// \param pidfd  of the child; the call that made it gave one
    ChildProcess(qint64 pid, Descriptor pidfd) : m_pid(pid), m_pidfd(std::move(pidfd)) { }
    /// One that had ended, and whose status somebody else had taken, before it got a pidfd.
    static ChildProcess lost(qint64 pid);

    qint64 pid() const { return m_pid; }
    /// Readable once the child has ended: for poll and epoll.
    int pidfd() const { return m_pidfd.get(); }

    /// Whether there is an exit status to take; does not block.
    bool hasEnded() const;
    /// Sends a signal to the child alone. Nothing happens when it has ended.
    void signal(int signal) const;
    /// Sends a signal to every process of the group that the child leads, and so to the child.
    /// \pre not reaped, or hasLeftProcesses(): else its number may be another group's where Linux is older than 6.9
    /// \returns false when there is no such group: the child does not lead one yet, or all of them are gone
    bool signalGroup(int signal) const;
    /// Whether a signal has ended it. \pre hasEnded(), not reaped
    bool wasKilled() const;

    /// Takes the exit status; blocks until there is one (it does not once pidfd() is readable). It is `Lost` when somebody else has
    /// taken it: code that waits for any child, or the system, where this program ignores SIGCHLD.
    ChildEnd reap();
    /// Kills the child and its group, and waits until the child has gone. Nothing for a child that was never launched.
    void abandon();
    /// Whether processes of its group have outlived the child. \pre reaped
    bool hasLeftProcesses() const;

private:
    qint64 m_pid = 0;
    Descriptor m_pidfd;
    bool m_isReaped = false;
};

} // namespace procession
