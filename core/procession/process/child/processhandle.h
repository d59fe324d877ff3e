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

/// Refers to a child process or to the parent, to query and to signal it.
///
/// \code
/// for (const ProcessHandle &child : activeChildren())
///     child.terminate();
/// \endcode
///
/// A value; copies refer to the same process. From any thread, and several threads may join the
/// same process. After a fork, copies of a handle are of no use in the child: they throw
/// ProcessError, since only the process that started a child can join or query it.
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
    /// \param slot  its place in the shared memory's directory, released when the process has been
    /// reaped
    /// \param lifeline  the parent's end, kept until then
    ProcessHandle(const About &about, std::unique_ptr<Child> child, ProcessSlot slot = {}, Lifeline lifeline = {});

    bool isNull() const { return !m_state; }
    QString name() const;
    bool isDaemon() const;
    qint64 pid() const;
    /// A descriptor that becomes readable when the process ends: for wait(), poll and
    /// QSocketNotifier. It is closed with the last handle. (Reference: Process.sentinel)
    int sentinel() const;

    /// Does not block.
    bool isAlive() const;
    /// Blocks until the process has ended or the deadline passes, and returns whether it has ended.
    bool join(QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// `None` while it runs; `Lost` for a process that is not a child of this one. Does not block.
    ExitStatus exitStatus() const;
    /// The exit code, `-N` if signal N ended the process; empty while it runs.
    /// (Reference: Process.exitcode)
    std::optional<int> exitCode() const { return exitStatus().exitCode(); }

    // The functions below send signals to the process and to the programs that it has started.

    /// SIGTERM. \throws ProcessError for a thread
    void terminate() const;
    /// SIGKILL. \throws ProcessError for a thread
    void kill() const;
    /// SIGINT, which does nothing in children of this library unless their function handles it: see
    /// Process::interrupt().
    /// \throws ProcessError for a thread
    void interrupt() const;
    /// SIGSTOP. \throws ProcessError for a thread
    void suspend() const;
    /// SIGCONT. \throws ProcessError for a thread
    void resume() const;
    /// \param signal  number of any signal. \throws ProcessError for a thread
    void sendSignal(int signal) const;

    friend bool operator==(const ProcessHandle &, const ProcessHandle &) = default;

private:
    struct State;
    State &state() const;

    std::shared_ptr<State> m_state;
};

} // namespace procession
