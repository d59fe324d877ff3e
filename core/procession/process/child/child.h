// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/processes/exitstatus.h>

namespace procession {

/// A process or a thread that runs what a Process gave it. Each start method has its own kind.
///
/// A process leads a group, in which the programs are that it starts. What is left of the group when a signal has ended the process is
/// killed when the process is reaped.
///
/// To be used from one thread at a time, but for sentinel().
class Child
{
public:
    Child() = default;
    Q_DISABLE_COPY_MOVE(Child)
    virtual ~Child() = default;

    virtual qint64 pid() const = 0;
    /// A descriptor that becomes readable when it has ended, and stays so. The same for as long as the Child lives.
    virtual int sentinel() const = 0;
    /// What is left of its group is killed however it ends.
    void setLeavesNothing() { m_leavesNothing = true; }
    bool leavesNothing() const { return m_leavesNothing; }
    /// Takes the exit status, once. \pre the sentinel is readable
    virtual ExitStatus reap() = 0;
    /// Sends a signal to it and its group. Nothing happens when it has ended.
    /// \throws ProcessError where that cannot be done
    virtual void signal(int signal) = 0;

private:
    bool m_leavesNothing = false;
};

} // namespace procession
