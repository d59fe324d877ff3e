// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/processslot.h>
#include <procession/platform/child/lifeline.h>
#include <procession/platform/processes/exitstatus.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QString>

#include <memory>
#include <optional>

namespace procession {

class Child;

/// A child process, or the parent, seen from this process: what can be asked of it and done to it.
///
/// \code
/// for (const ProcessHandle &child : activeChildren())
///     child.terminate();
/// \endcode
///
/// A value whose copies refer to one process. From any thread; several threads may join the same one. After a fork the copy of a
/// handle is of no use in the child: what is not its own child it can neither join nor ask, and ProcessError is thrown.
class ProcessHandle
{
public:
    struct About
    {
        QString name;
        bool isDaemon = false;
    };

    /// Refers to no process.
    ProcessHandle() = default;
    /// \param slot  its place in the shared memory's directory, which is given back when it has been reaped
    /// \param lifeline  the parent's end, kept until then
    ProcessHandle(const About &about, std::unique_ptr<Child> child, ProcessSlot slot = {}, Lifeline lifeline = {});

    bool isNull() const { return !m_state; }
    QString name() const;
    bool isDaemon() const;
    qint64 pid() const;
    /// A descriptor that becomes readable when the process ends: for wait(), poll and QSocketNotifier. It is closed when the last
    /// handle goes. (Reference: Process.sentinel)
    int sentinel() const;

    /// Does not block.
    bool isAlive() const;
    /// Blocks until the process has ended or the deadline passes, and returns whether it has ended.
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// Of `None` while it runs; of `Lost` for a process that is not a child of this one. Does not block.
    ExitStatus exitStatus() const;
    /// Its exit code, `-N` when signal N ended it; empty while it runs. (Reference: Process.exitcode)
    std::optional<int> exitCode() const { return exitStatus().exitCode(); }

    // What follows goes to the process and to the programs that it has started.

    /// SIGTERM. \throws ProcessError for a thread
    void terminate() const;
    /// SIGKILL. \throws ProcessError for a thread
    void kill() const;
    /// SIGINT, which does nothing in children of this library unless their function says otherwise: see Process::interrupt().
    /// \throws ProcessError for a thread
    void interrupt() const;
    /// SIGSTOP. \throws ProcessError for a thread
    void suspend() const;
    /// SIGCONT. \throws ProcessError for a thread
    void resume() const;
    /// \param signal  any signal's number. \throws ProcessError for a thread
    void sendSignal(int signal) const;

    friend bool operator==(const ProcessHandle &, const ProcessHandle &) = default;

private:
    struct State;
    State &state() const;

    std::shared_ptr<State> m_state;
};

} // namespace procession
