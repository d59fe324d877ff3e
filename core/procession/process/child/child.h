// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/processes/exitstatus.h>

namespace procession {

/// A running process or thread of a Process. Each start method has its own subclass.
///
/// A child process leads a process group, which contains the programs that it starts. If a signal
/// ended the process, the rest of the group is killed when the process is reaped.
///
/// To be used from one thread at a time, except sentinel().
class Child
{
public:
    Child() = default;
    Q_DISABLE_COPY_MOVE(Child)
    virtual ~Child() = default;

    virtual qint64 pid() const = 0;
    /// A descriptor that becomes and stays readable once the child has ended. It stays the same as
    /// long as the Child exists.
    virtual int sentinel() const = 0;
    /// Kills the rest of the process group when the child is reaped, however the child ended.
    void setLeavesNothing() { m_leavesNothing = true; }
    bool leavesNothing() const { return m_leavesNothing; }
    /// Returns the exit status. To be called once. \pre the sentinel is readable
    virtual ExitStatus reap() = 0;
    /// Sends a signal to the child and its group. Does nothing if the child has ended.
    /// \throws ProcessError if the child cannot be sent a signal
    virtual void signal(int signal) = 0;

private:
    bool m_leavesNothing = false;
};

} // namespace procession
